// Types of ui.js for `make types`: the part of preact, htm and @preact/signals that the pages use.
export type Key = string | number;
export interface VNode<P = any> {
  type: string | ComponentType<P>;
  props: P & { children: ComponentChildren };
  key: any;
}
export type ComponentChild = VNode<any> | ReadonlySignal<any> | object | string | number | bigint | boolean | null | undefined;
export type ComponentChildren = ComponentChild[] | ComponentChild;
export type ComponentType<P = any> = (props: P) => ComponentChild;
export type RefObject<T> = { current: T };
export interface Context<T> {
  Provider: ComponentType<{ value: T; children?: ComponentChildren }>;
  Consumer: ComponentType<{ children: (value: T) => ComponentChildren }>;
}

export function h(type: string | ComponentType<any>, props: object | null, ...children: ComponentChildren[]): VNode;
export function render(vnode: ComponentChild, parent: Element | Document | DocumentFragment): void;
export const Fragment: ComponentType<{ children?: ComponentChildren }>;
export function createContext<T>(initial: T): Context<T>;
export function createRef<T = any>(): RefObject<T | null>;
/** One element; with several roots in the template this is an array of them, which Preact renders all the same. */
export function html(strings: TemplateStringsArray, ...values: any[]): VNode;

type Effect = () => void | (() => void);
export function useState<S>(initial: S | (() => S)): [S, (next: S | ((before: S) => S)) => void];
export function useState<S = undefined>(): [S | undefined, (next: S | undefined | ((before: S | undefined) => S | undefined)) => void];
export function useReducer<S, A>(reduce: (before: S, action: A) => S, initial: S): [S, (action: A) => void];
export function useEffect(run: Effect, inputs?: readonly unknown[]): void;
export function useLayoutEffect(run: Effect, inputs?: readonly unknown[]): void;
export function useRef<T>(initial: T): RefObject<T>;
export function useRef<T>(initial: T | null): RefObject<T | null>;
export function useRef<T = undefined>(): RefObject<T | undefined>;
export function useMemo<T>(make: () => T, inputs?: readonly unknown[]): T;
export function useCallback<F extends (...args: any[]) => any>(callback: F, inputs: readonly unknown[]): F;
export function useContext<T>(context: Context<T>): T;
export function useId(): string;

export class Signal<T = any> {
  constructor(value?: T);
  value: T;
  peek(): T;
  subscribe(run: (value: T) => void): () => void;
}
export interface ReadonlySignal<T = any> {
  readonly value: T;
  peek(): T;
  subscribe(run: (value: T) => void): () => void;
}
export function signal<T>(value: T): Signal<T>;
export function signal<T = undefined>(): Signal<T | undefined>;
export function computed<T>(derive: () => T): ReadonlySignal<T>;
export function effect(run: Effect): () => void;
export function batch<T>(run: () => T): T;
export function untracked<T>(run: () => T): T;
export function useSignal<T>(value: T): Signal<T>;
export function useSignal<T = undefined>(): Signal<T | undefined>;
export function useComputed<T>(derive: () => T): ReadonlySignal<T>;
export function useSignalEffect(run: Effect): void;
