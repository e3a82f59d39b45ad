/**
 * The harvest: the notes of each group, to tick and carry to the plenary's board. The page's primary button carries them.
 *
 * Exports: Harvest({live, partition}), HarvestSide({live, go}).
 * @module
 */
import { html, useEffect } from "../../vendor/ui.js";
import { t, tn } from "../../core/i18n.js";
import { currentBoard, zonesOf } from "../../core/selectors.js";
import { Icon } from "../icon.js";
import { desk, groupsOf, harvestFrom, isHarvested, notesOf } from "./moment.js";
import { MenuButton } from "../menu.js";
import { items } from "./overview.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Partition} Partition */
/** @typedef {import("../../core/types.js").Group} Group */
/** @typedef {import("../../core/types.js").Note} Note */

/** @param {{live: Live, partition: Partition}} props */
export function Harvest({ live, partition }) {
  const { ticked, zone } = desk(live);
  const board = currentBoard(live.store);
  const groups = groupsOf(live.store, partition.id).filter((group) => group.board);
  const zones = board ? zonesOf(live.store, board.id) : [];
  // What was ticked and is gone since, or already carried, is no longer asked for.
  useEffect(() => {
    const still = ticked.value.filter((id) => {
      const note = live.store.get("note", id);
      return note && !note.aside && !note.withdrawn && board && !isHarvested(live.store, note, board.id);
    });
    if (still.length !== ticked.value.length) ticked.value = still;
  });
  const all = groups.flatMap((group) => notesOf(live.store, group));
  if (!board) return html`<div class="empty"><p>${t("Cette étape n’a pas de tableau où récolter.")}</p><p>${t("Passez à une étape qui en a un\u00a0: la récolte vous y attend.")}</p></div>`;
  return html`<section class="groups stack" aria-label=${t("Récolte")}>
    <div class="group-draw">
      <p class="grow">${all.length ? t("Cochez ce que chaque sous-groupe rapporte à tous. Le nom du sous-groupe reste sur la note.") : t("Les sous-groupes n’ont laissé aucune note à récolter.")}</p>
      ${zones.length ? html`<label class="group-choice"><span>${t("Récolter vers")}</span><select value=${zone.value ?? zones[0].id} onChange=${(/** @type {any} */ event) => void (zone.value = event.currentTarget.value)}>
        ${zones.map((one) => html`<option key=${one.id} value=${one.id}>${one.title}</option>`)}<option value="">${t("Hors des zones")}</option></select></label>` : null}
    </div>
    <div class="group-cards">${groups.map((group) => html`<${HarvestGroup} key=${group.id} live=${live} group=${group} board=${board.id} />`)}</div>
  </section>`;
}

/** @param {{live: Live, group: Group, board: string}} props */
function HarvestGroup({ live, group, board }) {
  const { ticked } = desk(live);
  const notes = notesOf(live.store, group);
  const free = notes.filter((note) => !isHarvested(live.store, note, board));
  const chosen = free.filter((note) => ticked.value.includes(note.id)).length;
  const id = `harvest-${group.id}`;
  const turn = (/** @type {Note} */ note) => void (ticked.value = ticked.value.includes(note.id) ? ticked.value.filter((one) => one !== note.id) : [...ticked.value, note.id]);
  const turnAll = () => {
    const ids = free.map((note) => note.id);
    ticked.value = [...ticked.value.filter((one) => !ids.includes(one)), ...(chosen < free.length ? ids : [])];
  };
  return html`<section class="group-card" aria-labelledby=${id}>
    <header class="group-head"><h2 id=${id}>${group.name}</h2><span class="small muted">${tn("{n} note", "{n} notes", notes.length)}</span>
      <${MenuButton} label=${t("Actions")} title=${t("Actions pour {name}", { name: group.name })} icon="ellipsis" iconOnly class="button quiet" items=${() => items(live, group)} /></header>
    ${notes.length === 0 ? html`<p class="small muted">${t("Aucune note.")}</p>` : html`<ul role="list" class="harvest-notes">
      ${notes.map((note) => {
        const done = !free.includes(note);
        return html`<li key=${note.id}><label class="harvest-note ${done ? "done" : ""}"><input type="checkbox" checked=${done || ticked.value.includes(note.id)} disabled=${done} onChange=${() => turn(note)} />
          <span class="group-note tint-${note.tint || "paille"}">${note.text}</span>${done ? html`<span class="small done"><${Icon} name="check" small /> ${t("récoltée")}</span>` : null}</label></li>`;
      })}</ul>`}
    <p class="group-foot">
      ${free.length > 1 ? html`<button type="button" class="button" aria-pressed=${chosen === free.length} onClick=${turnAll}>${chosen === free.length ? t("Tout décocher") : t("Tout cocher")}<span class="visually-hidden">${t("\u00a0: {name}", { name: group.name })}</span></button>` : null}
    </p>
  </section>`;
}

/** Beside another view: that the groups brought something back. @param {{live: Live, go: () => void}} props */
export function HarvestSide({ live, go }) {
  const partition = harvestFrom(live);
  const board = currentBoard(live.store);
  if (!partition || !board) return null;
  const notes = groupsOf(live.store, partition.id).flatMap((group) => notesOf(live.store, group));
  const left = notes.filter((note) => !isHarvested(live.store, note, board.id)).length;
  if (left === 0) return null;
  return html`<section class="stack" aria-labelledby="harvest-side"><h2 id="harvest-side" class="overline">${t("Récolte")}</h2>
    <p class="small">${notes.length > left ? tn("{n} note des sous-groupes n’est pas récoltée.", "{n} notes des sous-groupes ne sont pas récoltées.", left) : tn("{n} note attend dans les sous-groupes.", "{n} notes attendent dans les sous-groupes.", left)}</p>
    <p><button type="button" class="button" onClick=${go}><${Icon} name="list-checks" />${t("Choisir les notes à récolter")}</button></p></section>`;
}
