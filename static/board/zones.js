/**
 * Zones: frames and titles drawn in screen pixels, so that a title keeps 16 px at every zoom. Notes still hidden show
 * as blank backs, a count and nothing else, because nothing else has reached this page.
 *
 * Exports: createZones.
 * @module
 */
import { el, keyedChildren } from "../core/dom.js";
import { tn } from "../core/i18n.js";
import { toScreen } from "./geometry.js";

/** @typedef {import("../core/types.js").Zone} Zone */
/** @typedef {{element: HTMLElement, title: HTMLElement, count: HTMLElement, backs: HTMLElement, zone: Zone}} Frame */

/** More blank backs than this in a zone say less than the number alone. */
const BACKS = 12;

/** @param {HTMLElement} layer */
export function createZones(layer) {
  /** @type {Map<string, Frame>} */
  const frames = new Map();

  /** @param {Zone} zone @returns {Frame} */
  function make(zone) {
    const title = el("h2", { class: "zone-title" });
    const count = el("span", { class: "zone-count count" });
    const backs = el("div", { class: "zone-backs", "aria-hidden": "true" });
    const element = el("div", { class: "zone", "data-zone": zone.id }, el("div", { class: "zone-head" }, title, count), backs);
    const frame = { element, title, count, backs, zone };
    frames.set(zone.id, frame);
    return frame;
  }

  return {
    frames,

    /**
     * @param {{zone: Zone, count: number, hidden: number}[]} areas `hidden`: notes that wait for the reveal, from the gauges
     */
    update(areas) {
      for (const { zone, count, hidden } of areas) {
        const frame = frames.get(zone.id) ?? make(zone);
        frame.zone = zone;
        if (frame.title.textContent !== zone.title) {
          frame.title.textContent = zone.title;
          frame.title.title = zone.title; // a narrow zone cuts it
        }
        const shown = Math.max(count, hidden);
        const words = tn("{n} note", "{n} notes", shown);
        if (frame.count.textContent !== words) frame.count.textContent = words;
        const backs = hidden > 0 && hidden <= BACKS ? hidden : 0;
        while (frame.backs.children.length > backs) frame.backs.lastElementChild?.remove();
        while (frame.backs.children.length < backs) frame.backs.append(el("span", { class: "back" }));
      }
      const wanted = new Set(areas.map(({ zone }) => zone.id));
      for (const id of [...frames.keys()]) if (!wanted.has(id)) frames.delete(id);
      keyedChildren(layer, areas.map(({ zone }) => /** @type {Frame} */ (frames.get(zone.id)).element));
    },

    /** @param {import("./geometry.js").View} view */
    place(view) {
      for (const { element, zone } of frames.values()) {
        const { x, y } = toScreen(view, zone);
        element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
        element.style.width = `${Math.round(zone.width * view.zoom)}px`;
        element.style.height = `${Math.round(zone.height * view.zoom)}px`;
      }
    },

    /** Marks the zone over which something is held. @param {string} id "" for none */
    aim(id) {
      for (const [zone, frame] of frames) frame.element.classList.toggle("aimed", zone === id);
    },
  };
}
