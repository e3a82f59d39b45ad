/**
 * The participant's page: what this step asks for, first, and only the tools that it allows. On a phone one thing at a
 * time with a bottom bar; on a computer the composer beside the board or list.
 * @module
 */
import { openSession } from "../core/session.js";
import { t } from "../core/i18n.js";
import { currentBlock, openRound, session } from "../core/selectors.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Icon } from "../views/icon.js";
import { lazy } from "../views/lazy.js";
import { Refusals, StatusLine } from "../views/status.js";
import { Bands } from "../views/people/band.js";
import { Composer, hasDraft } from "../views/people/composer.js";
import { BeforeVote, Door, Welcome } from "../views/people/doors.js";
import { useHappenings } from "../views/people/happenings.js";
import { HandButton, StepHead, TopBar } from "../views/people/head.js";
import { Instruction } from "../views/people/instruction.js";
import { MyNotes } from "../views/people/mine.js";
import { entriesOf, hasShownNotes, resultOf, siteName, stageOf, useWide, voteOf } from "../views/people/moment.js";
import { Scene } from "../views/people/scene.js";
import { startPage } from "../views/people/start.js";
import { Vote, VoteLeft, useBallot } from "../views/people/vote.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../views/people/moment.js").Entry} Entry */

/** Time after which what is not needed yet is fetched, in ms. */
const LATER = 4000;

const Result = lazy(() => import("../views/result.js").then((module) => module.Result));
const SheetDesk = lazy(() => import("../views/sheets.js").then((module) => module.SheetDesk));
const SheetSummary = lazy(() => import("../views/sheets.js").then((module) => module.SheetSummary));
const Profile = lazy(() => import("../views/people/profile.js").then((module) => module.Profile));

/** @param {Entry} entry @returns {{label: string, icon: string}} */
function entryWords(entry) {
  switch (entry) {
    case "write": return { label: t("Écrire"), icon: "pencil" };
    case "vote": return { label: t("Voter"), icon: "vote" };
    case "result": return { label: t("Résultat"), icon: "list-checks" };
    case "sheets": return { label: t("Actions"), icon: "clipboard-list" };
    case "everyone": return { label: t("Tout le monde"), icon: "layout-grid" };
    case "mine": return { label: t("Mes notes"), icon: "sticky-note" };
    default: return { label: t("Étape"), icon: "info" };
  }
}

/** @param {{live: Live, links: DOMStringMap}} props */
function Page({ live, links }) {
  const wide = useWide();
  const [profile, setProfile] = useState(false);
  useHappenings(live);
  const stage = stageOf(live);
  const open = stage === "open" && live.seat.value !== null && live.connection.bye.value === null;
  const title = open ? currentBlock(live.store)?.title : "";
  const name = session(live.store)?.title ?? "";
  useEffect(() => {
    document.title = [title, name, "Pas de côté"].filter(Boolean).join(" · ");
  }, [title, name]);
  const onProfile = () => setProfile(true);
  return html`<div class="participer" data-wide=${wide}>
    <${StatusLine} announcer=${live.announcer} hidden />
    ${!open ? html`<${Outside} live=${live} onProfile=${onProfile} />`
      : wide ? html`<${Wide} live=${live} onProfile=${onProfile} />` : html`<${Narrow} live=${live} onProfile=${onProfile} />`}
    ${profile && html`<${Profile} live=${live} links=${links} onClose=${() => setProfile(false)} />`}
  </div>`;
}

/** Before and after the workshop. @param {{live: Live, onProfile: () => void}} props */
function Outside({ live, onProfile }) {
  const [reading, setReading] = useState(false);
  const stage = stageOf(live);
  const after = stage === "ended" || stage === "closed";
  return html`<div class="outside"><${Bands} live=${live} /><${Refusals} live=${live} />
    <${Door} live=${live}>
      ${after && (hasShownNotes(live) || live.store.all("sheet").length > 0) && html`<p><button type="button" class="button" aria-expanded=${reading}
        onClick=${() => setReading(!reading)}><${Icon} name="layout-grid" />${t("Relire les notes et les actions")}</button></p>`}
      ${stage === "waiting" && html`<${Foot} live=${live} onProfile=${onProfile} />`}
    </${Door}>
    ${after && reading && html`<div class="reading stack"><${SheetSummary} live=${live} /><${Scene} live=${live} /></div>`}
  </div>`;
}

