/**
 * The participant's page: what this step asks for, first, and only the tools that it allows. On a phone one thing at a
 * time with a bottom bar; on a computer the composer beside the board or list.
 * @module
 */
import { openSession } from "../core/session.js";
import { t } from "../core/i18n.js";
import { currentBlock, openRound, running, session } from "../core/selectors.js";
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { Icon } from "../views/icon.js";
import { lazy } from "../views/lazy.js";
import { Bands } from "../views/people/band.js";
import { Composer, hasDraft } from "../views/people/composer.js";
import { BeforeVote, Door, Welcome } from "../views/people/doors.js";
import { useHappenings } from "../views/people/happenings.js";
import { HandButton, StepHead, TopBar } from "../views/people/head.js";
import { Instruction } from "../views/people/instruction.js";
import { MyNotes } from "../views/people/mine.js";
import { entriesOf, hasShownNotes, notesHere, resultOf, siteName, stageOf, useWide, voteOf } from "../views/people/moment.js";
import { startPage } from "../views/people/start.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../views/people/moment.js").Entry} Entry */

/** Time after which what is not needed yet is fetched, in ms. */
const LATER = 4000;

const Result = lazy(() => import("../views/result.js").then((module) => module.Result));
const SheetDesk = lazy(() => import("../views/sheets.js").then((module) => module.SheetDesk));
const SheetSummary = lazy(() => import("../views/sheets.js").then((module) => module.SheetSummary));
const Scene = lazy(() => Promise.all([import("../views/people/scene.js"), import("../views/list.js")]).then(([module]) => module.Scene));
const Vote = lazy(() => Promise.all([import("../views/people/vote.js"), import("../views/ballot.js")]).then(([module]) => module.Vote));
const VoteLeft = lazy(() => import("../views/people/vote.js").then((module) => module.VoteLeft));
const Refusals = lazy(() => import("../views/status.js").then((module) => module.Refusals));
const GroupBand = lazy(() => import("../views/people/group.js").then((module) => module.GroupBand));
const AtWall = lazy(() => import("../views/people/at_wall.js").then((module) => module.AtWall), { quiet: true });
const Profile = lazy(() => import("../views/people/profile.js").then((module) => module.Profile));

