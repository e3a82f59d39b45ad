/**
 * What a vote gave: one bar per choice with one block per dot, ties bracketed « ex æquo », values written, and the
 * sentence that says why the detail by site is or is not shown. For a scale: distribution, median and comments.
 *
 * Exports: Result, ResultTable, ranked, ballotsLine, scaleRows.
 * @module
 */
import { t, tn } from "../core/i18n.js";
import { byRank, onBoard } from "../core/selectors.js";
import { number } from "../core/words.js";
import { html } from "../vendor/ui.js";
import { levelTitle } from "./ballot.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Round} Round */
/** @typedef {import("../core/types.js").Tally} Tally */
/** @typedef {import("../core/types.js").Row} Row */
/** @typedef {import("../core/types.js").Option} Option */
/** @typedef {{rank: number, tied: boolean, rows: (Row & {title: string, count: number})[]}} Place rows of one rank */

/** Above this many dots a bar is drawn whole: blocks would be too thin to count. */
const MOST_BLOCKS = 48;

/**
 * @param {Round} round @param {readonly Row[]} rows
 * @returns {Place[]} places in order; `tied` where several choices with at least one dot share a rank
 */
export function ranked(round, rows) {
  const options = new Map(round.options.map((option) => [option.id, option]));
  /** @type {Map<number, Place>} */
  const places = new Map();
  for (const row of [...rows].sort((a, b) => a.rank - b.rank)) {
    const option = options.get(row.option);
    const place = places.get(row.rank) ?? { rank: row.rank, tied: false, rows: [] };
    place.rows.push({ ...row, title: option?.title ?? row.option, count: option?.count ?? 1 });
    place.tied = place.rows.length > 1 && row.points > 0;
    places.set(row.rank, place);
  }
  return [...places.values()];
}

/** @param {Round} round @param {Tally} tally @returns {{option: Option, level: number, ballots: number}[]} highest level first */
export function scaleRows(round, tally) {
  const by = new Map(tally.rows.map((row) => [row.option, row]));
  return round.options
    .map((option, i) => ({ option, level: i + 1, ballots: by.get(option.id)?.points ?? 0 }))
    .reverse();
}

/** @param {Round} round @param {Tally} tally @returns {string[]} « 13 bulletins sur 13 », « 37 gommettes posées sur 39 »… */
export function ballotsLine(round, tally) {
  const said = [t("{ballots} sur {heads}", { ballots: tn("{n} bulletin", "{n} bulletins", tally.ballots), heads: tally.heads })];
  if (round.method === "dots") {
    const dots = tally.rows.reduce((sum, row) => sum + row.points, 0);
    const voting = tally.ballots - tally.abstentions;
    said.push(t("{dots} sur {most}", { dots: tn("{n} gommette posée", "{n} gommettes posées", dots), most: voting * round.budget }));
  }
  if (tally.abstentions > 0) said.push(tn("{n} personne ne vote pas", "{n} personnes ne votent pas", tally.abstentions));
  return said;
}

/**
 * @param {{live: Live, round: Round, end?: (row: Row & {title: string}) => import("../vendor/ui.js").Child, tie?: () => import("../vendor/ui.js").Child, notes?: boolean}} props
 *   `end` draws what stands at the end of a row (« Faire une action »), `tie` what stands beside a shared first rank; with `notes`, a
 *   choice opens on the notes that it gathers, the first one by itself
 */
