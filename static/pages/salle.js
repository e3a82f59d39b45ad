/**
 * The page of a device that several heads share: who is here, what the table writes, ballots passed from one to the
 * next, a call for help.
 * @module
 */
import { lowerHand, raiseHand } from "../core/commands.js";
import { t } from "../core/i18n.js";
import { currentBlock, session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { html, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "../views/icon.js";
import { LegalLinks } from "../views/legal.js";
import { Bands } from "../views/people/band.js";
import { Composer, hasDraft } from "../views/people/composer.js";
import { BeforeVote, Door, Welcome } from "../views/people/doors.js";
import { useHappenings } from "../views/people/happenings.js";
import { StepHead } from "../views/people/head.js";
import { hasShownNotes, resultOf, stageOf, useWide, voteOf } from "../views/people/moment.js";
import { Scene } from "../views/people/scene.js";
import { startPage } from "../views/people/start.js";
import { useAwake } from "../views/people/awake.js";
import { Result } from "../views/result.js";
import { RoomNotes, roomTrust } from "../views/room/notes.js";
import { AuthorChoice, WhoIsHere } from "../views/room/people.js";
import { RoomVote } from "../views/room/vote.js";
import { SheetDesk, SheetSummary } from "../views/sheets.js";
import { Refusals, StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {"write"|"everyone"|"result"|"sheets"|"welcome"} Place */

/** @param {{live: Live, quiet?: boolean}} props */
function CallButton({ live, quiet = false }) {
  const seat = live.seat.value?.id ?? "";
  const up = live.store.get("call", seat) !== undefined;
  const turn = () => {
    live.send(up ? lowerHand({ seat }) : raiseHand({ reason: "help" }));
    live.announcer.say(up ? t("Appel annulé.") : t("L’animation est prévenue."));
  };
  return html`<button type="button" class=${quiet ? "button quiet call" : "button large call"} aria-pressed=${up} onClick=${turn}>
    <${Icon} name="life-buoy" />${up ? t("Appel envoyé. Annuler") : t("Appeler l’animation")}</button>`;
}

/** @param {Live} live @returns {Place[]} what this step offers a table, its own first */
function placesOf(live) {
  const block = currentBlock(live.store);
  /** @type {Place[]} */
  const found = [];
  if (resultOf(live)) found.push("result");
  if (block?.view === "actions" || live.can("sheet")) found.push("sheets");
  if (block?.view === "accueil" || block?.view === "fin") found.push("welcome");
  const shown = hasShownNotes(live);
  if (live.can("add") && block?.view === "ecrire") found.push("write");
  if (shown) found.push("everyone");
  if (!found.includes("write") && (live.can("add") || live.store.all("authorship").length > 0)) found.push("write");
  return found.length > 0 ? found : ["welcome"];
}

/** @param {Place} place @param {boolean} writes */
function placeWords(place, writes) {
  switch (place) {
    case "write": return writes ? { label: t("Écrire"), icon: "pencil" } : { label: t("Nos notes"), icon: "sticky-note" };
    case "result": return { label: t("Résultat"), icon: "list-checks" };
    case "sheets": return { label: t("Actions"), icon: "clipboard-list" };
    case "everyone": return { label: t("Tout le monde"), icon: "layout-grid" };
    default: return { label: t("Étape"), icon: "info" };
  }
}

/** @param {{live: Live}} props */
function Page({ live }) {
  useHappenings(live);
  useAwake();
  const open = stageOf(live) === "open" && live.seat.value !== null && live.connection.bye.value === null;
  const title = open ? currentBlock(live.store)?.title : session(live.store)?.title;
  useEffect(() => {
    document.title = [title, live.seat.value?.name, "Pas de côté"].filter(Boolean).join(" · ");
  }, [title]);
  return html`<div class="salle"><${StatusLine} announcer=${live.announcer} hidden />
    ${open ? html`<${Table} live=${live} />` : html`<${Bands} live=${live} /><${Door} live=${live} room>
      ${stageOf(live) === "waiting" && html`<div class="door-who"><${WhoIsHere} live=${live} /></div>`}</${Door}>`}
  </div>`;
}

/** @param {{live: Live}} props */
function Table({ live }) {
  const round = voteOf(live);
  const wide = useWide();
  const block = currentBlock(live.store);
  const voting = round !== undefined;
  return html`<div class="table" data-voting=${voting}>
    <${StepHead} live=${live} before=${live.seat.value?.name ?? ""} />
    <${Bands} live=${live} />
    <div class="table-main">
      ${!voting && html`<div class="table-side">
        ${wide ? html`<${WhoIsHere} live=${live} />` : html`<details class="who-folded"><summary>${t("Qui est là\u00a0:")} <strong>${live.seat.value?.heads ?? 1}</strong></summary><${WhoIsHere} live=${live} /></details>`}
        <${CallButton} live=${live} /><${LegalLinks} live=${live} /></div>`}
      <div class="table-center">
        ${round ? html`<${RoomVote} key=${round.id} live=${live} round=${round} call=${html`<${CallButton} live=${live} quiet />`} />`
          : html`<${Work} key="work" live=${live} block=${block} />`}
      </div>
    </div>
  </div>`;
}

/** @param {{live: Live, block: import("../core/types.js").Block|undefined}} props */
function Work({ live, block }) {
  const places = placesOf(live);
  const [chosen, setChosen] = useState(/** @type {{key: string, place: Place}|null} */ (null));
  const [told, setDraft] = useState(false);
  const draft = told || hasDraft(live); // a letter typed in the very moment of a change of step is kept before it is told
  const key = `${block?.id}:${places[0]}`;
  const place = chosen?.key === key && places.includes(chosen.place) ? chosen.place : places[0];
  const round = resultOf(live);
  const composing = (place === "write" && live.can("add")) || draft;
  return html`<div class="work">
    ${block?.instruction && html`<p class="table-instruction">${block.instruction}</p>`}
    ${places.length > 1 && html`<div class="segments" role="group" aria-label=${t("Dans cette étape")}>
      ${places.map((one) => html`<button key=${one} type="button" class="button" aria-pressed=${one === place} onClick=${() => setChosen({ key, place: one })}><${Icon} name=${placeWords(one, live.can("add")).icon} />${placeWords(one, live.can("add")).label}</button>`)}</div>`}
    <${Refusals} live=${live} />
    <${BeforeVote} live=${live} />
    ${composing && html`<${Composer} live=${live} glosses trust=${roomTrust(live)} onDraft=${setDraft}
      people=${(/** @type {any} */ where) => html`<${AuthorChoice} live=${live} ...${where} />`} />`}
    ${place === "write" && html`<${RoomNotes} live=${live} />`}
    ${place === "everyone" && html`<${Scene} live=${live} />`}
    ${place === "result" && round && html`<section class="stack" aria-labelledby="result"><h2 id="result">${round.question || t("Résultat du vote")}</h2><${Result} live=${live} round=${round} /></section>`}
    ${place === "sheets" && html`<${SheetDesk} live=${live} />`}
    ${place === "welcome" && html`<${Welcome} live=${live} />`}
    ${place === "welcome" && block?.view === "fin" && html`<${SheetSummary} live=${live} />`}
  </div>`;
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
startPage(main, live, () => html`<${Page} live=${live} />`);
