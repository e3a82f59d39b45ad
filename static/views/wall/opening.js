/**
 * The wall before and after: accueil (how to come in, who is here), fin (thanks, what people made of it, where the minutes
 * will be), and the page of a screen that is no longer linked.
 *
 * Exports: WallAccueil, WallFin, WallBye.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { byRank, currentBlock, session } from "../../core/selectors.js";
import { clockTime, longDate, number, shortDate } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { levelTitle } from "../ballot.js";
import { scaleRows } from "../result.js";
import { Fit } from "./fit.js";
import { DoorCode, Foot, doorOpen, spaced } from "./foot.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{name: string, n: number}} Here heads of one place */

/** Places named on the wall; the others are counted together. */
const PLACES = 6;

/** @param {Live} live @returns {Here[]} heads by site, sites without anyone left out */
function hereBySite(live) {
  const people = live.store.gauges.value.people ?? {};
  const known = [...live.store.all("site")].sort(byRank);
  const here = known.map((site) => ({ name: site.name.split(",")[0], n: people[site.id] ?? 0 })).filter(({ n }) => n > 0);
  const nowhere = people[""] ?? 0;
  const named = here.length > PLACES ? here.slice(0, PLACES - 1) : here;
  const rest = here.slice(named.length).reduce((sum, one) => sum + one.n, 0);
  if (rest > 0) named.push({ name: t("ailleurs"), n: rest });
  if (nowhere > 0) named.push({ name: known.length > 0 ? t("sans site") : tn("personne", "personnes", nowhere), n: nowhere });
  return named;
}

/** The Wi-Fi of the wall's own site; of the only one that has any, where the wall has none. @param {Live} live @returns {string} */
function wifiOf(live) {
  const own = live.seat.value?.site ?? "";
  if (own) return live.store.get("practical", own)?.wifi ?? "";
  const known = [...new Set(live.store.all("practical").map((one) => one.wifi).filter(Boolean))];
  return known.length === 1 ? known[0] : "";
}

