/**
 * The wall while people write, read and gather: ecrire, lire, regrouper.
 *
 * Exports: WallEcrire, WallLire, WallRegrouper.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, currentBoard, session, zonesOf } from "../../core/selectors.js";
import { clockTime, countdown } from "../../core/words.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { stepPlace, zoneWords } from "../people/moment.js";
import { timerWords, useTimer } from "../timer.js";
import { Fit } from "./fit.js";
import { Foot, PageDots, TimeLeft, notesSaid } from "./foot.js";
import { clusterRows, clustersAt, looseNotes, notePages, pageAt, wallPages } from "./pages.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Note} Note */

const LARGE = [98, 84, 72, 60, 52, 44];
const NOTE_SIZES = { 4: [48, 46, 44], 3: [56, 52, 48, 44], 2: [72, 64, 56, 52, 48, 44], 1: [86, 72, 60, 52, 48, 44] };
const JUST_NOW = 8000;

/** @param {Live} live @returns {string} « Étape 3 sur 9, écrire en silence » */
export function stepSaid(live) {
  const place = stepPlace(live);
  const title = currentBlock(live.store)?.title ?? "";
  return place ? t("Étape {n} sur {of}, {title}", { ...place, title: title.charAt(0).toLocaleLowerCase("fr-FR") + title.slice(1) }) : title;
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallEcrire({ live, links }) {
  const block = currentBlock(live.store);
  const reading = useTimer(live);
  const timer = live.store.get("timer", "timer");
  const board = currentBoard(live.store);
  const zones = board && block?.board ? zonesOf(live.store, board.id).slice(0, 5) : [];
  const end = timer?.deadline ? t("fin à {time}", { time: clockTime(timer.deadline, session(live.store)?.timezone) }) : "";
  const words = reading ? timerWords(reading) : "";
  return html`<div class="wall-page wall-ecrire">
    <p class="wall-top wall-muted"><span>${stepSaid(live)}</span><span>${end}</span></p>
    <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${block?.wall || block?.instruction || block?.title || ""} /></h1>
    <div class="ecrire-body" data-zones=${zones.length > 0} data-timer=${reading !== null}>
      ${reading && html`<div class="ecrire-timer" data-level=${reading.level}><p class="big-time numeric" role="timer">${countdown(reading.left)}</p>${words && html`<p class="wall-said" data-level=${reading.level}>${words}</p>`}</div>`}
      ${zones.length > 0 && html`<ul role="list" class="ecrire-zones">${zones.map((zone) => {
        const { name, gloss } = zoneWords(zone.title);
        return html`<li key=${zone.id}><span class=${`swatch tint-${zone.tint || "paille"}`} aria-hidden="true"></span><strong>${name}</strong><span class="wall-muted">${gloss}</span></li>`;
      })}</ul>`}
    </div>
    <${Foot} live=${live} links=${links}>${block?.notes === "author" && !block.revealed ? html`<p class="wall-muted">${t("Personne ne voit vos notes avant la révélation")}</p>` : html`<p class="wall-muted">${t("Les notes s’affichent dès qu’elles sont posées")}</p>`}</${Foot}>
  </div>`;
}

/** @param {Live} live @param {Note} note @returns {string} its author's name, where everyone may see it */
function authorOf(live, note) {
  const authorship = live.store.get("authorship", note.id);
  return (authorship?.scope === "everyone" && live.store.get("seat", authorship.seat)?.name) || "";
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallLire({ live, links }) {
  const pages = notePages(live.store);
  const at = pageAt(live.store, "lire");
  const page = pages[at];
  const block = currentBlock(live.store);
  if (!page) {
    return html`<div class="wall-page wall-lire"><p class="wall-top wall-muted"><span>${stepSaid(live)}</span></p>
      <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${LARGE} text=${block?.wall || block?.instruction || block?.title || ""} /></h1>
      <p class="wall-muted wall-empty">${t("Aucune note n’est encore visible de tout le monde.")}</p>
      <${Foot} live=${live} links=${links}><${TimeLeft} live=${live} what="" /></${Foot}></div>`;
  }
  const { name, gloss } = zoneWords(page.title || block?.title || "");
  const sizes = NOTE_SIZES[/** @type {1|2|3|4} */ (page.columns)];
  const rows = Math.ceil(page.notes.length / page.columns);
  return html`<div class="wall-page wall-lire">
    <header class="wall-title"><h1><strong>${name}</strong> <span class="wall-muted">${gloss}</span></h1><p class="wall-muted">${notesSaid(page.count)}</p></header>
    <${Fit} class="wall-page-notes" sizes=${sizes} each=".wall-note-text" text=${page.notes.map((note) => note.id + note.edition).join()}><ul role="list" class="wall-notes" data-columns=${page.columns} data-rows=${rows}>
      ${page.notes.map((note) => html`<li key=${note.id} class=${`wall-note note tint-${note.tint || "paille"}`}><p class="wall-note-text">${note.text}</p>
        ${authorOf(live, note) && html`<p class="wall-author">${authorOf(live, note)}</p>`}</li>`)}
    </ul></${Fit}>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages.length} />
      <p class="wall-muted">${page.places > 1 ? html`${t("Zone")} <strong>${page.place}</strong> ${t("sur {n}", { n: page.places })}` : ""}${page.parts > 1 ? html`${page.places > 1 ? ", " : ""}${t("page")} <strong>${page.part}</strong> ${t("sur {n}", { n: page.parts })}` : ""}</p>
    </${Foot}>
  </div>`;
}

/** The note that was put into a group last, and whether that was just now. @param {Live} live @returns {{note: Note|undefined, fresh: boolean}} */
function useLastGathered(live) {
  const [last, setLast] = useState({ note: "", fresh: false });
  const before = useRef(/** @type {Map<string, string>|null} */ (null));
  useEffect(() => {
    before.current = new Map(live.store.all("note").map((note) => [note.id, note.cluster]));
    /** @type {any} */
    let timer;
    const stop = live.store.watch("note", (ids) => {
      for (const id of ids) {
        const note = live.store.get("note", id);
        const was = before.current?.get(id);
        if (note) before.current?.set(id, note.cluster);
        if (!note || note.scope !== "everyone" || note.cluster === "" || was === note.cluster) continue;
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
  return { note: note?.cluster ? note : undefined, fresh: last.fresh };
}

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallRegrouper({ live, links }) {
  const block = currentBlock(live.store);
  const { note, fresh } = useLastGathered(live);
  const at = pageAt(live.store, "regrouper");
  const pages = wallPages(live.store, "regrouper");
  const rows = clustersAt(live.store, at);
  const loose = looseNotes(live.store).length;
  const many = rows.length > 6;
  return html`<div class="wall-page wall-regrouper">
    <header class="wall-title"><h1>${block?.title ?? t("Regrouper")}</h1>
      <p class="wall-muted">${clusterRows(live.store).length > 0 || loose > 0 ? tn("{n} note encore libre", "{n} notes encore libres", loose) : ""}</p></header>
    <div class="regrouper-body" data-last=${note !== undefined && !many}>
      ${rows.length === 0 ? html`<${Fit} class="ecrire-instruction" sizes=${LARGE} text=${block?.wall || block?.instruction || ""} />`
        : html`<ol role="list" class="wall-clusters" data-many=${many} data-crowd=${rows.length > 12}>
        ${rows.map(({ cluster, notes }) => html`<li key=${cluster.id} data-fresh=${fresh && note?.cluster === cluster.id}>
          ${!many && html`<span class="pile" aria-hidden="true">${notes.slice(0, 3).map((one) => html`<span key=${one.id} class=${`tint-${one.tint || "paille"}`}></span>`)}</span>`}
          <span class="cluster-name">${cluster.title || t("Groupe sans titre")}</span><strong class="numeric">${notes.length}</strong></li>`)}</ol>`}
      ${note && !many && html`<aside class="last-note"><p class="just-now" data-fresh=${fresh}>${fresh && html`<${Icon} name="arrow-left" />${t("Rangée à l’instant")}`}</p>
        <div class=${`note tint-${note.tint || "paille"}`}><${Fit} class="last-note-text" sizes=${[86, 72, 64, 56, 48, 44]} text=${note.text} /></div></aside>`}
    </div>
    <${Foot} live=${live} links=${links}><${PageDots} page=${at} pages=${pages} /><${TimeLeft} live=${live} what=${t("pour regrouper")} /></${Foot}>
  </div>`;
}
