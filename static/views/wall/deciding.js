/**
 * The wall while people choose and decide: voter, resultat, actions.
 *
 * Exports: WallVoter, WallResultat, WallActions.
 * @module
 */
import { t } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { number } from "../../core/words.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { levelTitle, voteRule } from "../ballot.js";
import { Icon } from "../icon.js";
import { stepPlace } from "../people/moment.js";
import { ballotsLine, scaleRows } from "../result.js";
import { dueDate, sheetWords } from "../sheets.js";
import { Fit, LARGE } from "./fit.js";
import { Foot, PageDots, TimeLeft } from "./foot.js";
import { questionHeight, resultPages, scalePages, sheetPages, sheetsOf } from "./pages.js";
import { roundOf } from "./subject.js";
import { usePage } from "./turning.js";
import { stepSaid } from "./writing.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Round} Round */

const JUST_NOW = 8000;

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallVoter({ live, links }) {
  const block = currentBlock(live.store);
  const round = roundOf(live.store);
  const question = round?.question || block?.round?.question || block?.wall || block?.title || "";
  const open = round?.status === "open";
  return html`<div class="wall-page wall-voter">
    <p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
    <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${question} /></h1>
    <div class="voter-body">
      <${Rule} live=${live} round=${round} question=${question} />
      ${!round ? html`<p class="voter-wait">${t("Le vote va s’ouvrir.")}</p>`
        : !open ? html`<p class="voter-wait">${t("Le vote est clos.")}</p>` : html`<${Turnout} live=${live} round=${round} />`}
    </div>
    <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what=${open ? t("pour voter") : ""} /></${Foot}>
  </div>`;
}

/** How one votes: so many dots, or the levels to choose from. @param {{live: Live, round: Round|undefined, question: string}} props */
function Rule({ live, round, question }) {
  const block = currentBlock(live.store);
  const plan = block?.round;
  if ((round?.method ?? plan?.method) === "scale") {
    const levels = round ? round.options.map((option) => option.title) : plan?.levels ?? [];
    return html`<${Fit} class="voter-rule" sizes=${[60, 54, 48, 44]} text=${levels.join()}><ol role="list" class="voter-levels">${levels.map((level, i) => html`<li key=${i}>
      <strong class="numeric">${i + 1}</strong> ${levelTitle(level)}</li>`).reverse()}</ol></${Fit}>`;
  }
  const said = [block?.wall || block?.instruction || ""].filter((words) => words !== question).join("");
  return html`<${Fit} class="voter-rule" sizes=${[84, 72, 64, 56, 50, 44]} text=${said + String(round?.id)}>${round ? html`<p>${voteRule(round)}</p>` : html`<p>${said}</p>`}</${Fit}>`;
}

