/**
 * Every group at work at a glance: who is in it, how many notes, the last ones, who asks for help, how long nothing has
 * come. From each card one can step in, or show its board to everyone.
 *
 * Exports: Overview({live, partition}), StepInBand({live}).
 * @module
 */
import { html, useEffect, useState } from "../../vendor/ui.js";
import { lowerHand, turnWall } from "../../core/commands.js";
import { showGroup } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { currentBlock, hiddenByZone, myGroup, zonesOf } from "../../core/selectors.js";
import { listed, minutes } from "../../core/words.js";
import { confirmDialog } from "../dialog.js";
import { callsFrom } from "../drive/calls.js";
import { Icon } from "../icon.js";
import { MenuButton } from "../menu.js";
import { groupWords } from "../people/companions.js";
import { askName } from "./draft.js";
import { headsOf, MemberList, useDrop } from "./member.js";
import { comeBack, goIn, groupsOf, notesOf, seatsIn, unplaced, visitors } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Partition} Partition */
/** @typedef {import("../../core/types.js").Group} Group */

/** Less quiet than this is a group that thinks. */
const QUIET_FROM = 3;
const LAST = 3;
/** With more groups than this, one note each says enough. */
const MANY = 6;

/** @param {{live: Live, partition: Partition}} props */
export function Overview({ live, partition }) {
  const [, turn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => turn((n) => n + 1), 20_000);
    return () => clearInterval(timer);
  }, []);
  const groups = groupsOf(live.store, partition.id);
  // Whoever calls comes first; otherwise the order that everyone knows.
  const called = (/** @type {Group} */ group) => callsFrom(live, group.id)[0]?.at ?? Infinity;
  const order = [...groups].sort((a, b) => (called(a) === called(b) ? 0 : called(a) - called(b)));
  const left = unplaced(live.store, partition.id);
  return html`<section class="groups stack" aria-label=${t("Sous-groupes au travail")}>
    <p class="small muted">${t("Chaque sous-groupe a sa copie du tableau. Une annonce paraît chez tous\u00a0; chacun est prévenu une minute avant la fin.")}</p>
    <div class="group-cards">${order.map((group) => html`<${Card} key=${group.id} live=${live} partition=${partition} group=${group} last=${groups.length > MANY ? 1 : LAST} />`)}
      ${left.length ? html`<section class="group-card left" aria-labelledby="group-left"><header class="group-head"><h2 id="group-left">${t("En plénière")}</h2><span class="small muted">${tn("{n} personne", "{n} personnes", headsOf(left))}</span></header>
        <${MemberList} live=${live} partition=${partition} seats=${left} group="" label=${t("En plénière")} /></section>` : null}
    </div>
  </section>`;
}

/** @param {{live: Live, partition: Partition, group: Group, last: number}} props `last`: how many notes it shows */
function Card({ live, partition, group, last }) {
  const { store } = live;
  const seats = seatsIn(store, partition.id, group.id);
  const notes = notesOf(store, group);
  const hidden = hiddenIn(live, group);
  const calls = callsFrom(live, group.id);
  const here = myGroup(store)?.id === group.id;
  const drop = useDrop(live, partition, group.id, group.name);
  const id = `group-${group.id}`;
  const others = visitors(store, group.id).map((seat) => seat.name);
  const quiet = quietFor(live, partition, notes);
  return html`<section class="group-card ${calls.length ? "calling" : ""}" data-group=${group.id} aria-labelledby=${id} ...${drop}>
    <header class="group-head">
      <h2 id=${id}>${group.name}</h2>
      ${group.board ? html`<span class="small muted">${tn("{n} note", "{n} notes", Math.max(hidden, notes.length))}</span>` : null}
      <${MenuButton} label=${t("Actions")} title=${t("Actions pour {name}", { name: group.name })} icon="ellipsis" iconOnly class="button quiet" items=${() => items(live, group)} />
    </header>
    ${calls.map((call) => html`<p key=${call.id} class="group-call"><${Icon} name=${call.reason === "help" ? "life-buoy" : "hand"} small /><span class="grow">${call.reason === "help" ? t("{name} demande de l’aide", { name: store.get("seat", call.id)?.name ?? "" }) : t("{name} lève la main", { name: store.get("seat", call.id)?.name ?? "" })}</span>
      <button type="button" class="button" onClick=${() => live.send(lowerHand({ seat: call.id }))}>${t("Vu")}<span class="visually-hidden">${t("\u00a0: {name}", { name: store.get("seat", call.id)?.name ?? "" })}</span></button></p>`)}
    ${others.length ? html`<p class="small muted">${tn("{names} est avec eux", "{names} sont avec eux", others.length, { names: listed(others) })}</p>` : null}
    ${notes.length ? html`<ul role="list" class="group-notes" aria-label=${t("Dernières notes")}>${notes.slice(-last).reverse().map((note) => html`<li key=${note.id} class="group-note tint-${note.tint || "paille"}">${note.text}</li>`)}</ul>`
      : html`<p class="small muted">${waiting(live, group)}</p>`}
    ${quiet >= QUIET_FROM ? html`<p class="small soon"><${Icon} name="clock" small /> ${t("rien de neuf depuis {time}", { time: minutes(quiet) })}</p>` : null}
    <details class="group-who"><summary class="small">${tn("{n} personne", "{n} personnes", headsOf(seats))}<span class="muted">${seats.length ? ` · ${seats.map((seat) => seat.name).join(", ")}` : ""}</span></summary>
      <${MemberList} live=${live} partition=${partition} seats=${seats} group=${group.id} label=${group.name} /></details>
    <p class="group-foot">${here
      ? html`<button type="button" class="button" onClick=${() => void comeBack(live)}><${Icon} name="undo-2" />${t("Revenir en plénière")}</button>`
      : html`<button type="button" class="button" onClick=${() => void goIn(live, group)}><${Icon} name="arrow-right" />${t("Rejoindre")}<span class="visually-hidden"> ${group.name}</span></button>`}</p>
  </section>`;
}

