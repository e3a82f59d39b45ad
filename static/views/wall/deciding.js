/**
 * The wall while people choose and decide: voter, resultat, actions.
 *
 * Exports: WallVoter, WallResultat, WallActions.
 * @module
 */
import { t } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { number } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { levelTitle, voteRule } from "../ballot.js";
import { Icon } from "../icon.js";
import { stepPlace } from "../people/moment.js";
import { ballotsLine, scaleRows } from "../result.js";
import { dueDate, sheetWords } from "../sheets.js";
import { Fit } from "./fit.js";
import { Foot, PageDots, TimeLeft } from "./foot.js";
import { actionsAt, pageAt, resultPages, roundOf, sheetsOf, wallPages } from "./pages.js";
import { stepSaid } from "./writing.js";

/** @typedef {import("../../core/session.js").Live} Live */

const LARGE = [98, 84, 72, 60, 52, 44];

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallVoter({ live, links }) {
  const block = currentBlock(live.store);
  const round = roundOf(live.store);
  const turnout = live.store.gauges.value.turnout;
  const counted = round && turnout?.round === round.id ? turnout : null;
  const open = round?.status === "open";
  return html`<div class="wall-page wall-voter">
    <p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
    <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${round?.question || block?.round?.question || block?.wall || block?.title || ""} /></h1>
    <div class="voter-body">
      <p class="voter-rule">${round?.method === "dots" ? voteRule(round) : block?.wall || block?.instruction || ""}</p>
      ${!round ? html`<p class="voter-wait">${t("Le vote va s’ouvrir.")}</p>`
        : !open ? html`<p class="voter-wait">${t("Le vote est clos.")}</p>`
        : html`<div class="turnout"><p class="turnout-figures numeric"><strong>${number(counted?.ballots ?? 0)}</strong>${counted && counted.heads > 0 ? html`<span class="wall-muted"> ${t("sur {n}", { n: number(counted.heads) })}</span>` : ""}</p>
          <p class="wall-muted">${(counted?.ballots ?? 0) >= 2 ? t("bulletins reçus") : t("bulletin reçu")}</p>
          ${counted && counted.heads > 0 && html`<p class="turnout-bar" aria-hidden="true"><span style=${{ inlineSize: `${Math.min(100, (counted.ballots / counted.heads) * 100)}%` }}></span></p>`}</div>`}
    </div>
    <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what=${open ? t("pour voter") : ""} /></${Foot}>
  </div>`;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallResultat({ live, links }) {
  const round = roundOf(live.store);
  const tally = round && live.store.get("tally", round.id);
  if (!round || !tally) return html`<${WallVoter} live=${live} links=${links} />`;
  const at = pageAt(live.store, "resultat");
  const pages = resultPages(live.store, round);
  const said = ballotsLine(round, tally);
  return html`<div class="wall-page wall-resultat">
    <h1><${Fit} tag="span" class="resultat-question" sizes=${[76, 68, 60, 52, 44]} text=${round.question} /></h1>
    ${round.method === "scale" ? html`<${Scale} round=${round} tally=${tally} />` : html`<${Bars} places=${pages[at]} most=${Math.max(1, ...tally.rows.map((row) => row.points))} />`}
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages.length} />
      <p><strong>${said[0]}</strong></p><p class="wall-muted">${tally.sites === "withheld" ? t("Le détail par site n’est pas montré") : round.method === "dots" ? t("Vote consultatif") : tally.median !== null ? t("médiane {n}", { n: number(tally.median) }) : ""}</p></${Foot}>
  </div>`;
}

/** @param {{places: import("../result.js").Place[], most: number}} props longest first, values at the end, « ex æquo » bracketed */
function Bars({ places, most }) {
  const rows = places.reduce((sum, place) => sum + place.rows.length, 0);
  return html`<ol role="list" class="wall-bars" data-rows=${rows}>
    ${places.map((place) => html`<li key=${place.rank} class=${place.tied ? "wall-place tied" : "wall-place"} style=${{ flexGrow: place.rows.length }}>
      <ul role="list">${place.rows.map((row) => html`<li key=${row.option} data-first=${row.rank === 1}>
        <p class="wall-bar-title">${row.title}</p>
        <p class="wall-bar-line"><span class="wall-bar" style=${{ "--share": row.points / most }}></span><strong class="numeric">${number(row.points)}</strong></p></li>`)}</ul>
      ${place.tied && html`<p class="wall-tie">${t("ex æquo")}</p>`}
    </li>`)}</ol>`;
}

/** @param {{round: import("../../core/types.js").Round, tally: import("../../core/types.js").Tally}} props */
function Scale({ round, tally }) {
  const rows = scaleRows(round, tally);
  const most = Math.max(1, ...rows.map((row) => row.ballots));
  return html`<ol role="list" class="wall-scale">${rows.map(({ option, level, ballots }) => html`<li key=${option.id} data-median=${tally.median === level}>
    <span class="wall-level">${level}. ${levelTitle(option.title)}</span><span class="wall-bar" style=${{ "--share": ballots / most }}></span><strong class="numeric">${number(ballots)}</strong></li>`)}</ol>`;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallActions({ live, links }) {
  const at = pageAt(live.store, "actions");
  const pages = wallPages(live.store, "actions");
  const decisions = sheetsOf(live.store, "decision");
  const decision = decisions[Math.min(at, decisions.length - 1)];
  const actions = actionsAt(live.store, at);
  const block = currentBlock(live.store);
  const date = session(live.store)?.date;
  const place = stepPlace(live);
  if (!decision && sheetsOf(live.store, "action").length === 0) {
    return html`<div class="wall-page wall-actions"><p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
      <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${block?.wall || block?.instruction || t("Qui fait quoi, et pour quand\u202f?")} /></h1>
      <p class="wall-muted wall-empty">${t("Les décisions et les actions s’affichent ici à mesure qu’elles sont écrites.")}</p>
      <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what="" /></${Foot}></div>`;
  }
  return html`<div class="wall-page wall-actions">
    <header class="wall-title"><h1>${decision ? t("Ce que nous décidons, ce que nous faisons") : t("Ce que nous faisons")}</h1></header>
    <div class="actions-body" data-both=${Boolean(decision) && actions.length > 0}>
      ${decision && html`<section class="wall-decision"><h2><${Icon} name="circle-check" />${decisions.length > 1 ? t("Décision {n} sur {of}", { n: decisions.indexOf(decision) + 1, of: decisions.length }) : sheetWords("decision").one}</h2>
        <${Fit} class="decision-text" sizes=${[64, 56, 52, 48, 44]} text=${decision.what}><p>${decision.what}</p>
          ${(decision.who || decision.when) && html`<p class="decision-who">${[decision.who, dueDate(decision.when, date)].filter(Boolean).join(", ")}</p>`}</${Fit}></section>`}
      ${actions.length > 0 && html`<section class="wall-action-list"><h2><${Icon} name="arrow-right" />${t("Actions")}</h2>
        <ul role="list" data-rows=${actions.length}>${actions.map((action) => html`<li key=${action.id}><${Fit} class="action-what" sizes=${[56, 52, 48, 44]} text=${action.what} />
          <p class="action-who"><strong>${action.who || "…"}</strong>${action.when && html`<span class="wall-muted">${dueDate(action.when, date)}</span>`}</p></li>`)}</ul></section>`}
    </div>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} /><${TimeLeft} live=${live} what=${place ? t("Étape {n} sur {of}", place) : ""} /></${Foot}>
  </div>`;
}