/** Who one is, and what is not in the bar. @param {{live: Live, onProfile: () => void, hand?: boolean}} props */
function Foot({ live, onProfile, hand = false }) {
  const seat = live.seat.value;
  const where = siteName(live, seat?.site ?? "").split(",")[0];
  return html`<footer class="page-foot"><button type="button" class="link" onClick=${onProfile}><${Icon} name="user" small /><span><strong>${seat?.name ?? ""}</strong>${where ? `, ${where}` : ""}<span class="visually-hidden"> (${t("mon profil")})</span></span></button>
    ${hand && html`<${HandButton} live=${live} class="link" />`}</footer>`;
}

/** What an entry shows. @param {{live: Live, entry: Entry, ballot: any, wide?: boolean}} props */
function Content({ live, entry, ballot, wide = false }) {
  const round = entry === "result" ? resultOf(live) : openRound(live.store);
  switch (entry) {
    case "vote": return round ? html`<${Vote} live=${live} round=${round} ballot=${ballot} />` : null;
    case "result": return round ? html`<section class="stack" aria-labelledby="result"><h2 id="result">${round.question || t("Résultat du vote")}</h2><${Result} live=${live} round=${round} /></section>` : null;
    case "sheets": return html`<${SheetDesk} live=${live} />`;
    case "everyone": return html`<${Scene} live=${live} wide=${wide} />`;
    case "welcome": return html`<${Welcome} live=${live} />${currentBlock(live.store)?.view === "fin" && html`<${SheetSummary} live=${live} />`}`;
    default: return null;
  }
}

/** The composer where the step lets one write, or while a text waits in it. @param {Live} live */
function useComposing(live) {
  const [told, setDraft] = useState(false);
  // A letter typed in the very moment of a change of step is not told yet; it is kept already.
  const draft = told || hasDraft(live);
  return { shown: live.can("add") || draft, draft, setDraft };
}

/** Whether the text field has the focus: a change of step must not take it away. */
const writesNow = () => document.activeElement?.closest(".composer") != null;

/** One thing at a time. @param {{live: Live, onProfile: () => void}} props */
function Narrow({ live, onProfile }) {
  const entries = entriesOf(live);
  const block = currentBlock(live.store);
  const [chosen, setChosen] = useState(/** @type {{block: string, first: Entry, entry: Entry}|null} */ (null));
  const [writing, setWriting] = useState(false);
  const scroll = useRef(/** @type {HTMLDivElement|null} */ (null));
  const { shown, draft, setDraft } = useComposing(live);
  const asked = chosen?.block === block?.id && chosen?.first === entries[0] && chosen !== null && entries.includes(chosen.entry) ? chosen.entry : null;
  const entry = asked ?? entries[0];
  const round = voteOf(live);
  const ballot = useVoteBallot(live);
  useEffect(() => setWriting(false), [block?.id]);
  useEffect(() => {
    if (!writesNow()) scroll.current?.scrollTo({ top: 0 });
  }, [entry]);
  /** @param {Entry} next */
  const choose = (next) => {
    if (writesNow()) /** @type {HTMLElement} */ (document.activeElement).blur();
    setChosen({ block: block?.id ?? "", first: entries[0], entry: next });
    scrollTo({ top: 0 });
  };
  const own = entry === "write" || entry === "mine";
  const held = draft && (writesNow() || !entries.some((one) => one === "write" || one === "mine"));
  const composing = shown && (own || held);
  return html`<div class="phone" data-entry=${entry}>
    <${StepHead} live=${live} />
    <div class="phone-scroll" ref=${scroll}>
    <${Bands} live=${live} />
    <div class="phone-main">
      <${Refusals} live=${live} />
      ${block && entry !== "vote" && entry !== "result" && html`<${Instruction} live=${live} block=${block} folded=${writing} />`}
      <${BeforeVote} live=${live} />
      ${composing && html`<${Composer} live=${live} onWrite=${() => setWriting(true)} onDraft=${setDraft} />`}
      ${own && block?.revealed && entries.includes("everyone") && html`<div class="notice revealed"><p>${t("Les notes sont révélées à tout le monde.")}</p>
        <button type="button" class="button" onClick=${() => choose("everyone")}>${t("Les lire")}</button></div>`}
      ${own && html`<${MyNotes} live=${live} />`}
      <${Content} live=${live} entry=${entry} ballot=${ballot} />
      <${Foot} live=${live} onProfile=${onProfile} hand=${entry === "vote"} />
    </div></div>
    <div class="phone-end">
      ${entry === "vote" && round && html`<${VoteLeft} live=${live} round=${round} ballot=${ballot} />`}
      ${(entry !== "vote" || entries.length > 1) && html`<nav class="bottom-bar" aria-label=${t("Dans cette étape")}>
        ${entries.map((one) => html`<button key=${one} type="button" class="bar-entry" aria-current=${one === entry ? "page" : undefined} onClick=${() => choose(one)}>
          <${Icon} name=${entryWords(one).icon} /><span>${entryWords(one).label}</span></button>`)}
        ${entry !== "vote" && html`<${HandButton} live=${live} class="bar-entry" />`}
      </nav>`}
    </div>
  </div>`;
}

