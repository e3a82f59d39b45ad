/**
 * The wall before and after: accueil (how to come in, who is here) and fin (thanks, what people made of it).
 *
 * Exports: WallAccueil, WallFin.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { byRank, session } from "../../core/selectors.js";
import { clockTime, longDate, number } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { Fit } from "./fit.js";
import { DoorCode, Foot, spaced } from "./foot.js";
import { levelTitle } from "../ballot.js";
import { scaleRows } from "../result.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live @returns {{name: string, n: number}[]} heads by site, sites without anyone left out */
function hereBySite(live) {
  const people = live.store.gauges.value.people ?? {};
  const known = [...live.store.all("site")].sort(byRank).map((site) => ({ name: site.name.split(",")[0], n: people[site.id] ?? 0 }));
  const elsewhere = people[""] ?? 0;
  return [...known, ...(elsewhere > 0 ? [{ name: known.length > 0 ? t("sans site") : tn("personne", "personnes", elsewhere), n: elsewhere }] : [])].filter(({ n }) => n > 0);
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallAccueil({ live, links }) {
  const state = session(live.store);
  const here = hereBySite(live);
  const date = state?.date ? longDate(state.date).replace(/\s\d{4}$/, "") : "";
  const time = state?.start ? clockTime(Date.parse(`2000-01-01T${state.start}:00Z`), "UTC") : "";
  const when = [date && date[0].toLocaleUpperCase("fr-FR") + date.slice(1), time].filter(Boolean).join(", ");
  const title = state?.title ?? links.title ?? "";
  return html`<div class="wall-page wall-accueil">
    <div class="accueil-words">
      <p class="wall-muted">${when}</p>
      <h1><${Fit} tag="span" class="accueil-title" sizes=${[98, 84, 72, 60, 52, 44]} text=${title} /></h1>
      <p class="accueil-address">${links.address ?? location.host}</p>
      <${Fit} class="accueil-code" sizes=${[164, 156, 148, 140, 130, 116, 100, 88, 76]} text=${spaced(state?.code || links.code || "")} />
      ${here.length > 0 && html`<div class="accueil-here"><p class="wall-muted">${t("Déjà là")}</p>
        <p class="accueil-sites">${here.map(({ name, n }) => html`<span key=${name}><strong class="numeric">${number(n)}</strong> ${name}</span>`)}</p></div>`}
    </div>
    <${DoorCode} live=${live} links=${links} class="accueil-qr" />
  </div>`;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallFin({ live, links }) {
  const state = session(live.store);
  const round = live.store.all("round").filter((one) => one.method === "scale" && one.status === "shown").pop();
  const tally = round && live.store.get("tally", round.id);
  const actions = live.store.all("sheet").filter((sheet) => sheet.type === "action" && !sheet.removed).length;
  const decisions = live.store.all("sheet").filter((sheet) => sheet.type === "decision" && !sheet.removed).length;
  const made = [decisions > 0 ? tn("{n} décision", "{n} décisions", decisions) : "", actions > 0 ? tn("{n} action", "{n} actions", actions) : ""].filter(Boolean);
  const most = Math.max(1, ...(tally?.rows.map((row) => row.points) ?? []));
  return html`<div class="wall-page wall-fin">
    <p class="wall-muted">${state?.title ?? ""}</p>
    <h1>${t("Merci à toutes et à tous.")}</h1>
    <div class="fin-body">
      <div class="fin-words">
        ${made.length > 0 && html`<p class="fin-made">${made.join(", ")}</p>`}
        <p>${t("Le compte rendu sera sur le lien de l’atelier.")}</p>
      </div>
      ${round && tally && html`<div class="fin-roti"><p class="wall-muted">${round.question}</p>
        <ol role="list">${scaleRows(round, tally).map(({ option, level, ballots }) => html`<li key=${option.id}>
          <span class="fin-level">${levelTitle(option.title)}</span><span class="fin-bar" data-median=${tally.median === level} style=${{ "--share": ballots / most }}></span><strong class="numeric">${ballots}</strong></li>`)}</ol></div>`}
    </div>
    <${Foot} live=${live} links=${links}>${tally && html`<p><strong>${tn("{n} réponse", "{n} réponses", tally.ballots)}</strong></p>${tally.median !== null && html`<p class="wall-muted">${t("médiane {n}", { n: number(tally.median) })}</p>`}`}</${Foot}>
  </div>`;
}
