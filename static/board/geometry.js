/**
 * Where things lie on a board, as pure functions: views, fits, zooms, grids, neighbours. Units are board units unless
 * a name says « screen ». A view maps them: screen = (board - view) * zoom.
 *
 * Exports: NOTE, ZOOM, fit, zoomAt, keepIn, toBoard, toScreen, seen, overlaps, holds, slots, roomFor, zoneAt, bounds, neighbour.
 * @module
 */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{x: number, y: number, zoom: number}} View */
/** @typedef {{width: number, height: number}} Size */

/** A note's size: fixed width; `height` is four lines, the most that a loose note takes; `most` is for one in a cluster. */
export const NOTE = Object.freeze({ width: 170, height: 104, least: 40, most: 244, gap: 8 });
export const ZOOM = Object.freeze({ least: 0.1, most: 2, flat: 0.3, near: 0.4, crowd: 0.6, read: 0.75 });
/** As the server places notes (facilitation/placing.py), so that a note does not jump when its answer comes. */
const HEAD = 48;
const PADDING = 16;
const PILE = 14;
const PILES = 5;
/** How finely room is looked for. */
const STEP = 22;
const MARGIN = 24;

/** @param {Rect} content @param {Size} screen @param {number} [most] @returns {View} all of the content, centred */
export function fit(content, screen, most = 1) {
  const room = { width: Math.max(1, screen.width - 2 * MARGIN), height: Math.max(1, screen.height - 2 * MARGIN) };
  const zoom = clamp(Math.min(room.width / content.width, room.height / content.height), ZOOM.least, most);
  return {
    zoom,
    x: content.x - (screen.width / zoom - content.width) / 2,
    y: content.y - (screen.height / zoom - content.height) / 2,
  };
}

/** @param {View} view @param {number} zoom wanted @param {Point} at screen point that stays where it is @returns {View} */
export function zoomAt(view, zoom, at) {
  const next = clamp(zoom, ZOOM.least, ZOOM.most);
  return { zoom: next, x: view.x + at.x / view.zoom - at.x / next, y: view.y + at.y / view.zoom - at.y / next };
}

/** Keeps at least part of the content on screen. @param {View} view @param {Rect} content @param {Size} screen @returns {View} */
export function keepIn(view, content, screen) {
  const across = screen.width / view.zoom;
  const down = screen.height / view.zoom;
  const keep = 80 / view.zoom;
  return {
    zoom: view.zoom,
    x: clamp(view.x, content.x - across + keep, content.x + content.width - keep),
    y: clamp(view.y, content.y - down + keep, content.y + content.height - keep),
  };
}

/** @param {View} view @param {Point} screen @returns {Point} */
export const toBoard = (view, screen) => ({ x: view.x + screen.x / view.zoom, y: view.y + screen.y / view.zoom });

/** @param {View} view @param {Point} board @returns {Point} */
export const toScreen = (view, board) => ({ x: (board.x - view.x) * view.zoom, y: (board.y - view.y) * view.zoom });

/** @param {View} view @param {Size} screen @param {number} [margin] in screen pixels @returns {Rect} what is seen of the board */
export const seen = (view, screen, margin = 0) => ({
  x: view.x - margin / view.zoom,
  y: view.y - margin / view.zoom,
  width: (screen.width + 2 * margin) / view.zoom,
  height: (screen.height + 2 * margin) / view.zoom,
});

/** @param {Rect} a @param {Rect} b */
export const overlaps = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** @param {Rect} outer @param {Rect} inner */
export const holds = (outer, inner) =>
  inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

/**
 * Free cells for things without a position, in rows below a zone's title; a full zone piles them, a little aside.
 * @param {Rect} zone @param {readonly Point[]} taken @param {number} count how many places to find
 * @param {number} [already] notes already there: where a pile begins
 * @returns {Point[]} one place each
 */
export function slots(zone, taken, count, already = taken.length) {
  const [stepX, stepY] = [NOTE.width + NOTE.gap, NOTE.height + NOTE.gap];
  const left = zone.x + PADDING;
  const top = zone.y + HEAD;
  const columns = Math.max(1, Math.floor((zone.width - 2 * PADDING + NOTE.gap) / stepX));
  const rows = Math.max(1, Math.floor((zone.height - HEAD - PADDING + NOTE.gap) / stepY));
  const cells = columns * rows;
  const busy = new Set(taken.map((one) => Math.round((one.y - top) / stepY) * 1000 + Math.round((one.x - left) / stepX)));
  return Array.from({ length: count }, (_, i) => {
    for (let cell = 0; cell < cells; cell++) {
      const key = Math.floor(cell / columns) * 1000 + (cell % columns);
      if (busy.has(key)) continue;
      busy.add(key);
      return { x: left + (cell % columns) * stepX, y: top + Math.floor(cell / columns) * stepY };
    }
    const index = already + i;
    const aside = PILE * ((Math.floor(index / cells) % PILES) + 1);
    const cell = index % cells;
    return { x: left + (cell % columns) * stepX + aside, y: top + Math.floor(cell / columns) * stepY + aside };
  });
}

/**
 * Where something new can lie in a zone without covering anything: as near as can be to where it is wished.
 * @param {Rect} zone @param {readonly Rect[]} taken @param {Size} size @param {Point} wish
 * @returns {Point|null} null when nothing is free
 */
export function roomFor(zone, taken, size, wish) {
  const [left, top] = [zone.x + PADDING, zone.y + HEAD];
  const [right, bottom] = [zone.x + zone.width - PADDING - size.width, zone.y + zone.height - PADDING - size.height];
  const free = (/** @type {Point} */ at) => at.x >= left && at.y >= top && at.x <= right && at.y <= bottom && !taken.some((one) => overlaps(one, { x: at.x, y: at.y, width: size.width, height: size.height }));
  if (free(wish)) return wish;
  let best = null;
  let least = Infinity;
  for (let y = top; y <= bottom; y += STEP) {
    for (let x = left; x <= right; x += STEP) {
      const far = Math.hypot(x - wish.x, y - wish.y);
      if (far < least && free({ x, y })) [best, least] = [{ x, y }, far];
    }
  }
  return best;
}

/** @template {Rect} Z @param {readonly Z[]} zones @param {Point} point @returns {Z|undefined} the last zone that holds the point */
export const zoneAt = (zones, point) =>
  [...zones].reverse().find((zone) => point.x >= zone.x && point.x <= zone.x + zone.width && point.y >= zone.y && point.y <= zone.y + zone.height);

/** @param {readonly Rect[]} rects @returns {Rect|null} the smallest rectangle around them */
export function bounds(rects) {
  if (rects.length === 0) return null;
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}

/**
 * The nearest thing in a direction, sideways distance counting double.
 * @template {Rect} R
 * @param {Rect} from @param {readonly R[]} others @param {"left"|"right"|"up"|"down"} way
 * @returns {R|null}
 */
export function neighbour(from, others, way) {
  const centre = (/** @type {Rect} */ rect) => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
  const here = centre(from);
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const there = centre(other);
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const along = way === "left" ? -dx : way === "right" ? dx : way === "up" ? -dy : dy;
    const aside = Math.abs(way === "left" || way === "right" ? dy : dx);
    if (along <= 1 || along + 2 * aside >= least) continue;
    least = along + 2 * aside;
    best = other;
  }
  return best;
}

/** @param {number} value @param {number} least @param {number} most */
const clamp = (value, least, most) => Math.min(Math.max(value, Math.min(least, most)), Math.max(least, most));
