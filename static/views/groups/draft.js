/**
 * The draft of a step's groups, which only facilitators see: how they are drawn, each group as a list of names, what the
 * draw could not grant, and who is in none.
 *
 * Exports: Draft({live, partition}), shortfallWords(live, partition).
 * @module
 */
import { html, useId } from "../../vendor/ui.js";
import { addGroup, drawGroups, removeGroup, renameGroup } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { confirmDialog, promptDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { MenuButton } from "../menu.js";
import { headsOf, MemberList, mixWords, useDrop } from "./member.js";
import { desk, groupsOf, seatsIn, unplaced } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Partition} Partition */
/** @typedef {import("../../core/types.js").Group} Group */

const MODES = () => /** @type {[Partition["mode"], string][]} */ ([
  ["balanced", t("équilibrés")], ["random", t("au hasard")], ["hand", t("à la main")], ["merge", t("réunis deux à deux")],
]);
const SIZES = [2, 3, 4, 5, 6, 7, 8, 10, 12];

/** What the draw could not grant, one sentence each. @param {Live} live @param {Partition} partition @returns {string[]} */
export function shortfallWords(live, partition) {
  const many = groupsOf(live.store, partition.id).length;
  const services = partition.shortfalls.filter(({ code }) => code === "one_service");
  // One cause, said once: it lies with the door, not with the draw.
  const untold = many > 1 && services.length === many;
  const words = partition.shortfalls.filter((one) => !untold || one.code !== "one_service").map(({ code, group }) => {
    const name = live.store.get("group", group)?.name ?? t("Un sous-groupe");
    if (code === "lone_remote") return t("{group}\u00a0: une personne à distance s’y trouve seule avec une salle. Confiez-lui quelqu’un, ou déplacez-la.", { group: name });
    return code === "one_service" ? t("{group}\u00a0: un seul service y est représenté.", { group: name }) : t("{group}\u00a0: un seul site y est représenté.", { group: name });
  });
  return untold ? [t("Aucun sous-groupe ne mêle plusieurs services\u00a0: trop peu de personnes ont dit le leur en entrant."), ...words] : words;
}

/** @param {{live: Live, partition: Partition}} props */
export function Draft({ live, partition }) {
  const groups = groupsOf(live.store, partition.id);
  const left = unplaced(live.store, partition.id);
  const short = shortfallWords(live, partition);
  return html`<section class="groups stack" aria-label=${t("Brouillon des sous-groupes")}>
    <${Drawing} live=${live} partition=${partition} />
    ${short.length ? html`<div class="notice warning"><p><strong>${t("Ce que le tirage n’a pas pu faire")}</strong></p><ul>${short.map((words) => html`<li key=${words}>${words}</li>`)}</ul></div>` : null}
    ${groups.length === 0 && left.length === 0 ? html`<div class="empty"><p>${t("Personne n’est encore là pour former des sous-groupes.")}</p><p>${t("Attendez deux personnes au moins, puis tirez à nouveau.")}</p></div>` : null}
    <div class="group-cards">
      ${groups.map((group) => html`<${DraftGroup} key=${group.id} live=${live} partition=${partition} group=${group} />`)}
      ${left.length ? html`<${Left} live=${live} partition=${partition} seats=${left} />` : null}
      <button type="button" class="group-add" onClick=${() => live.send(addGroup({ partition: partition.id }))}><${Icon} name="plus" />${t("Ajouter un sous-groupe")}</button>
    </div>
  </section>`;
}