/** @param {import("../../core/types.js").SessionRecord|undefined} state @returns {string} when it is, or when it opens */
function whenSaid(state) {
  const date = state?.date ? longDate(state.date).replace(/\s\d{4}$/, "") : "";
  const time = state?.start ? clockTime(Date.parse(`2000-01-01T${state.start}:00Z`), "UTC") : "";
  if (state?.status === "preparing") {
    if (date && time) return t("L’atelier ouvre le {date} à {time}.", { date, time });
    return date ? t("L’atelier ouvre le {date}.", { date }) : t("L’atelier va bientôt ouvrir.");
  }
  return [date && date[0].toLocaleUpperCase("fr-FR") + date.slice(1), time].filter(Boolean).join(", ");
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallAccueil({ live, links }) {
  const state = session(live.store);
  const here = hereBySite(live);
  const wifi = wifiOf(live);
  const open = doorOpen(live);
  return html`<div class="wall-page wall-accueil" data-door=${open ? "open" : "closed"}>
    <div class="accueil-words">
      <p class="wall-muted accueil-when">${whenSaid(state)}</p>
      <h1><${Fit} tag="span" class="accueil-title" sizes=${[98, 84, 72, 60, 52, 44]} text=${state?.title ?? links.title ?? ""} /></h1>
      ${open ? html`<p class="accueil-address">${links.address ?? location.host}</p>
        <${Fit} class="accueil-code" sizes=${[164, 156, 148, 140, 130, 116, 100, 88, 76]} text=${spaced(state?.code || links.code || "")} />`
        : html`<p class="accueil-address">${t("Les entrées sont closes.")}</p>
        <p class="wall-muted">${t("Qui a déjà une place la retrouve sur son appareil.")}</p>`}
      ${here.length > 0 && html`<div class="accueil-here"><p class="wall-muted">${t("Déjà là")}</p>
        <p class="accueil-sites">${here.map(({ name, n }) => html`<span key=${name}><strong class="numeric">${number(n)}</strong> ${name}</span>`)}</p></div>`}
    </div>
    ${(open || wifi) && html`<div class="accueil-side">
      ${open && html`<${DoorCode} live=${live} links=${links} class="accueil-qr" />`}
      ${wifi && html`<p class="accueil-wifi"><span class="wall-muted">${t("Wi-Fi")}</span> <${Fit} tag="span" class="accueil-network" sizes=${[56, 50, 44]} text=${wifi} /></p>`}
    </div>`}
  </div>`;
}

/** @param {import("../../core/types.js").SessionRecord|undefined} state @returns {string} where and from when the minutes are found */
function minutesSaid(state) {
  if (state?.publish_on) return t("Le compte rendu sera à la même adresse à partir du {date}.", { date: shortDate(state.publish_on) });
  return t("Le compte rendu sera à la même adresse.");
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallFin({ live, links }) {
  const state = session(live.store);
  const block = currentBlock(live.store);
  const over = state?.status !== "open" && state?.status !== "preparing";
  const round = [...live.store.all("round")].sort((a, b) => a.opened_at - b.opened_at).filter((one) => one.method === "scale" && one.status === "shown").pop();
  const tally = round && live.store.get("tally", round.id);
  const count = (/** @type {string} */ type) => live.store.all("sheet").filter((sheet) => sheet.type === type && !sheet.removed).length;
  const [decisions, actions] = [count("decision"), count("action")];
  const made = [decisions > 0 ? tn("{n} décision", "{n} décisions", decisions) : "", actions > 0 ? tn("{n} action", "{n} actions", actions) : ""].filter(Boolean);
  const last = block?.view === "fin" ? block.wall || block.instruction : "";
  return html`<div class="wall-page wall-fin">
    <p class="wall-top wall-muted"><span>${over ? t("L’atelier est terminé.") : state?.title ?? ""}</span></p>
    <h1>${t("Merci à toutes et à tous.")}</h1>
    <div class="fin-body">
      <${Fit} class="fin-words" sizes=${[64, 56, 50, 44]} text=${[...made, last, state?.publish_on].join()}>
        ${made.length > 0 && html`<p class="fin-made">${made.join(", ")}</p>`}
        ${last && html`<p class="fin-next">${last}</p>`}
        <p class=${last || made.length > 0 ? "wall-muted" : ""}>${minutesSaid(state)}</p>
      </${Fit}>
      ${round && tally && html`<${Roti} round=${round} tally=${tally} />`}
    </div>
    <${Foot} live=${live} links=${links} after>${tally && html`<p><strong>${tn("{n} réponse", "{n} réponses", tally.ballots)}</strong></p>${tally.median !== null && html`<p class="wall-muted">${t("médiane {n}", { n: number(tally.median) })}</p>`}`}</${Foot}>
  </div>`;
}

/** @param {{round: import("../../core/types.js").Round, tally: import("../../core/types.js").Tally}} props what people made of the time spent */
function Roti({ round, tally }) {
  const rows = scaleRows(round, tally);
  const most = Math.max(1, ...rows.map((row) => row.ballots));
  return html`<${Fit} class="fin-roti" sizes=${[52, 48, 44]} text=${round.id}><p class="wall-muted">${round.question}</p>
    <ol role="list">${rows.map(({ option, level, ballots }) => html`<li key=${option.id}>
      <span class="fin-level">${levelTitle(option.title)}</span><span class="fin-bar" data-none=${ballots === 0} data-median=${tally.median === level} style=${{ "--share": ballots / most }}></span><strong class="numeric">${number(ballots)}</strong></li>`)}</ol></${Fit}>`;
}

/** @param {{live: Live, bye: {code: string, message: string}}} props */
export function WallBye({ live, bye }) {
  const rehearsal = live.id.endsWith("-r");
  return html`<div class="wall-page wall-bye">
    <h1><${Fit} tag="span" class="bye-words" sizes=${[98, 84, 72, 60, 52, 44]} text=${bye.message || t("Cet écran n’est plus relié à l’atelier.")} /></h1>
    <p class="bye-next">${rehearsal ? html`<a href=${`/s/${live.id.slice(0, -2)}/projeter`}>${t("Aller à l’atelier")}</a>`
      : html`<a href="/ecran">${t("Brancher de nouveau cet écran")}</a>`}</p>
  </div>`;
}
