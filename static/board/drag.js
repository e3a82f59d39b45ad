/**
 * Dragging notes and clusters: begins after a few pixels, acts when the pointer is let go, Escape gives up.
 * It moves elements by transform and reports where they were dropped; what that means is the board's affair.
 *
 * Exports: createDrag.
 * @module
 */
import { on } from "../core/dom.js";

/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {{event: PointerEvent, delta: Point, point: Point, cluster: string}} Drop `delta` and `point` in board units;
 *   `cluster`: id of the one under the pointer, "" for none */
/** @typedef {{elements: HTMLElement[], over: (drop: Drop) => void, drop: (drop: Drop) => void, end: () => void}} Load */

const THRESHOLD = 4;
const EDGE = 36;
const PAN = 9;

/**
 * @param {HTMLElement} surface
 * @param {import("./viewport.js").Viewport} viewport
 * @param {object} options
 * @param {(event: PointerEvent) => Load|null} options.lift what this pointer takes hold of; null leaves it to others
 * @param {(event: PointerEvent) => void} options.tap pressed (the event says where) and let go without moving
 */
export function createDrag(surface, viewport, { lift, tap }) {
  /** @type {{id: number, from: Point, start: PointerEvent, load: Load, moving: boolean, last: PointerEvent}|null} */
  let held = null;
  let frame = 0;

  /** @param {PointerEvent} event @returns {Drop} */
  function where(event) {
    const point = viewport.point(event);
    const from = /** @type {NonNullable<typeof held>} */ (held).from;
    const under = document.elementsFromPoint(event.clientX, event.clientY).find((element) => element.closest?.(".cluster") && !element.closest(".dragging"));
    const cluster = /** @type {HTMLElement|null|undefined} */ (under?.closest(".cluster"))?.dataset.cluster ?? "";
    return { event, point, delta: { x: point.x - from.x, y: point.y - from.y }, cluster };
  }

  /** Follows the pointer, and pans when it nears the edge. */
  function follow() {
    frame = 0;
    if (!held?.moving) return;
    const at = viewport.local(held.last);
    const size = viewport.size();
    const dx = at.x < EDGE ? -PAN : at.x > size.width - EDGE ? PAN : 0;
    const dy = at.y < EDGE ? -PAN : at.y > size.height - EDGE ? PAN : 0;
    if (dx !== 0 || dy !== 0) viewport.panBy(dx, dy);
    const drop = where(held.last);
    for (const element of held.load.elements) {
      element.style.setProperty("--dx", `${drop.delta.x}px`);
      element.style.setProperty("--dy", `${drop.delta.y}px`);
    }
    held.load.over(drop);
    if (dx !== 0 || dy !== 0) frame = requestAnimationFrame(follow);
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 || held) return;
    const load = lift(event);
    if (load === null) return;
    held = { id: event.pointerId, from: viewport.point(event), start: event, load, moving: false, last: event };
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!held || event.pointerId !== held.id) return;
    held.last = event;
    if (!held.moving) {
      if (Math.hypot(event.clientX - held.start.clientX, event.clientY - held.start.clientY) < THRESHOLD) return;
      if (held.load.elements.length === 0) return void (held = null); // nothing to move here: the ground pans
      held.moving = true;
      surface.setPointerCapture(held.id);
      surface.classList.add("dragging-some");
      for (const element of held.load.elements) element.classList.add("dragging");
    }
    if (!frame) frame = requestAnimationFrame(follow);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (!held || event.pointerId !== held.id) return;
    if (!held.moving) {
      const { start } = held;
      held = null;
      return tap(start);
    }
    const drop = where(event);
    const load = held.load;
    release();
    load.drop(drop);
  }

  function release() {
    if (!held) return;
    cancelAnimationFrame(frame);
    frame = 0;
    for (const element of held.load.elements) {
      element.classList.remove("dragging");
      element.style.removeProperty("--dx");
      element.style.removeProperty("--dy");
    }
    surface.classList.remove("dragging-some");
    if (held.moving && surface.hasPointerCapture(held.id)) surface.releasePointerCapture(held.id);
    const load = held.load;
    held = null;
    load.end();
  }

  const stops = [
    on(surface, "pointerdown", down),
    on(surface, "pointermove", move),
    on(surface, "pointerup", up),
    on(surface, "pointercancel", release),
    on(document, "keydown", (event) => {
      if (event.key !== "Escape" || !held?.moving) return;
      event.preventDefault();
      event.stopPropagation();
      release();
    }, { capture: true }),
  ];

  return { active: () => held?.moving === true, stop: () => stops.forEach((stop) => stop()) };
}