/** @param {{live: Live, round: Round}} props */
function Turnout({ live, round }) {
  const turnout = live.store.gauges.value.turnout;
  const { ballots, heads } = turnout?.round === round.id ? turnout : { ballots: 0, heads: 0 };
  return html`<div class="turnout"><p class="turnout-figures numeric"><strong>${number(ballots)}</strong>${heads > 0 ? html`<span class="wall-muted"> ${t("sur {n}", { n: number(heads) })}</span>` : ""}</p>
    <p class="wall-muted">${ballots >= 2 ? t("bulletins reçus") : t("bulletin reçu")}</p>
    ${heads > 0 && html`<p class="turnout-bar" aria-hidden="true"><span style=${{ inlineSize: `${Math.min(100, (ballots / heads) * 100)}%` }}></span></p>`}</div>`;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallResultat({ live, links }) {
  const round = roundOf(live.store);
  const tally = round && live.store.get("tally", round.id);
  const { at, pages } = usePage(live, "resultat");
  if (!round || !tally) return html`<${WallVoter} live=${live} links=${links} />`;
  const said = ballotsLine(round, tally);
  const median = tally.median !== null ? t("médiane {n}", { n: number(tally.median) }) : "";
  return html`<div class="wall-page wall-resultat">
    <h1 style=${{ "--height": questionHeight(round) }}><${Fit} tag="span" class="resultat-question" sizes=${[76, 68, 60, 52, 44]} text=${round.question} /></h1>
    ${round.method === "scale" ? html`<${Scale} round=${round} tally=${tally} rows=${scalePages(live.store, round)[at] ?? []} />`
      : html`<${Bars} places=${resultPages(live.store, round)[at] ?? []} most=${Math.max(1, ...tally.rows.map((row) => row.points))} />`}
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} />
      <p><strong>${said[0]}</strong></p>${pages < 2 && html`<p class="wall-muted">${round.method === "scale" ? median : tally.sites === "withheld" ? t("Le détail par site n’est pas montré") : t("Vote consultatif")}</p>`}</${Foot}>
  </div>`;
}

/** @param {{places: import("../result.js").Place[], most: number}} props longest first, values at the end, « ex æquo » bracketed */
function Bars({ places, most }) {
  const rows = places.reduce((sum, place) => sum + place.rows.length, 0);
  return html`<${Fit} class="wall-result" sizes=${[60, 54, 48, 44]} text=${places.flatMap((place) => place.rows.map((row) => row.title)).join()}><ol role="list" class="wall-bars" data-rows=${rows}>
    ${places.map((place) => html`<li key=${place.rank} class=${place.tied ? "wall-place tied" : "wall-place"} style=${{ flexGrow: place.rows.length }}>
      <ul role="list">${place.rows.map((row) => html`<li key=${row.option} data-first=${row.rank === 1}>
        <p class="wall-bar-title">${row.title}</p>
        <p class="wall-bar-line"><span class="wall-bar" data-none=${row.points === 0} style=${{ "--share": row.points / most }}></span><strong class="numeric">${number(row.points)}</strong></p></li>`)}</ul>
      ${place.tied && html`<p class="wall-tie">${t("ex æquo")}</p>`}
    </li>`)}</ol></${Fit}>`;
}

/** @param {{round: Round, tally: import("../../core/types.js").Tally, rows: ReturnType<typeof scaleRows>}} props */
function Scale({ round, tally, rows }) {
  const most = Math.max(1, ...scaleRows(round, tally).map((row) => row.ballots));
  return html`<${Fit} class="wall-result" sizes=${[60, 54, 48, 44]} text=${rows.map((row) => row.option.title).join()}><ol role="list" class="wall-scale">${rows.map(({ option, level, ballots }) => html`<li key=${option.id} data-median=${tally.median === level}>
    <span class="wall-level">${level}. ${levelTitle(option.title)}</span><span class="wall-bar" data-none=${ballots === 0} style=${{ "--share": ballots / most }}></span><strong class="numeric">${number(ballots)}</strong></li>`)}</ol></${Fit}>`;
}

/** The sheet that was written or corrected a moment ago. @param {Live} live @returns {string} its id, "" once some seconds have passed */
function useJustWritten(live) {
  const [fresh, setFresh] = useState("");
  const before = useRef(/** @type {Map<string, string>|null} */ (null));
  useEffect(() => {
    const state = (/** @type {import("../../core/types.js").Sheet} */ one) => [one.what, one.who, one.when].join("\n");
    before.current = new Map(live.store.all("sheet").map((one) => [one.id, state(one)]));
    /** @type {any} */
    let timer;
    const stop = live.store.watch("sheet", (ids) => {
      for (const id of ids) {
        const sheet = live.store.get("sheet", id);
        if (!sheet || sheet.removed || before.current?.get(id) === state(sheet)) continue;
        before.current?.set(id, state(sheet));
        setFresh(id);
        clearTimeout(timer);
        timer = setTimeout(() => setFresh(""), JUST_NOW);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return fresh;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallActions({ live, links }) {
  const { at, pages } = usePage(live, "actions");
  const fresh = useJustWritten(live);
  const { decision, actions } = sheetPages(live.store)[at];
  const decisions = sheetsOf(live.store, "decision");
  const block = currentBlock(live.store);
  const date = session(live.store)?.date;
  const place = stepPlace(live);
  if (!decision && actions.length === 0) {
    return html`<div class="wall-page wall-actions"><p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
      <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${block?.wall || block?.instruction || t("Qui fait quoi, et pour quand\u202f?")} /></h1>
      <p class="wall-muted wall-empty">${t("Les décisions et les actions s’affichent ici à mesure qu’elles sont écrites.")}</p>
      <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what="" /></${Foot}></div>`;
  }
  const title = decision && actions.length > 0 ? t("Ce que nous décidons, ce que nous faisons") : decision ? t("Ce que nous décidons") : t("Ce que nous faisons");
  return html`<div class="wall-page wall-actions">
    <header class="wall-title"><h1><${Fit} tag="span" class="title-words" sizes=${[72, 60, 52, 44]} text=${title} /></h1></header>
    <div class="actions-body" data-both=${Boolean(decision) && actions.length > 0}>
      ${decision && html`<section class="wall-decision" data-fresh=${decision.id === fresh}><h2><${Icon} name="circle-check" />${decisions.length > 1 ? t("Décision {n} sur {of}", { n: decisions.indexOf(decision) + 1, of: decisions.length }) : sheetWords("decision").one}</h2>
        <${Fit} class="decision-text" sizes=${actions.length > 0 ? [64, 56, 52, 48, 44] : [98, 84, 72, 64, 56, 48, 44]} text=${decision.what}><p>${decision.what}</p>
          ${(decision.who || decision.when) && html`<p class="decision-who">${[decision.who, dueDate(decision.when, date)].filter(Boolean).join(", ")}</p>`}</${Fit}></section>`}
      ${actions.length > 0 && html`<section class="wall-action-list"><h2><${Icon} name="arrow-right" />${t("Actions")}</h2>
        <${Fit} class="action-rows" sizes=${[60, 56, 52, 48, 44]} text=${actions.map((one) => one.what + one.who + one.when).join()}><ul role="list">${actions.map((action) => html`<li key=${action.id} data-fresh=${action.id === fresh}><p class="action-what">${action.what}</p>
          <p class="action-who"><strong>${action.who || "…"}</strong>${action.when && html`<span class="wall-muted">${dueDate(action.when, date)}</span>`}</p></li>`)}</ul></${Fit}></section>`}
    </div>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} /><${TimeLeft} live=${live} what=${place ? t("Étape {n} sur {of}", place) : ""} /></${Foot}>
  </div>`;
}