/** @param {Entry} entry @param {boolean} [apart] while groups work @returns {{label: string, icon: string}} */
function entryWords(entry, apart = false) {
  switch (entry) {
    case "write": return { label: t("Écrire"), icon: "pencil" };
    case "vote": return { label: t("Voter"), icon: "vote" };
    case "result": return { label: t("Résultat"), icon: "list-checks" };
    case "sheets": return { label: t("Actions"), icon: "clipboard-list" };
    case "everyone": return { label: apart ? t("Nos notes") : t("Tout le monde"), icon: "layout-grid" };
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
    <p class="visually-hidden" role="status">${live.announcer.line.value}</p>
    ${!open ? html`<${Outside} live=${live} links=${links} onProfile=${onProfile} />`
      : wide ? html`<${Wide} live=${live} onProfile=${onProfile} />` : html`<${Narrow} live=${live} onProfile=${onProfile} />`}
    ${profile && html`<${Profile} live=${live} links=${links} onClose=${() => setProfile(false)} />`}
  </div>`;
}

/** What the server refused, once it has refused something. @param {{live: Live}} props */
const Refused = ({ live }) => (live.pending.refusals.value.length > 0 ? html`<${Refusals} live=${live} />` : null);

/** Before and after the workshop. @param {{live: Live, links: DOMStringMap, onProfile: () => void}} props */
function Outside({ live, links, onProfile }) {
  const [reading, setReading] = useState(false);
  const stage = stageOf(live);
  const after = stage === "ended" || stage === "closed";
  return html`<div class="outside"><${Bands} live=${live} /><${Refused} live=${live} />
    <${Door} live=${live} links=${links}>
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

/** What an entry shows. @param {{live: Live, entry: Entry, wide?: boolean}} props */
function Content({ live, entry, wide = false }) {
  const round = entry === "result" ? resultOf(live) : openRound(live.store);
  switch (entry) {
    case "vote": return round ? html`<${Vote} live=${live} round=${round} />` : null;
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

/** What is being read or filled in: what comes leaves it on screen until the person turns to the new. */
const heldNow = () => document.activeElement?.closest(".scene-body, .note-editor, .sheet-form") != null;

/**
 * @param {string} block id of the step @param {Entry} first its first entry now
 * @returns {{current: {block: string}|null}} where the person was in the middle of something when that came
 */
function useHold(block, first) {
  const before = useRef({ block, first });
  const held = useRef(/** @type {{block: string}|null} */ (null));
  if (before.current.block !== block || before.current.first !== first) {
    held.current = heldNow() || (before.current.block === block && writesNow()) ? held.current ?? { block: before.current.block } : null;
    before.current = { block, first };
  }
  return held;
}

/** The way to what came while something else was being read. @param {{live: Live, from: string, first: Entry, onGo: () => void}} props */
function NewStep({ live, from, first, onGo }) {
  const block = currentBlock(live.store);
  if (block?.id === from && first !== "vote" && first !== "result" && first !== "sheets") return null;
  const said = block?.id !== from ? t("Nouvelle étape\u00a0: {title}.", { title: block?.title ?? "" })
    : first === "vote" ? t("Le vote est ouvert.") : first === "result" ? t("Le résultat du vote est affiché.") : t("Les actions et décisions se notent ici.");
  return html`<div class="notice row new-step"><p class="grow">${said}</p><button type="button" class="button" onClick=${onGo}>${t("Y aller")}</button></div>`;
}

/** Puts the focus on the step's title, for who has just asked to go there. */
const toStep = () => requestAnimationFrame(() => document.getElementById("step")?.focus({ preventScroll: true }));

/** One thing at a time. @param {{live: Live, onProfile: () => void}} props */
function Narrow({ live, onProfile }) {
  const entries = entriesOf(live);
  const block = currentBlock(live.store);
  const apart = running(live.store) !== undefined;
  const first = entries[0];
  const [chosen, setChosen] = useState(/** @type {{block: string, first: Entry, entry: Entry}|null} */ (null));
  const [writing, setWriting] = useState(false);
  const scroll = useRef(/** @type {HTMLDivElement|null} */ (null));
  const last = useRef(first);
  const hold = useHold(block?.id ?? "", first);
  const { shown, draft, setDraft } = useComposing(live);
  const asked = chosen?.block === block?.id && chosen?.first === first && chosen !== null && entries.includes(chosen.entry) ? chosen.entry : null;
  const entry = hold.current ? last.current : asked ?? first;
  last.current = entry;
  const round = voteOf(live);
  useEffect(() => setWriting(false), [block?.id]);
  useEffect(() => {
    if (!writesNow()) scroll.current?.scrollTo({ top: 0 });
  }, [entry]);
  /** @param {Entry} next */
  const choose = (next) => {
    if (writesNow()) /** @type {HTMLElement} */ (document.activeElement).blur();
    hold.current = null;
    setChosen({ block: block?.id ?? "", first, entry: next });
    scrollTo({ top: 0 });
  };
  const go = () => {
    choose(first);
    toStep();
  };
  const own = entry === "write" || entry === "mine";
  const held = draft && (writesNow() || !entries.some((one) => one === "write" || one === "mine"));
  const composing = shown && (own || held);
  return html`<div class="phone" data-entry=${entry}>
    <${StepHead} live=${live} />
    <div class="phone-scroll" ref=${scroll}>
    <${Bands} live=${live} />
    ${apart && html`<${GroupBand} live=${live} />`}
    <div class="phone-main">
      <${Refused} live=${live} />
      ${hold.current && entry !== first && html`<${NewStep} live=${live} from=${hold.current.block} first=${first} onGo=${go} />`}
      ${block && entry !== "vote" && entry !== "result" && html`<${Instruction} live=${live} block=${block} folded=${writing} />`}
      <${AtWall} live=${live} />
      <${BeforeVote} live=${live} />
      ${composing && html`<${Composer} live=${live} onWrite=${() => setWriting(true)} onDraft=${setDraft} />`}
      ${own && block?.revealed && entries.includes("everyone") && html`<div class="notice revealed"><p>${t("Les notes sont révélées à tout le monde.")}</p>
        <button type="button" class="button" onClick=${() => choose("everyone")}>${t("Les lire")}</button></div>`}
      ${own && html`<${MyNotes} live=${live} />`}
      <${Content} live=${live} entry=${entry} />
      <${Foot} live=${live} onProfile=${onProfile} hand=${entry === "vote"} />
    </div></div>
    <div class="phone-end">
      ${entry === "vote" && round && html`<${VoteLeft} live=${live} round=${round} />`}
      ${(entry !== "vote" || entries.length > 1) && html`<nav class="bottom-bar" aria-label=${t("Dans cette étape")}>
        ${entries.map((one) => html`<button key=${one} type="button" class="bar-entry" aria-current=${one === entry || (one === "mine" && own) ? "page" : undefined} onClick=${() => choose(one)}>
          <${Icon} name=${entryWords(one, apart).icon} /><span>${entryWords(one, apart).label}${apart && one === "everyone" ? html` <span class="count numeric">${notesHere(live)}</span>` : ""}</span></button>`)}
        ${entry !== "vote" && html`<${HandButton} live=${live} class="bar-entry" />`}
      </nav>`}
    </div>
  </div>`;
}

/** Composer and own notes at the left, what everyone sees at the right. @param {{live: Live, onProfile: () => void}} props */
function Wide({ live, onProfile }) {
  const entries = entriesOf(live);
  const block = currentBlock(live.store);
  const working = running(live.store) !== undefined;
  const [show, setShow] = useState(/** @type {{note: string, n: number}|null} */ (null));
  const { shown, draft, setDraft } = useComposing(live);
  const round = voteOf(live);
  const first = entries[0];
  const place = `${block?.id}:${first}`;
  const [reading, setReading] = useState({ place: "" });
  const hold = useHold(block?.id ?? "", first);
  const before = useRef({ center: /** @type {Entry} */ (first), side: false });
  const step = first === "vote" || first === "result" || first === "sheets" || first === "welcome" ? first : "everyone";
  const center = hold.current ? before.current.center : reading.place === place ? "everyone" : step;
  const board = center === "everyone";
  const mine = live.store.all("authorship").some((one) => one.seat === live.seat.value?.id);
  const side = draft || (hold.current && before.current.side) || (!(first === "vote" && !board) && (shown || mine));
  before.current = { center, side };
  /** @param {string} where "" is the step's own */
  const turn = (where) => {
    hold.current = null;
    setReading({ place: where });
  };
  const go = () => {
    turn("");
    toStep();
  };
  /** @param {{id: string}} note */
  const onShow = (note) => {
    if (step !== "everyone") setReading({ place });
    setShow((last) => ({ note: note.id, n: (last?.n ?? 0) + 1 }));
  };
  return html`<div class="desk" data-entry=${center}>
    <${TopBar} live=${live} onProfile=${onProfile} />
    <${StepHead} live=${live}>${block?.instruction ? html`<p class="head-instruction">${block.instruction}</p>` : html`<span class="grow"></span>`}</${StepHead}>
    <${Bands} live=${live} />
    ${working && html`<${GroupBand} live=${live} />`}
    <div class="desk-main">
      ${side && html`<div class="desk-side" role="region" aria-label=${t("Vos notes")}>
        <${Refused} live=${live} />
        ${shown && html`<h2>${t("Ajouter une note")}</h2><${Composer} live=${live} onDraft=${setDraft} />`}
        <${MyNotes} live=${live} onShow=${onShow} />
      </div>`}
      <div class="desk-center">
        ${!side && html`<${Refused} live=${live} />`}
        ${hold.current && center !== step && html`<${NewStep} live=${live} from=${hold.current.block} first=${first} onGo=${go} />`}
        ${step !== "everyone" && hasShownNotes(live) && html`<div class="segments desk-switch" role="group" aria-label=${t("Dans cette étape")}>
          <button type="button" class="button" aria-pressed=${center === step} onClick=${() => turn("")}><${Icon} name=${entryWords(step).icon} />${entryWords(step).label}</button>
          <button type="button" class="button" aria-pressed=${board} onClick=${() => turn(place)}><${Icon} name="layout-grid" />${t("Tout le monde")}</button></div>`}
        <${AtWall} live=${live} />
        <${BeforeVote} live=${live} />
        ${board ? html`<${Scene} live=${live} wide show=${show} />`
          : html`<div class="column"><${Content} live=${live} entry=${center} wide />
            ${center === "vote" && round && html`<${VoteLeft} live=${live} round=${round} />`}</div>`}
      </div>
    </div>
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
// What comes later in the workshop is fetched while the network is there, once the page has settled.
void live.ready.then(() => setTimeout(() => {
  void Promise.allSettled([import("../views/result.js"), import("../views/sheets.js"), import("../views/people/profile.js")]);
}, LATER));
startPage(main, live, () => html`<${Page} live=${live} links=${main.dataset} />`);