/** Notes that wait for their reveal on a group's board, as the last gauge counted them. @param {Live} live @param {Group} group */
function hiddenIn(live, group) {
  const hidden = hiddenByZone(live.store);
  return zonesOf(live.store, group.board).reduce((sum, zone) => sum + (hidden[zone.id] ?? 0), 0);
}

/** What an empty board means: none at all, nothing that the facilitators may see, or nothing yet. @param {Live} live @param {Group} group */
function waiting(live, group) {
  const block = currentBlock(live.store);
  if (!group.board) return t("Cette étape n’a pas de tableau\u00a0: on y parle.");
  return block?.notes === "author" && !block.revealed ? t("Les notes restent à leurs auteurs jusqu’à la révélation.") : t("Pas encore de note.");
}

/** Minutes since the group's last note, whoever wrote it. @param {Live} live @param {Partition} partition @param {import("../../core/types.js").Note[]} notes */
function quietFor(live, partition, notes) {
  if (currentBlock(live.store)?.notes === "author") return 0;
  const last = notes.reduce((latest, note) => Math.max(latest, note.at), partition.started_at);
  return Math.floor((live.clock.now() - last) / 60_000);
}

/** @param {Live} live @param {Group} group @returns {import("../menu.js").MenuItem[]} */
export const items = (live, group) => [
  ...(group.board ? [{ label: t("Montrer à tous…"), icon: "projector", act: () => void show(live, group) }] : []),
  { label: t("Renommer…"), icon: "pencil", act: () => void askName(live, group) },
];

/** Puts a group's board before everyone, and on the wall. @param {Live} live @param {Group} group */
export async function show(live, group) {
  const shown = live.store.get("board", group.board)?.scope === "everyone";
  const sure = shown || await confirmDialog({ title: t("Montrer à tous ce qu’a posé {group}\u202f?", { group: groupWords(group) }), confirm: t("Montrer à tous"), text: t("Tout le monde pourra le lire, et le mur l’affiche. Ce qui est montré le reste.") });
  if (!sure) return;
  const { done } = shown ? { done: true } : await live.send(showGroup({ group: group.id })).outcome;
  if (!done) return;
  await live.send(turnWall({ view: "lire", focus: group.id })).outcome;
  live.announcer.say(t("Ce qu’a posé {group} est montré à tous.", { group: groupWords(group) }));
}

/** While one is with a group: with which, and the way back. @param {{live: Live}} props */
export function StepInBand({ live }) {
  const group = myGroup(live.store);
  if (!group) return null;
  return html`<p class="band drive-said"><${Icon} name="users" /><span class="grow">${t("Vous êtes avec {group}\u00a0: ses membres le voient.", { group: groupWords(group) })}</span>
    <button type="button" class="button" ref=${takeFocus} onClick=${() => void comeBack(live)}><${Icon} name="undo-2" />${t("Revenir en plénière")}</button></p>`;
}

/** The button that led here is gone: the way back takes its focus. @param {HTMLElement|null} button */
const takeFocus = (button) => void (button && document.activeElement === document.body && button.focus());