export function Result({ live, round, end, tie, notes = false }) {
  const tally = live.store.get("tally", round.id);
  if (!tally) return html`<p class="notice">${t("Le vote est clos. L’animation va montrer le résultat.")}</p>`;
  if (round.method === "scale") return html`<${ScaleResult} live=${live} round=${round} tally=${tally} />`;
  const places = ranked(round, tally.rows);
  const most = Math.max(1, ...tally.rows.map((row) => row.points));
  const said = ballotsLine(round, tally);
  if (!places.some((place) => place.tied)) said.push(t("aucun ex æquo"));
  return html`<div class="result">
    <p class="result-line"><strong>${said[0]}</strong>${said.slice(1).map((part) => ` · ${part}`)}</p>
    <ol role="list" class="result-places">
      ${places.map((place) => html`<li key=${place.rank} class=${place.tied ? "place tied" : "place"}>
        ${place.tied && html`<div class="tie-label"><span>${t("ex æquo")}</span>${place.rank === 1 ? tie?.() : null}</div>`}
        <ul role="list">
          ${place.rows.map((row) => html`<li key=${row.option} class="result-row" data-first=${row.rank === 1}>
            <div class="grow">
              <p class="result-title"><span>${row.title}</span> <span class="small muted">${behind(round, row)}</span></p>
              <${Bar} points=${row.points} most=${most} />
            </div>
            ${end?.(row)}
            ${notes && html`<${Gathered} live=${live} round=${round} row=${row} open=${row === places[0].rows[0]} />`}
          </li>`)}
        </ul>
      </li>`)}
    </ol>
    <p class="small muted">${rule(round)}</p>
    <${Sites} live=${live} round=${round} tally=${tally} />
  </div>`;
}

/** The notes of a choice, folded. @param {{live: Live, round: Round, row: Row & {title: string}, open: boolean}} props */
function Gathered({ live, round, row, open }) {
  const board = live.store.get("block", round.block)?.board ?? "";
  const notes = round.target === "clusters" ? onBoard(live.store, board).filter((note) => note.cluster === row.option).sort(byRank) : [];
  if (notes.length === 0) return null;
  return html`<details class="result-notes" open=${open}><summary class="small">${tn("Sa note", "Ses notes", notes.length)}<span class="visually-hidden"> ${t("de «\u00a0{title}\u00a0»", { title: row.title })}</span></summary>
    <ul role="list">${notes.map((note) => html`<li key=${note.id} class="note tint-${note.tint || "paille"}">${note.text}</li>`)}</ul></details>`;
}

/** @param {Round} round @param {Row & {count: number}} row @returns {string} « 3 notes · choisi par 10 personnes » */
function behind(round, row) {
  const chosen = tn("choisi par {n} personne", "choisi par {n} personnes", row.ballots);
  return round.target === "clusters" ? `${tn("{n} note", "{n} notes", row.count)} · ${chosen}` : chosen;
}

/** @param {{points: number, most: number}} props one block per dot, and the number written */
function Bar({ points, most }) {
  const whole = most > MOST_BLOCKS;
  return html`<p class="bar-line">
    ${points > 0 && html`<span class="bar" data-whole=${whole} aria-hidden="true"
        style=${{ "--points": points, flexBasis: `${(points / most) * 100}%` }}>
      ${whole ? html`<span></span>` : Array.from({ length: points }, (_, i) => html`<span key=${i}></span>`)}
    </span>`}
    <strong class="bar-value numeric">${number(points)}<span class="visually-hidden"> ${points >= 2 ? t("gommettes") : t("gommette")}</span></strong>
  </p>`;
}

/** @param {Round} round */
function rule(round) {
  const said = [
    tn("Règle\u00a0: {n} gommette par personne", "Règle\u00a0: {n} gommettes par personne", round.budget),
    round.target === "notes" ? t("{n} au plus par note", { n: round.cap }) : t("{n} au plus par groupe de notes", { n: round.cap }),
  ];
  if (round.secret) said.push(t("vote secret"));
  return `${said.join(", ")}. ${t("Ce vote est consultatif.")}`;
}

/** @param {{live: Live, round: Round, tally: Tally}} props the detail by site, or why there is none */
function Sites({ live, round, tally }) {
  if (tally.sites === "single") return null;
  if (tally.sites === "withheld") {
    return html`<p class="small muted">${t("Le détail par site n’est pas montré\u00a0: un site a moins de cinq participants.")}</p>`;
  }
  const sites = live.store.all("site_tally").filter((one) => one.round === round.id);
  if (sites.length === 0) return null;
  return html`<${Table} round=${round} tally=${tally} caption=${t("Le détail par site")}
    columns=${sites.map((one) => ({ title: live.store.get("site", one.site)?.name ?? t("Sans site"), rows: one.rows }))} />`;
}