/** The ballot of the open round; hooks ask for one even while there is none. @param {Live} live */
function useVoteBallot(live) {
  const round = openRound(live.store);
  return useBallot(live, round ?? NO_ROUND);
}

/** @type {any} */
const NO_ROUND = Object.freeze({ id: "", options: [], budget: 0 });

/** Composer and own notes at the left, what everyone sees at the right. @param {{live: Live, onProfile: () => void}} props */
function Wide({ live, onProfile }) {
  const entries = entriesOf(live);
  const block = currentBlock(live.store);
  const [show, setShow] = useState(/** @type {{note: string, n: number}|null} */ (null));
  const { shown, draft, setDraft } = useComposing(live);
  const ballot = useVoteBallot(live);
  const round = voteOf(live);
  const first = entries[0];
  const apart = first === "vote" || first === "result" || first === "sheets" || first === "welcome";
  const [reading, setReading] = useState("");
  const board = !apart || reading === `${block?.id}:${first}`;
  const side = draft || (!(first === "vote" && !board) && (shown || live.store.all("authorship").some((one) => one.seat === live.seat.value?.id)));
  /** @param {{id: string}} note */
  const onShow = (note) => {
    if (apart) setReading(`${block?.id}:${first}`);
    setShow((before) => ({ note: note.id, n: (before?.n ?? 0) + 1 }));
  };
  return html`<div class="desk" data-entry=${board ? "everyone" : first}>
    <${TopBar} live=${live} onProfile=${onProfile} />
    <${StepHead} live=${live}>${block?.instruction ? html`<p class="head-instruction">${block.instruction}</p>` : html`<span class="grow"></span>`}</${StepHead}>
    <${Bands} live=${live} />
    <div class="desk-main">
      ${side && html`<div class="desk-side" role="region" aria-label=${t("Vos notes")}>
        <${Refusals} live=${live} />
        ${shown && html`<h2>${t("Ajouter une note")}</h2><${Composer} live=${live} onDraft=${setDraft} />`}
        <${MyNotes} live=${live} onShow=${onShow} />
      </div>`}
      <div class="desk-center">
        ${!side && html`<${Refusals} live=${live} />`}
        ${apart && hasShownNotes(live) && html`<div class="segments desk-switch" role="group" aria-label=${t("Dans cette étape")}>
          <button type="button" class="button" aria-pressed=${!board} onClick=${() => setReading("")}><${Icon} name=${entryWords(first).icon} />${entryWords(first).label}</button>
          <button type="button" class="button" aria-pressed=${board} onClick=${() => setReading(`${block?.id}:${first}`)}><${Icon} name="layout-grid" />${t("Tout le monde")}</button></div>`}
        <${BeforeVote} live=${live} />
        ${board ? html`<${Scene} live=${live} wide show=${show} />`
          : html`<div class="column"><${Content} live=${live} entry=${first} ballot=${ballot} wide />
            ${first === "vote" && round && html`<${VoteLeft} live=${live} round=${round} ballot=${ballot} />`}</div>`}
      </div>
    </div>
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
// What comes later in the workshop is fetched while the network is there, once the page has settled.
void live.ready.then(() => setTimeout(() => {
  const later = [import("../views/list.js"), import("../views/result.js"), import("../views/sheets.js"), import("../views/people/profile.js")];
  void Promise.allSettled(later);
}, LATER));
startPage(main, live, () => html`<${Page} live=${live} links=${main.dataset} />`);
