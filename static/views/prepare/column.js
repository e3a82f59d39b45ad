/**
 * The plan as a column as tall as it is long: choose a step, move it by its grip, by Alt and arrows or by its buttons,
 * stretch the chosen one by its foot.
 *
 * Exports: Column({live, chosen, choose, onAdd, onMethod}).
 * @module
 */
import { html, useRef, useState } from "../../vendor/ui.js";
import { editBlock, moveBlock } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { blocks, session } from "../../core/selectors.js";
import { minutes } from "../../core/words.js";
import { Icon } from "../icon.js";
import { LegalLinks } from "../legal.js";
import { clockOf, scheduled } from "./plan.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/session.js").Live} Live */

/** Heights in pixels of the usual letter size; in larger letters the column grows with them. */
const PER_MINUTE = 7.15;
const LEAST = 27;
const USUAL = 16;
/** A shorter step has no room for a foot of 24 px; its length is a choice in its sentence. */
const STRETCHABLE = 52;

/** @param {Live} live @param {Block[]} list @param {Block} block @param {number} step -1 up, 1 down */
export function shift(live, list, block, step) {
  const place = list.findIndex((one) => one.id === block.id);
  const target = place + step;
  if (target < 0 || target >= list.length) return;
  const after = step < 0 ? list[target - 1]?.id ?? "" : list[target].id;
  live.send(moveBlock({ block: block.id, after }));
  live.announcer.say(t("{title}\u00a0: étape {n} sur {total}", { title: block.title, n: target + 1, total: list.length }));
}

/** @param {{live: Live, chosen: string, choose: (id: string) => void, onAdd: () => void, onMethod: () => void}} props */
export function Column({ live, chosen, choose, onAdd, onMethod }) {
  const state = session(live.store);
  const list = blocks(live.store);
  const { slots, total } = scheduled(list);
  const start = state?.start ?? "";
  const { drag, handlers } = useDrag(live, list);
  return html`<section class="plan" aria-labelledby="plan-titre">
    <div class="spread plan-head">
      <h2 id="plan-titre" class="overline">${t("Plan de l’atelier")}</h2>
      <button type="button" class="button" onClick=${onAdd}><${Icon} name="plus" small />${t("Étape")}</button>
    </div>
    <ol class="plan-steps" role="list">
      ${slots.map((slot, place) => html`<${Step} key=${slot.block.id} live=${live} list=${list} slot=${slot} place=${place} start=${start} chosen=${slot.block.id === chosen}
        choose=${choose} moving=${drag?.id === slot.block.id ? drag.by : null} before=${drag?.before === place} handlers=${handlers} />`)}
    </ol>
    ${list.length ? html`<p class="plan-end"><strong>${clockOf(start, total)}</strong></p>` : null}
    <p class="plan-key small muted"><span class="key working"></span>${t("on produit")} <span class="key listening"></span>${t("on écoute")}</p>
    ${state?.status === "preparing" && list.length ? html`<p><button type="button" class="link-button small" onClick=${onMethod}>${t("Prendre une autre méthode…")}</button></p>` : null}
    <${LegalLinks} live=${live} />
  </section>`;
}

/** @param {{live: Live, list: Block[], slot: import("./plan.js").Slot, place: number, start: string, chosen: boolean, choose: (id: string) => void,
 *   moving: number|null, before: boolean, handlers: (block: Block) => any}} props */
function Step({ live, list, slot, place, start, chosen, choose, moving, before, handlers }) {
  const { block } = slot;
  const height = Math.max(LEAST, block.minutes * PER_MINUTE);
  const style = { height: `${height / USUAL}rem`, transform: moving === null ? undefined : `translateY(${moving}px)` };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      shift(live, list, block, event.key === "ArrowUp" ? -1 : 1);
    }
  };
  return html`<li class="plan-row" data-before=${before}>
    <span class="plan-time small">${clockOf(start, slot.from)}</span>
    <div class="plan-step" data-nature=${block.nature} data-chosen=${chosen} data-tall=${height >= STRETCHABLE} data-moving=${moving !== null} style=${style}>
      <button type="button" class="plan-choose" aria-current=${chosen ? "step" : undefined} onClick=${() => choose(block.id)} onKeyDown=${onKeyDown} aria-describedby="plan-aide">
        <span class="visually-hidden">${t("Étape {n}\u00a0:", { n: place + 1 })} </span><span class="plan-title">${block.title}</span> <span class="plan-length">${minutes(block.minutes)}</span>
      </button>
      <span class="plan-grip" ...${handlers(block)} title=${t("Glisser pour déplacer")} aria-hidden="true"><${Icon} name="grip-vertical" small /></span>
      ${chosen && height >= STRETCHABLE ? html`<${Foot} live=${live} block=${block} />` : null}
    </div>
  </li>`;
}

/** @returns {number} how much larger than usual letters are */
const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL;

/** Stretches a step: drag, or arrow keys, one minute a step. @param {{live: Live, block: Block}} props */
function Foot({ live, block }) {
  const from = useRef({ y: 0, minutes: 0 });
  const set = (/** @type {number} */ n) => {
    const wanted = Math.min(600, Math.max(1, Math.round(n)));
    if (wanted !== block.minutes) live.send(editBlock({ block: block.id, minutes: wanted }));
  };
  const onPointerDown = (/** @type {any} */ event) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { y: event.clientY, minutes: block.minutes };
  };
  const onPointerUp = (/** @type {any} */ event) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) set(from.current.minutes + (event.clientY - from.current.y) / (PER_MINUTE * scale()));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, PageUp: -5, PageDown: 5 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(block.minutes + by);
  };
  return html`<span class="plan-foot" role="slider" tabindex="0" aria-orientation="vertical" aria-label=${t("Durée de {title}", { title: block.title })} aria-valuemin="1" aria-valuemax="600"
    aria-valuenow=${block.minutes} aria-valuetext=${minutes(block.minutes)} onPointerDown=${onPointerDown} onPointerUp=${onPointerUp} onKeyDown=${onKeyDown}></span>`;
}

/**
 * Moving a step by its grip.
 * @param {Live} live @param {Block[]} list
 */
function useDrag(live, list) {
  const [drag, setDrag] = useState(/** @type {{id: string, by: number, before: number, y: number, middles: number[]}|null} */ (null));
  /** @param {Block} block */
  const handlers = (block) => ({
    onPointerDown: (/** @type {any} */ event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      const rows = [...event.currentTarget.closest("ol").querySelectorAll(".plan-row")];
      const middles = rows.map((row) => row.getBoundingClientRect()).map((box) => box.top + box.height / 2);
      setDrag({ id: block.id, by: 0, before: -1, y: event.clientY, middles });
    },
    onPointerMove: (/** @type {any} */ event) => {
      if (!drag || drag.id !== block.id) return;
      const above = drag.middles.filter((middle) => middle < event.clientY).length;
      setDrag({ ...drag, by: event.clientY - drag.y, before: above });
    },
    onPointerUp: () => {
      if (drag && drag.id === block.id && drag.before >= 0) drop(block, drag.before);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  });
  /** @param {Block} block @param {number} before index of the step that it goes before; the list's length for last */
  function drop(block, before) {
    const after = before === 0 ? "" : list[before - 1].id;
    const place = list.findIndex((one) => one.id === block.id);
    if (after !== block.id && before !== place) live.send(moveBlock({ block: block.id, after }));
  }
  return { drag, handlers };
}
