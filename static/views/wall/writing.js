/**
 * The wall while people write, read and gather: ecrire, lire, regrouper.
 *
 * Exports: WallEcrire, WallLire, WallRegrouper, stepSaid.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, session, zonesOf } from "../../core/selectors.js";
import { clockTime, countdown } from "../../core/words.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { originWords } from "../origin.js";
import { stepPlace, zoneWords } from "../people/moment.js";
import { timerWords, useTimer } from "../timer.js";
import { Fit, LARGE } from "./fit.js";
import { Foot, PageDots, TimeLeft, notesSaid } from "./foot.js";
import { clusterPages, clusterRows, looseNotes, notePages } from "./reading.js";
import { wallBoard } from "./subject.js";
import { usePage } from "./turning.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Note} Note */

const NOTE_SIZES = { 4: [48, 46, 44], 3: [56, 52, 48, 44], 2: [72, 64, 56, 52, 48, 44], 1: [120, 98, 86, 72, 60, 52, 48, 44] };
const JUST_NOW = 8000;
/** Characters that an instruction may have beside a large timer; a longer one takes the page. */
const BRIEF = 140;

/** @param {Live} live @returns {string} « Étape 3 sur 9, écrire en silence » */
export function stepSaid(live) {
  const place = stepPlace(live);
  const title = currentBlock(live.store)?.title ?? "";
  return place ? t("Étape {n} sur {of}, {title}", { ...place, title: title.charAt(0).toLocaleLowerCase("fr-FR") + title.slice(1) }) : title;
}

/** @param {Live} live @returns {string} what the wall asks for in this step */
const asked = (live) => {
  const block = currentBlock(live.store);
  return block?.wall || block?.instruction || block?.title || "";
};

/** @param {{live: Live}} props the figures, and what their colour says */
export function BigTimer({ live }) {
  const reading = useTimer(live);
  if (!reading) return null;
  const words = timerWords(reading);
  return html`<div class="big-timer" data-level=${reading.level}><p class="big-time numeric" data-long=${reading.left > 3540000} role="timer">${countdown(reading.left)}</p>
    ${words && html`<p class="wall-said" data-level=${reading.level}>${words}</p>`}</div>`;
}