/** @param {{round: Round, tally: Tally, caption: string, columns: {title: string, rows: readonly Row[]}[]}} props */
function Table({ round, tally, caption, columns }) {
  const choices = round.method === "scale"
    ? scaleRows(round, tally).map(({ option }) => option)
    : ranked(round, tally.rows).flatMap((place) => place.rows).map((row) => ({ id: row.option, title: row.title }));
  return html`<div class="table-scroll" role="region" aria-label=${caption} tabindex="0"><table class="result-table">
    <caption>${caption}</caption>
    <thead><tr><th scope="col">${t("Choix")}</th>${columns.map((column) => html`<th scope="col" class="figure">${column.title}</th>`)}</tr></thead>
    <tbody>${choices.map((choice) => html`<tr key=${choice.id}><th scope="row">${choice.title}</th>
      ${columns.map((column) => html`<td class="figure numeric">${number(column.rows.find((row) => row.option === choice.id)?.points ?? 0)}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}

/** The same result in figures. @param {{live: Live, round: Round}} props */
export function ResultTable({ live, round }) {
  const tally = live.store.get("tally", round.id);
  if (!tally) return null;
  const ballots = tally.rows.map((row) => ({ ...row, points: row.ballots }));
  const columns = round.method === "scale"
    ? [{ title: t("Réponses"), rows: tally.rows }]
    : [{ title: t("Gommettes"), rows: tally.rows }, { title: t("Personnes"), rows: ballots }, { title: t("Rang"), rows: tally.rows.map((row) => ({ ...row, points: row.rank })) }];
  return html`<div class="result">
    <${Table} round=${round} tally=${tally} caption=${ballotsLine(round, tally).join(" · ")} columns=${columns} />
    <${Sites} live=${live} round=${round} tally=${tally} />
  </div>`;
}

/** @param {{live: Live, round: Round, tally: Tally}} props */
function ScaleResult({ live, round, tally }) {
  const rows = scaleRows(round, tally);
  const most = Math.max(1, ...rows.map((row) => row.ballots));
  const said = ballotsLine(round, tally);
  return html`<div class="result">
    <p class="result-line"><strong>${said[0]}</strong>${said.slice(1).map((part) => ` · ${part}`)}
      ${tally.median !== null && html` · ${t("médiane\u00a0:")} <strong>${median(tally.median)}</strong>`}</p>
    <ol role="list" class="scale-rows">
      ${rows.map(({ option, level, ballots }) => html`<li key=${option.id} data-median=${tally.median === level}>
        <span class="scale-level numeric">${level}</span>
        <div class="grow"><p class="scale-title">${levelTitle(option.title)}</p>
          <p class="bar-line">${ballots > 0 && html`<span class="bar" data-whole=${most > MOST_BLOCKS} aria-hidden="true"
              style=${{ "--points": ballots, flexBasis: `${(ballots / most) * 100}%` }}>
            ${most > MOST_BLOCKS ? html`<span></span>` : Array.from({ length: ballots }, (_, i) => html`<span key=${i}></span>`)}</span>`}
            <strong class="bar-value numeric">${number(ballots)}<span class="visually-hidden"> ${ballots >= 2 ? t("réponses") : t("réponse")}</span></strong></p>
        </div></li>`)}
    </ol>
    ${tally.comments.length > 0 && html`<section class="stack"><h3>${t("Commentaires")}</h3>
      <ul role="list" class="comments">${tally.comments.map((comment, i) => html`<li key=${i}>${comment}</li>`)}</ul></section>`}
    <${Sites} live=${live} round=${round} tally=${tally} />
  </div>`;
}

/** @param {number} value a level from 1, in halves @returns {string} « 4 » or « 4,5 » */
const median = (value) => number(value);
