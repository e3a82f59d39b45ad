/**
 * Who is here, by site: the door, presence, who still writes in aggregate, each seat's menu; and notes set aside.
 *
 * Exports: People({live}), SetAsideNotes({live}), headline(live).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { closeDoor } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { byRank, currentBlock, session } from "../../core/selectors.js";
import { sorted } from "../../core/words.js";
import { groupsStage } from "../groups/moment.js";
import { Icon } from "../icon.js";
import { openHandOver } from "./handover.js";
import { openScreens } from "./screens.js";
import { SeatRow } from "./seat.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Seat} Seat */
/** @typedef {import("../../core/types.js").Site} Site */

const NOWHERE = "";

/** @param {Live} live @returns {{site: Site|null, seats: Seat[], heads: number}[]} sites in order, then those who gave none */
function bySite(live) {
  const seats = live.store.all("seat").filter((seat) => !seat.removed && seat.role !== "projector");
  const sites = [...live.store.all("site")].sort(byRank);
  const known = new Set(sites.map((site) => site.id));
  const here = live.store.gauges.value.people ?? {};
  const groups = sites.map((site) => ({ site: /** @type {Site|null} */ (site), seats: seats.filter((seat) => seat.site === site.id), heads: here[site.id] ?? 0 }));
  const others = seats.filter((seat) => !known.has(seat.site));
  if (others.length) groups.push({ site: null, seats: others, heads: here[NOWHERE] ?? 0 });
  return groups;
}

/** The one line of the page's head: « 13 participants », then each site's. @param {Live} live */
export function headline(live) {
  // Nobody has been counted yet: better no figure than a wrong one.
  if (!live.store.gauges.value.people) return { all: "", sites: "" };
  const groups = bySite(live);
  const all = groups.reduce((sum, group) => sum + group.heads, 0);
  const parts = groups.filter((group) => group.heads).map((group) => `${group.site?.name ?? t("sans site")} ${group.heads}`);
  return { all: tn("{n} personne présente", "{n} personnes présentes", all), sites: parts.join(" · ") };
}

/** @param {{live: Live}} props */
export function People({ live }) {
  const groups = bySite(live);
  const block = currentBlock(live.store);
  // Who has not written matters while all write; afterwards it would only point at people.
  const writing = session(live.store)?.status === "open" && block?.view === "ecrire" && !block.revealed && groupsStage(live).stage !== "draft";
  return html`<section class="people" aria-labelledby="people-title">
    <h2 id="people-title" class="overline">${t("Personnes")}</h2>
    <${Door} live=${live} />
    ${groups.every((group) => group.seats.length === 0) ? html`<p class="muted">${t("Personne n’est encore là. Montrez le code au mur, ou envoyez le lien.")}</p>` : null}
    ${groups.filter((group) => group.seats.length || group.site?.room).map((group) => html`<${SiteGroup} key=${group.site?.id ?? "-"} live=${live} group=${group} writing=${writing} />`)}
    ${writing ? html`<${Silent} live=${live} />` : null}
    <${Arrivals} live=${live} />
    ${writing && block?.notes === "author" ? html`<p class="small muted people-trust">${t("Décomptes seulement : avant la révélation, l’animation ne voit ni textes ni noms.")}</p>` : null}
  </section>`;
}

/** @param {{live: Live, group: {site: Site|null, seats: Seat[], heads: number}, writing: boolean}} props */
function SiteGroup({ live, group, writing }) {
  const { site, seats, heads } = group;
  const expected = site?.room ? site.heads : 0;
  const missing = expected > heads ? tn("{n} personne attendue", "{n} personnes attendues", expected) : "";
  const silent = site ? live.store.gauges.value.silent?.[site.id] : undefined;
  return html`<div class="people-site">
    <h3 class="spread"><span>${site?.name ?? t("Sans site")}</span><span class="numeric">${live.store.gauges.value.people ? heads : ""}</span></h3>
    ${missing ? html`<p class="small muted">${missing}</p>` : null}
    ${writing && site && busy(live, site.id) ? html`<p class="small soon"><${Icon} name="pencil" small />${t("saisit encore")}</p>` : writing && silent !== undefined ? html`<p class="small ${silent ? "soon" : "done"}"><${Icon} name=${silent ? "pencil" : "check"} small />${silent ? tn("{n} personne n’a pas encore écrit", "{n} personnes n’ont pas encore écrit", silent) : t("tout le monde a écrit")}</p>` : null}
    ${seats.length === 0 ? null : html`<details>
      <summary class="small">${devices(seats)}<span class="visually-hidden"> ${t("à {site}", { site: site?.name ?? t("Sans site") })}</span></summary>
      <ul role="list" class="people-seats">${sorted(seats, (seat) => seat.name).map((seat) => html`<${SeatRow} key=${seat.id} live=${live} seat=${seat} />`)}</ul>
    </details>`}
  </div>`;
}

