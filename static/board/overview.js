/**
 * Two small drawings: the flat overview that stands for the notes when zoomed far out, and the little map that says
 * which part of the board is on screen.
 *
 * Exports: createFlat, createMap.
 * @module
 */
import { el, on } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { overlaps, seen, toScreen } from "./geometry.js";

/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./geometry.js").Rect} Rect */
/** @typedef {import("./layout.js").Layout} Layout */

/** @param {Element} element @param {string} tint @returns {string} the tint's colour, as the page has it */
function colour(element, tint) {
  const name = tint === "pastel" ? "--tint-pastel" : `--${tint || "paille"}`;
  return getComputedStyle(element).getPropertyValue(name) || "#FFF1A8";
}

/** @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @returns {CanvasRenderingContext2D|null} sized for this screen */
function prepare(canvas, width, height) {
  const ratio = globalThis.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Layout} layout @param {(rect: Rect) => Rect} map @param {(tint: string) => string} paint
 * @param {Rect} room what lies outside of it is not drawn
 */
function drawNotes(pen, layout, map, paint, room) {
  pen.lineWidth = 1;
  pen.strokeStyle = "#8D8A80";
  for (const item of layout.clusters) {
    const box = map(item);
    if (!overlaps(box, room)) continue;
    pen.fillStyle = "rgba(255,255,255,0.82)";
    pen.fillRect(box.x, box.y, box.width, box.height);
    pen.strokeRect(box.x, box.y, box.width, box.height);
    const each = (box.height - 8) / Math.max(1, item.notes.length);
    item.notes.forEach((note, i) => {
      pen.fillStyle = paint(note.tint);
      pen.fillRect(box.x + 2, box.y + 6 + i * each, box.width - 4, Math.max(1, each - 2));
    });
  }
  pen.strokeStyle = "#6A6A6A";
  for (const item of layout.notes) {
    const box = map(item);
    if (!overlaps(box, room)) continue;
    pen.fillStyle = paint(item.note.tint);
    pen.fillRect(box.x, box.y, box.width, box.height);
    if (box.width > 14) pen.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  }
}

/** @param {HTMLElement} surface */
function painter(surface) {
  /** @type {Map<string, string>} */
  const known = new Map();
  return (/** @type {string} */ tint) => {
    let found = known.get(tint);
    if (!found) known.set(tint, (found = colour(surface, tint)));
    return found;
  };
}

/** @param {HTMLElement} surface @param {HTMLCanvasElement} canvas */
export function createFlat(surface, canvas) {
  const paint = painter(surface);
  return {
    /** @param {Layout} layout @param {View} view @param {{width: number, height: number}} size */
    draw(layout, view, size) {
      const pen = prepare(canvas, size.width, size.height);
      if (!pen) return;
      drawNotes(pen, layout, (rect) => ({ ...toScreen(view, rect), width: rect.width * view.zoom, height: rect.height * view.zoom }), paint, { x: 0, y: 0, ...size });
    },
  };
}

const MAP_WIDTH = 144;

/**
 * @param {HTMLElement} surface @param {{board: () => Rect, goTo: (point: {x: number, y: number}) => void}} options
 */
export function createMap(surface, { board, goTo }) {
  const canvas = el("canvas", { class: "board-map", role: "img", "aria-label": t("Vue d’ensemble du tableau") });
  const paint = painter(surface);
  let scale = 1;
  /** Everything but the view's frame, drawn again only when notes change. */
  const still = document.createElement("canvas");
  let drawn = "";

  /** @param {Layout} layout @param {Rect} frame @param {number} height @param {HTMLImageElement|null} picture */
  function drawStill(layout, frame, height, picture) {
    const pen = prepare(still, MAP_WIDTH, height);
    if (!pen) return;
    if (picture?.complete && picture.naturalWidth > 0) {
      pen.globalAlpha = 0.6;
      pen.drawImage(picture, 0, 0, MAP_WIDTH, height);
      pen.globalAlpha = 1;
    }
    drawNotes(pen, layout, (rect) => ({ x: (rect.x - frame.x) * scale, y: (rect.y - frame.y) * scale, width: rect.width * scale, height: rect.height * scale }), paint, { x: 0, y: 0, width: MAP_WIDTH, height });
  }

  /** @param {PointerEvent} event */
  function aim(event) {
    event.stopPropagation();
    if (event.type === "pointermove" && event.buttons === 0) return;
    if (event.type === "pointerdown") canvas.setPointerCapture(event.pointerId);
    const box = canvas.getBoundingClientRect();
    goTo({ x: board().x + (event.clientX - box.left) / scale, y: board().y + (event.clientY - box.top) / scale });
  }
  const stops = [on(canvas, "pointerdown", aim), on(canvas, "pointermove", aim)];

  return {
    element: canvas,
    /**
     * @param {Layout} layout @param {View} view @param {{width: number, height: number}} size @param {HTMLImageElement|null} picture
     * @param {boolean} changed whether the notes have
     */
    draw(layout, view, size, picture, changed) {
      const frame = board();
      scale = MAP_WIDTH / frame.width;
      const height = frame.height * scale;
      const key = `${height} ${picture?.complete ? picture.src : ""}`;
      if (changed || key !== drawn) drawStill(layout, frame, height, picture);
      drawn = key;
      canvas.style.width = `${MAP_WIDTH}px`;
      canvas.style.height = `${height}px`;
      const pen = prepare(canvas, MAP_WIDTH, height);
      if (!pen) return;
      pen.drawImage(still, 0, 0, MAP_WIDTH, height);
      const part = seen(view, size);
      pen.strokeStyle = "#1F5A8C";
      pen.lineWidth = 2;
      pen.strokeRect((part.x - frame.x) * scale, (part.y - frame.y) * scale, part.width * scale, part.height * scale);
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