/** How they are drawn, as a sentence of choices: each change draws anew. @param {{live: Live, partition: Partition}} props */
function Drawing({ live, partition }) {
  const id = useId();
  const { moved, away, minutes } = desk(live);
  const block = live.store.get("block", partition.block);
  /** @param {Partial<Partition>} some @param {string} [seed] */
  const draw = async (some, seed = "") => {
    if (moved.value === partition.id) {
      const sure = await confirmDialog({ title: t("Tirer à nouveau\u202f?"), text: t("Les personnes déplacées à la main seront replacées par le tirage."), confirm: t("Tirer à nouveau") });
      if (!sure) return;
    }
    moved.value = "";
    const { mode, size, mix } = { ...partition, ...some };
    live.send(drawGroups({ block: partition.block, mode, size, mix, seed }));
  };
  const turn = (/** @type {"service"|"site"} */ what) => draw({ mix: partition.mix.includes(what) ? partition.mix.filter((one) => one !== what) : [...partition.mix, what] }, partition.seed);
  // Nothing to join before some have worked.
  const modes = MODES().filter(([mode]) => mode !== "merge" || partition.mode === "merge" || live.store.all("partition").some((one) => one.status === "over"));
  const sizes = SIZES.includes(partition.size) ? SIZES : [...SIZES, partition.size].sort((a, b) => a - b);
  return html`<div class="group-draw">
    <label class="group-choice"><span>${t("Sous-groupes")}</span><select value=${partition.mode} aria-label=${t("Façon de former les sous-groupes")} onChange=${(/** @type {any} */ event) => void draw({ mode: event.currentTarget.value })}>
      ${modes.map(([mode, words]) => html`<option key=${mode} value=${mode}>${words}</option>`)}</select></label>
    ${partition.mode === "merge" ? null : html`<label class="group-choice"><span>${t("de")}</span><select value=${String(partition.size)} aria-label=${t("Personnes par sous-groupe")} onChange=${(/** @type {any} */ event) => void draw({ size: Number(event.currentTarget.value) }, partition.seed)}>
      ${sizes.map((size) => html`<option key=${size} value=${String(size)}>${tn("{n} personne", "{n} personnes", size)}</option>`)}</select></label>`}
    ${partition.mode === "balanced" ? html`<fieldset class="group-choice"><legend class="visually-hidden">${t("Mélanger")}</legend><span aria-hidden="true">${t("mélangeant")}</span>
      ${/** @type {const} */ (["service", "site"]).map((what) => html`<label key=${what} class="switch-line"><input type="checkbox" checked=${partition.mix.includes(what)} onChange=${() => void turn(what)} />${what === "service" ? t("les services") : t("les sites")}</label>`)}</fieldset>` : null}
    <label class="group-choice" for=${`${id}-m`}><span>${t("pendant")}</span><input id=${`${id}-m`} type="number" min="1" max="600" class="group-minutes" aria-label=${t("Minutes en sous-groupes")} value=${minutes.value || (block?.minutes ?? 10)}
      onInput=${(/** @type {any} */ event) => void (minutes.value = Math.max(0, Math.min(600, Math.round(Number(event.currentTarget.value) || 0))))} /><span>${t("min")}</span></label>
    <span class="row group-draw-end">
      ${partition.mode === "hand" ? null : html`<button type="button" class="button" onClick=${() => void draw({})}><${Icon} name="refresh-cw" />${t("Tirer à nouveau")}</button>`}
      <button type="button" class="button quiet" onClick=${() => void (away.value = partition.id)}>${t("Renoncer")}<span class="visually-hidden"> ${t("aux sous-groupes")}</span></button>
    </span>
  </div>`;
}

/** @param {{live: Live, partition: Partition, group: Group}} props */
function DraftGroup({ live, partition, group }) {
  const seats = seatsIn(live.store, partition.id, group.id);
  const drop = useDrop(live, partition, group.id, group.name);
  const id = `group-${group.id}`;
  return html`<section class="group-card" aria-labelledby=${id} ...${drop}>
    <header class="group-head">
      <h2 id=${id}>${group.name}</h2>
      <span class="small muted">${[tn("{n} personne", "{n} personnes", headsOf(seats)), mixWords(live, seats)].filter(Boolean).join(" · ")}</span>
      <${MenuButton} label=${t("Actions")} title=${t("Actions pour {name}", { name: group.name })} icon="ellipsis" iconOnly class="button quiet" items=${() => groupItems(live, group, seats.length)} />
    </header>
    ${seats.length ? html`<${MemberList} live=${live} partition=${partition} seats=${seats} group=${group.id} label=${group.name} />` : html`<p class="small muted">${t("Personne encore. Faites glisser un nom ici, ou passez par son menu.")}</p>`}
  </section>`;
}

/** @param {Live} live @param {Group} group @returns {Promise<void>} */
export async function askName(live, group) {
  const name = await promptDialog({ title: t("Renommer le sous-groupe"), label: t("Nom"), value: group.name, confirm: t("Renommer"), most: 80 });
  if (name) live.send(renameGroup({ group: group.id, name }));
}

/** @param {Live} live @param {Group} group @param {number} seats @returns {import("../menu.js").MenuItem[]} */
const groupItems = (live, group, seats) => [
  { label: t("Renommer…"), icon: "pencil", act: () => void askName(live, group) },
  { label: t("Retirer ce sous-groupe"), hint: seats ? t("une fois vide") : undefined, icon: "trash-2", disabled: seats > 0, danger: seats === 0, act: () => void live.send(removeGroup({ group: group.id })) },
];

/** Who stays in plenary if nothing more is done. @param {{live: Live, partition: Partition, seats: import("../../core/types.js").Seat[]}} props */
function Left({ live, partition, seats }) {
  const drop = useDrop(live, partition, "", t("sans sous-groupe"));
  return html`<section class="group-card left" aria-labelledby="group-left" ...${drop}>
    <header class="group-head"><h2 id="group-left">${t("Sans sous-groupe")}</h2><span class="small muted">${tn("{n} personne", "{n} personnes", headsOf(seats))}</span></header>
    <p class="small muted">${t("Restent en plénière si vous ne les placez pas.")}</p>
    <${MemberList} live=${live} partition=${partition} seats=${seats} group="" label=${t("Sans sous-groupe")} />
  </section>`;
}
