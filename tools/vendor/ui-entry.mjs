// The one interface library of the pages: what it exports is listed in static/vendor/ui.d.ts.
import { h } from "preact";
import htm from "htm";

export { h, render, Fragment, createContext, createRef } from "preact";
export {
  useState, useEffect, useRef, useMemo, useCallback, useLayoutEffect, useContext, useId, useReducer,
} from "preact/hooks";
export {
  signal, computed, effect, batch, untracked, Signal, useSignal, useComputed, useSignalEffect,
} from "@preact/signals";

/** Tagged template that makes Preact elements: html`<p class="note">${text}</p>`. */
export const html = htm.bind(h);
