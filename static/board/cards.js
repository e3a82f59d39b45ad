/**
 * The elements of notes and clusters: made once, updated field by field, moved by transform only.
 *
 * Exports: createCards.
 * @module
 */
import { el } from "../core/dom.js";
import { t, tn } from "../core/i18n.js";
import { iconElement } from "../views/icon.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */
/** @typedef {{element: HTMLElement, text: HTMLElement, tag: HTMLElement|null, tick: HTMLElement|null, seen: Note|null, state: string,
 *   fitted: string}} Card */
/** @typedef {{element: HTMLElement, head: HTMLElement, title: HTMLElement, count: HTMLElement, list: HTMLElement, seen: Cluster|null}} Box */
/** @typedef {{mine: boolean, selected: boolean, editing: string, label: string, tintName: string, author: string, from: string}} CardState
 *   `editing`: who writes in it, "" for nobody, "?" where names do not show; `from`: the group that it was harvested from */

const SIZES = [16, 15, 14, 13];

/** @param {HTMLElement} element @param {number} x @param {number} y board units */
export const moveTo = (element, x, y) => void (element.style.transform = `translate(${x}px, ${y}px)`);

export function createCards() {
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  /** @type {Set<Card>} texts to measure once laid out */
  let unmeasured = new Set();

  /** @param {string} id @returns {Card} */
  function makeCard(id) {
    const text = el("span", { class: "note-text" });
    const element = el("article", { class: "note", tabindex: "-1", "data-note": id, "aria-describedby": "board-keys" }, text);
    const card = { element, text, tag: null, tick: null, seen: null, state: "", fitted: "" };
    cards.set(id, card);
    return card;
  }

  /** @param {Card} card @param {CardState} state */
  function dress(card, state) {
    const note = /** @type {Note} */ (card.seen);
    const key = `${state.mine}|${state.selected}|${state.editing}|${state.author}|${state.from}|${note.tint}|${note.unsent ?? false}|${state.label}`;
    if (key === card.state) return;
    card.state = key;
    const { element } = card;
    const tint = note.tint || "paille";
    element.className = `note tint-${tint}${state.mine ? " mine" : ""}${state.selected ? " selected" : ""}${note.unsent ? " unsent" : ""}`;
    element.setAttribute("aria-label", state.label);
    element.toggleAttribute("data-selected", state.selected);
    card.tick?.remove();
    card.tick = null;
    if (state.selected) {
      card.tick = el("span", { class: "tick", "aria-hidden": "true" });
      card.tick.append(iconElement("check"));
      element.append(card.tick);
    }
    const words = state.editing === "?" ? t("en cours d’écriture") : state.editing ? t("{name} écrit…", { name: state.editing }) : state.mine ? t("Vous") : state.author;
    const line = /** @type {HTMLElement|null} */ (element.querySelector(".note-from"));
    if (!state.from) line?.remove();
    else if (line) line.textContent = state.from;
    else card.text.after(el("span", { class: "note-from", "aria-hidden": "true", text: state.from }));
    card.tag?.remove();
    card.tag = null;
    if (words) {
      card.tag = el("span", { class: state.editing ? "tag writing" : state.mine ? "tag own" : "tag", "aria-hidden": "true", text: words });
      element.append(card.tag);
    }
  }

  return {
    cards,
    boxes,

    /** @param {Note} note @param {CardState} state @returns {Card} made if it is not there yet */
    card(note, state) {
      const card = cards.get(note.id) ?? makeCard(note.id);
      if (card.seen !== note) {
        if (card.text.textContent !== note.text) card.text.textContent = note.text;
        card.seen = note;
        card.state = "";
      }
      const fit = `${note.cluster === ""}|${note.text}`;
      if (card.fitted !== fit) {
        card.fitted = fit;
        unmeasured.add(card);
      }
      dress(card, state);
      return card;
    },

    /** @param {Cluster} cluster @param {number} count @param {boolean} movable @returns {Box} */
    box(cluster, count, movable) {
      let box = boxes.get(cluster.id);
      if (!box) {
        const title = el("h3", { class: "cluster-title" });
        const number = el("span", { class: "count" });
        const head = el("div", { class: "cluster-head" }, title, number);
        const list = el("div", { class: "cluster-notes" });
        const element = el("section", { class: "cluster", "data-cluster": cluster.id, role: "group" }, head, list);
        box = { element, head, title, count: number, list, seen: null };
        boxes.set(cluster.id, box);
      }
      const title = cluster.title || t("Groupe sans titre");
      if (box.title.textContent !== title) box.title.textContent = title;
      box.title.classList.toggle("muted", cluster.title === "");
      const said = String(count);
      if (box.count.textContent !== said) {
        box.count.textContent = said;
        box.count.setAttribute("aria-label", tn("{n} note", "{n} notes", count));
      }
      box.element.setAttribute("aria-label", title);
      box.element.classList.toggle("movable", movable);
      box.seen = cluster;
      return box;
    },

    /** @param {string} id */
    forget(id) {
      const card = cards.get(id);
      if (card) unmeasured.delete(card);
      card?.element.remove();
      cards.delete(id);
    },

    /** @param {string} id */
    forgetBox(id) {
      boxes.get(id)?.element.remove();
      boxes.delete(id);
    },

    /** The font has come, or changed: everything is to be measured again. */
    remeasure() {
      unmeasured = new Set(cards.values());
    },

    /** Steps the type down, 16 to 13, where a text does not fit; reads and writes in turn, so the page is laid out four times at most. */
    measure() {
      let left = [...unmeasured].filter((card) => card.element.isConnected);
      for (const card of left) {
        unmeasured.delete(card);
        card.element.classList.remove("clamped");
        card.element.style.removeProperty("--size");
      }
      for (const size of SIZES.slice(1)) {
        left = left.filter((card) => card.text.scrollHeight > card.text.clientHeight + 1);
        if (left.length === 0) return;
        for (const card of left) card.element.style.setProperty("--size", `${size}px`);
      }
      left = left.filter((card) => card.text.scrollHeight > card.text.clientHeight + 1);
      for (const card of left) card.element.classList.add("clamped");
    },
  };
}