/** @param {Live} live @returns {string} « fin à 10 h 10 » */
export function endSaid(live) {
  const timer = live.store.get("timer", "timer");
  return timer?.deadline && timer.deadline > live.clock.now() ? t("fin à {time}", { time: clockTime(timer.deadline, session(live.store)?.timezone) }) : "";
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallEcrire({ live, links }) {
  const block = currentBlock(live.store);
  const timed = useTimer(live) !== null;
  const board = wallBoard(live.store);
  const brief = asked(live).length <= BRIEF;
  const zones = board && block?.board && brief ? zonesOf(live.store, board.id) : [];
  const legend = zones.length > 1 && zones.length <= 6 ? zones : [];
  return html`<div class="wall-page wall-ecrire">
    <p class="wall-top wall-muted"><span>${stepSaid(live)}</span><span>${endSaid(live)}</span></p>
    <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${asked(live)} /></h1>
    ${(timed || legend.length > 0) && html`<div class="ecrire-body" data-zones=${legend.length > 0} data-timer=${timed} data-brief=${brief}>
      <${BigTimer} live=${live} />
      ${legend.length > 0 && html`<${Fit} class="ecrire-zones" sizes=${[52, 48, 44]} text=${legend.map((zone) => zone.title).join()}><ul role="list">${legend.map((zone) => {
        const { name, gloss } = zoneWords(zone.title);
        return html`<li key=${zone.id}><span class=${`swatch tint-${zone.tint || "paille"}`} aria-hidden="true"></span><strong>${name}</strong><span class="wall-muted">${gloss}</span></li>`;
      })}</ul></${Fit}>`}
    </div>`}
    <${Foot} live=${live} links=${links}>${block?.notes === "author" && !block.revealed ? html`<p class="wall-muted">${t("Personne ne voit vos notes avant la révélation")}</p>` : html`<p class="wall-muted">${t("Les notes s’affichent dès qu’elles sont posées")}</p>`}</${Foot}>
  </div>`;
}

/** @param {Live} live @param {Note} note @returns {string} its author's name, where everyone may see it */
function authorOf(live, note) {
  const authorship = live.store.get("authorship", note.id);
  const name = (authorship?.scope === "everyone" && live.store.get("seat", authorship.seat)?.name) || "";
  return [name, originWords(live.store, note)].filter(Boolean).join(", ");
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallLire({ live, links }) {
  const { at, pages } = usePage(live, "lire");
  const page = notePages(live.store)[at];
  if (!page) {
    return html`<div class="wall-page wall-lire"><p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
      <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${asked(live)} /></h1>
      <p class="wall-muted wall-empty">${t("Aucune note n’est encore visible de tout le monde.")}</p>
      <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what="" /></${Foot}></div>`;
  }
  const { name, gloss } = zoneWords(page.title || page.group || currentBlock(live.store)?.title || "");
  const aside = page.group && page.title ? [page.group, gloss].filter(Boolean).join(", ") : gloss;
  const where = [page.places > 1 ? html`${t("Zone")} <strong>${page.place}</strong> ${t("sur {n}", { n: page.places })}` : "",
    page.parts > 1 ? html`${t("page")} <strong>${page.part}</strong> ${t("sur {n}", { n: page.parts })}` : ""].filter(Boolean);
  return html`<div class="wall-page wall-lire">
    <header class="wall-title"><h1><${Fit} tag="span" class="title-words" sizes=${[72, 60, 52, 44]} text=${name + aside}><strong>${name}</strong> <span class="wall-muted">${aside}</span></${Fit}></h1><p class="wall-muted">${notesSaid(page.count)}</p></header>
    <${Fit} class="wall-page-notes" sizes=${NOTE_SIZES[/** @type {1|2|3|4} */ (page.columns)]} each=".wall-note-text" text=${page.cards.map((card) => card.id + card.text).join()}><ul role="list" class="wall-notes" data-columns=${page.columns} data-rows=${page.rows}>
      ${page.cards.map(({ id, text, note }) => html`<li key=${id} class=${`wall-note note tint-${note.tint || "paille"}`}><p class="wall-note-text">${text}</p>
        ${authorOf(live, note) && html`<p class="wall-author">${authorOf(live, note)}</p>`}</li>`)}
    </ul></${Fit}>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} />
      ${pages <= 12 && html`<p class="wall-muted">${where.map((one, i) => html`${i > 0 ? ", " : ""}${one}`)}</p>`}
    </${Foot}>
  </div>`;
}

/** The note touched last: put into a group, corrected, or taken out; and whether that was just now. @param {Live} live @returns {{note: Note|undefined, fresh: boolean}} */
function useLastTouched(live) {
  const [last, setLast] = useState({ note: "", fresh: false });
  const before = useRef(/** @type {Map<string, string>|null} */ (null));
  useEffect(() => {
    const state = (/** @type {Note} */ note) => [note.cluster, note.zone, note.edition, note.scope].join();
    before.current = new Map(live.store.all("note").map((note) => [note.id, state(note)]));
    /** @type {any} */
    let timer;
    const stop = live.store.watch("note", (ids) => {
      for (const id of ids) {
        const note = live.store.get("note", id);
        const was = before.current?.get(id);
        if (note) before.current?.set(id, state(note));
        if (!note || note.scope !== "everyone" || was === state(note)) continue;
        setLast({ note: id, fresh: true });
        clearTimeout(timer);
        timer = setTimeout(() => setLast((now) => ({ ...now, fresh: false })), JUST_NOW);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  const note = live.store.get("note", last.note);
  const shown = note && !note.withdrawn && !note.aside && note.board === wallBoard(live.store)?.id;
  return { note: shown ? note : undefined, fresh: last.fresh };
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallRegrouper({ live, links }) {
  const block = currentBlock(live.store);
  const { note, fresh } = useLastTouched(live);
  const { at, pages } = usePage(live, "regrouper");
  const { columns, many } = clusterPages(live.store)[at];
  const loose = looseNotes(live.store).length;
  const rows = columns.flat();
  const sizes = many ? [56, 52, 48, 44] : [64, 56, 50, 44];
  return html`<div class="wall-page wall-regrouper">
    <header class="wall-title"><h1><${Fit} tag="span" class="title-words" sizes=${[72, 60, 52, 44]} text=${block?.title ?? t("Regrouper")} /></h1>
      <p class="wall-muted">${clusterRows(live.store).length > 0 || loose > 0 ? tn("{n} note encore libre", "{n} notes encore libres", loose) : ""}</p></header>
    <div class="regrouper-body">
      ${rows.length === 0 ? html`<${Fit} class="regrouper-ask" sizes=${LARGE} text=${block?.wall || block?.instruction || ""} />`
        : html`<${Fit} class="wall-clusters" sizes=${sizes} each=".cluster-column" text=${rows.map(({ cluster, notes }) => cluster.title + notes.length).join() + String(note !== undefined)}>
          ${columns.map((column, i) => html`<ol key=${i} role="list" class="cluster-column" data-many=${many} style=${{ flexGrow: many ? 1 : undefined }}>
            ${column.map(({ cluster, notes }) => html`<li key=${cluster.id} data-fresh=${fresh && note?.cluster === cluster.id}>
              ${!many && html`<span class="pile" aria-hidden="true">${notes.slice(0, 3).map((one) => html`<span key=${one.id} class=${`tint-${one.tint || "paille"}`}></span>`)}</span>`}
              <span class="cluster-name">${cluster.title || t("Groupe sans titre")}</span><strong class="numeric">${notes.length}</strong></li>`)}</ol>`)}</${Fit}>`}
      ${note && html`<aside class="last-note" data-many=${many}><p class="just-now" data-fresh=${fresh}>${justNow(live, note, fresh)}</p>
        <div class=${`note tint-${note.tint || "paille"}`}><${Fit} class="last-note-text" sizes=${[86, 72, 64, 56, 50, 44]} text=${note.text} /></div></aside>`}
    </div>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} /><${TimeLeft} live=${live} what=${t("pour regrouper")} /></${Foot}>
  </div>`;
}

/** @param {Live} live @param {Note} note @param {boolean} fresh what was done with it, for a few seconds; then where it is */
function justNow(live, note, fresh) {
  const cluster = live.store.get("cluster", note.cluster);
  if (!fresh) return html`<span class="wall-muted">${cluster?.title ?? ""}</span>`;
  return html`<${Icon} name="arrow-left" />${cluster ? t("Rangée à l’instant") : t("À l’instant")}`;
}
