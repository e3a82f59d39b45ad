// Types of the vendored bundle (preact + htm + signals), as far as this project uses it.
export interface VNode<P = any> { type: any; props: P; key: any }
export type Child = VNode<any> | string | number | bigint | boolean | null | undefined | Child[];
export type Component<P = any> = (props: P) => Child;
export interface Ref<T> { current: T | null }
export class Signal<T = any> {
  constructor(value: T);
  value: T;
  peek(): T;
  subscribe(fn: (value: T) => void): () => void;
}
export interface ReadonlySignal<T = any> {
  readonly value: T;
  peek(): T;
  subscribe(fn: (value: T) => void): () => void;
}
export interface Context<T> { Provider: Component<{ value: T; children?: Child }>; Consumer: Component<any> }
export const Fragment: Component<{ children?: Child }>;
export function h(type: any, props?: any, ...children: Child[]): VNode;
export function html(strings: TemplateStringsArray, ...values: any[]): any;
export function render(vnode: Child, parent: Element | DocumentFragment | ShadowRoot): void;
export function createContext<T>(value: T): Context<T>;
export function createRef<T = any>(): Ref<T>;
export function signal<T>(value: T): Signal<T>;
export function computed<T>(fn: () => T): ReadonlySignal<T>;
export function effect(fn: () => void | (() => void)): () => void;
export function batch<T>(fn: () => T): T;
export function untracked<T>(fn: () => T): T;
export function useSignal<T>(value: T): Signal<T>;
export function useComputed<T>(fn: () => T): ReadonlySignal<T>;
export function useSignalEffect(fn: () => void | (() => void)): void;
export function useState<T>(initial: T | (() => T)): [T, (next: T | ((previous: T) => T)) => void];
export function useReducer<S, A>(reducer: (state: S, action: A) => S, initial: S): [S, (action: A) => void];
export function useEffect(fn: () => void | (() => void), inputs?: readonly any[]): void;
export function useLayoutEffect(fn: () => void | (() => void), inputs?: readonly any[]): void;
export function useMemo<T>(fn: () => T, inputs: readonly any[]): T;
export function useCallback<T extends (...args: any[]) => any>(fn: T, inputs: readonly any[]): T;
export function useRef<T>(initial: T): { current: T };
export function useRef<T>(initial: T | null): Ref<T>;
export function useContext<T>(context: Context<T>): T;
export function useId(): string;
