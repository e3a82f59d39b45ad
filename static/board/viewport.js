/**
 * Moving about a board: drag the ground, wheel, pinch, buttons. Pointer events in, views out; it knows no records.
 * The layer is promoted only while a gesture lasts, so text stays sharp and remote moves stay cheap.
 *
 * Exports: createViewport.
 * @module
 */
import { on } from "../core/dom.js";
import { ZOOM, fit, keepIn, toBoard, zoomAt } from "./geometry.js";

/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./geometry.js").Rect} Rect */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {ReturnType<typeof createViewport>} Viewport */

const SETTLE = 240;

/**
 * @param {HTMLElement} surface takes the gestures
 * @param {object} options
 * @param {() => Rect} options.content what a fit shows
 * @param {(view: View) => void} options.changed called at every change, before the next frame
 * @param {(event: PointerEvent) => boolean} options.grab asks whether this pointer is for the ground
 */
export function createViewport(surface, { content, changed, grab }) {
  /** @type {View} */
  let view = { x: 0, y: 0, zoom: 1 };
  let size = { width: surface.clientWidth, height: surface.clientHeight };
  let fitted = true; // follows the window until the person moves
  /** @type {Map<number, Point>} pointers on the ground, in screen pixels of the surface */
  const pointers = new Map();
  /** @type {any} */
  let settling = null;

  /** @param {View} next */
  function set(next) {
    view = keepIn(next, content(), size);
    changed(view);
  }

  function gesture() {
    surface.classList.add("moving");
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (pointers.size > 0) return gesture(); // held still is not let go
      settling = null;
      surface.classList.remove("moving");
      changed(view);
    }, SETTLE);
  }

  /** @param {{clientX: number, clientY: number}} event @returns {Point} */
  function local(event) {
    const box = surface.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (!grab(event)) return;
    pointers.set(event.pointerId, local(event));
    surface.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = local(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    fitted = false;
    gesture();
    if (!other) return set({ ...view, x: view.x - (now.x - before.x) / view.zoom, y: view.y - (now.y - before.y) / view.zoom });
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const wasMiddle = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 };
    const apart = Math.max(1, Math.hypot(now.x - other.x, now.y - other.y));
    const wasApart = Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    const moved = { ...view, x: view.x - (middle.x - wasMiddle.x) / view.zoom, y: view.y - (middle.y - wasMiddle.y) / view.zoom };
    set(zoomAt(moved, (view.zoom * apart) / wasApart, middle));
  }

  /** @param {PointerEvent} event */
  function up(event) {
    pointers.delete(event.pointerId);
  }

  /** @param {WheelEvent} event */
  function wheel(event) {
    event.preventDefault();
    fitted = false;
    gesture();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? size.height : 1;
    if (event.ctrlKey || event.metaKey) return set(zoomAt(view, view.zoom * Math.exp((-event.deltaY * unit) / 300), local(event)));
    const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    set({ ...view, x: view.x + (dx * unit) / view.zoom, y: view.y + (dy * unit) / view.zoom });
  }

  function measure() {
    size = { width: surface.clientWidth, height: surface.clientHeight };
    if (size.width === 0 || size.height === 0) return;
    set(fitted ? fit(content(), size) : view);
  }

  const watcher = new ResizeObserver(measure);
  watcher.observe(surface);
  const stops = [
    on(surface, "pointerdown", down),
    on(surface, "pointermove", move),
    on(surface, "pointerup", up),
    on(surface, "pointercancel", up),
    on(surface, "wheel", wheel, { passive: false }),
  ];

  return {
    view: () => view,
    size: () => size,
    local,
    /** @param {{clientX: number, clientY: number}} event @returns {Point} in board units */
    point: (event) => toBoard(view, local(event)),
    /** Whether a gesture lasts. */
    moving: () => settling !== null,
    fitZoom: () => fit(content(), size).zoom,
    zoomToFit() {
      fitted = true;
      set(fit(content(), size));
    },
    /** @param {number} factor around the middle */
    zoomBy(factor) {
      fitted = false;
      set(zoomAt(view, view.zoom * factor, { x: size.width / 2, y: size.height / 2 }));
    },
    /** @param {number} zoom */
    zoomTo(zoom) {
      fitted = false;
      set(zoomAt(view, zoom, { x: size.width / 2, y: size.height / 2 }));
    },
    /** @param {number} dx screen pixels @param {number} dy */
    panBy(dx, dy) {
      fitted = false;
      set({ ...view, x: view.x + dx / view.zoom, y: view.y + dy / view.zoom });
    },
    /** Puts a point of the board in the middle. @param {Point} point */
    centre(point) {
      fitted = false;
      set({ ...view, x: point.x - size.width / view.zoom / 2, y: point.y - size.height / view.zoom / 2 });
    },
    /** Moves as little as it takes to see a rectangle, and nears it to a readable size if asked. @param {Rect} rect @param {boolean} [readable] */
    show(rect, readable = false) {
      if (readable && view.zoom < ZOOM.read) view = { ...view, zoom: ZOOM.read };
      const across = size.width / view.zoom;
      const down = size.height / view.zoom;
      const margin = 24 / view.zoom;
      const x = Math.min(Math.max(view.x, rect.x + rect.width + margin - across), Math.max(rect.x - margin, rect.x + rect.width + margin - across));
      const y = Math.min(Math.max(view.y, rect.y + rect.height + margin - down), Math.max(rect.y - margin, rect.y + rect.height + margin - down));
      const next = { zoom: view.zoom, x: Math.min(x, rect.x - margin), y: Math.min(y, rect.y - margin) };
      if (next.x === view.x && next.y === view.y && !readable) return;
      fitted = false;
      set(next);
    },
    measure,
    stop() {
      watcher.disconnect();
      clearTimeout(settling);
      for (const stop of stops) stop();
    },
  };
}