/** Whether a shared device of that site still holds a text being typed. @param {Live} live @param {string} site id */
const busy = (live, site) => (live.store.gauges.value.writing?.rooms[site] ?? 0) > 0;

/** Whether new people may come in; who is seated always may. @param {{live: Live}} props */
function Door({ live }) {
  const state = session(live.store);
  if (!state || !["preparing", "open"].includes(state.status)) return null;
  const closed = state.door_closed;
  return html`<p class="people-door" data-closed=${closed}><span class="grow small"><${Icon} name=${closed ? "lock" : "lock-open"} small />${closed ? t("Porte fermée\u00a0: personne de nouveau n’entre, chacun peut revenir.") : t("Porte ouverte")}</span>
    <button type="button" class="button" onClick=${() => live.send(closeDoor({ closed: !closed }))}>${closed ? t("Ouvrir") : t("Fermer")}<span class="visually-hidden"> ${t("la porte")}</span></button></p>`;
}

/** Who and what else may come: a second person to drive, a screen. @param {{live: Live}} props */
function Arrivals({ live }) {
  if (!["preparing", "open", "ended"].includes(session(live.store)?.status ?? "")) return null;
  return html`<p class="people-arrivals row">
    <button type="button" class="button" onClick=${() => openHandOver(live)}><${Icon} name="user-plus" />${t("Passer la main…")}</button>
    <button type="button" class="button" onClick=${() => openScreens(live)}><${Icon} name="monitor" />${t("Brancher un écran…")}</button>
  </p>`;
}

/** @param {Seat[]} seats « 5 appareils, dont 1 partagé » */
function devices(seats) {
  const shared = seats.filter((seat) => seat.role === "room").length;
  const all = tn("{n} appareil", "{n} appareils", seats.length);
  return shared && seats.length > 1 ? `${all}, ${tn("dont {n} partagé", "dont {n} partagés", shared)}` : shared ? t("1 appareil partagé") : all;
}

/** Sites under three heads are counted together, so that the figure points at nobody. @param {{live: Live}} props */
function Silent({ live }) {
  const merged = live.store.gauges.value.silent?.merged;
  return merged ? html`<p class="small muted">${tn("Petits sites ensemble\u00a0: {n} personne n’a pas encore écrit.", "Petits sites ensemble\u00a0: {n} personnes n’ont pas encore écrit.", merged)}</p>` : null;
}

/** Notes taken off the board or proposed too late, to bring back. @param {{live: Live}} props */
export function SetAsideNotes({ live }) {
  const aside = live.store.all("note").filter((note) => note.aside && !note.withdrawn);
  if (!aside.length) return null;
  return html`<section class="aside-notes" aria-label=${t("Notes mises de côté")}>
    <h2 class="overline">${t("Mises de côté")} <span class="numeric">${aside.length}</span></h2>
    <p class="small muted">${t("Retirées du tableau, ou proposées après la fin du temps.")}</p>
    <ul role="list">${aside.map((note) => html`<li key=${note.id} class="stack">
      <p class="note ${note.tint ? `tint-${note.tint}` : ""}">${note.text}</p>
      <button type="button" class="button" onClick=${() => live.act(ask.setAside({ notes: [note.id], aside: false }))}>${t("Remettre sur le tableau")}<span class="visually-hidden">${t("\u00a0: {text}", { text: note.text })}</span></button>
    </li>`)}</ul>
  </section>`;
}
