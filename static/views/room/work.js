/**
 * What a table does in a step: its instruction, then one thing at a time, the step's own first. A vote takes the whole page
 * instead (vote.js).
 *
 * Exports: Work({live, block}).
 * @module
 */
import { t } from "../../core/i18n.js";
import { currentBlock, myGroup } from "../../core/selectors.js";
import { html, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { lazy } from "../lazy.js";
import { Composer, hasDraft } from "../people/composer.js";
import { BeforeVote, Welcome } from "../people/doors.js";
import { hasShownNotes, resultOf, trustOf } from "../people/moment.js";
import { Refusals } from "../status.js";
import { AuthorChoice } from "./people.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {"write"|"paper"|"everyone"|"result"|"sheets"|"welcome"} Place */

const AtWall = lazy(() => import("../people/at_wall.js").then((module) => module.AtWall));
const Paper = lazy(() => import("./paper.js").then((module) => module.Paper));
const RoomNotes = lazy(() => import("./notes.js").then((module) => module.RoomNotes));
const Scene = lazy(() => import("../people/scene.js").then((module) => module.Scene));
const Result = lazy(() => import("../result.js").then((module) => module.Result));
const SheetDesk = lazy(() => import("../sheets.js").then((module) => module.SheetDesk));
const SheetSummary = lazy(() => import("../sheets.js").then((module) => module.SheetSummary));

/** @param {Live} live whether lines copied from paper wait to be put */
const paperWaits = (live) => live.drafts.get("paper").trim() !== "";

/** @param {Live} live @returns {Place[]} what this step offers a table, its own first */
function placesOf(live) {
  const block = currentBlock(live.store);
  const writes = live.can("add");
  /** @type {Place[]} */
  const found = [];
  if (resultOf(live)) found.push("result");
  if (block?.view === "actions" || live.can("sheet")) found.push("sheets");
  if (block?.view === "accueil" || block?.view === "fin") found.push("welcome");
  if (writes && (block?.view === "ecrire" || myGroup(live.store))) found.push("write");
  if (hasShownNotes(live)) found.push("everyone");
  if (!found.includes("write") && (writes || live.store.all("authorship").length > 0)) found.push("write");
  if (writes || paperWaits(live)) found.splice(found.indexOf("write") + 1, 0, "paper");
  return found.length > 0 ? found : ["welcome"];
}

/** @param {Place} place @param {boolean} writes */
function placeWords(place, writes) {
  switch (place) {
    case "write": return writes ? { label: t("Écrire"), icon: "pencil" } : { label: t("Nos notes"), icon: "sticky-note" };
    case "paper": return { label: t("Idées sur papier"), icon: "file-text" };
    case "result": return { label: t("Résultat"), icon: "list-checks" };
    case "sheets": return { label: t("Actions"), icon: "clipboard-list" };
    case "everyone": return { label: t("Tout le monde"), icon: "layout-grid" };
    default: return { label: t("Étape"), icon: "info" };
  }
}

/** @param {Live} live @returns {{secret: boolean, words: string}} who sees what this table writes or, once writing is over, wrote */
function trustHere(live) {
  const hidden = live.store.all("authorship").some((one) => live.store.get("note", one.id)?.scope === "author");
  const { secret, words } = trustOf(currentBlock(live.store), myGroup(live.store) !== undefined);
  if (live.can("add") ? secret : hidden) return { secret: true, words: t("Votre table seule voit ces notes avant la révélation.") };
  return { secret: false, words: live.can("add") ? words : t("Tout le monde voit ces notes.") };
}

/** Which place is shown: the one chosen in this step, its own otherwise; lines being typed stay where they are. @param {Live} live @param {Place[]} places @param {string} step */
function usePlace(live, places, step) {
  const [chosen, setChosen] = useState(/** @type {{key: string, place: Place}|null} */ (null));
  const key = `${step}:${places[0]}`;
  const kept = chosen !== null && places.includes(chosen.place) && (chosen.key === key || (chosen.place === "paper" && paperWaits(live)));
  return { place: kept && chosen ? chosen.place : places[0], choose: (/** @type {Place} */ place) => setChosen({ key, place }) };
}

/** @param {{live: Live, block: import("../../core/types.js").Block|undefined}} props */
export function Work({ live, block }) {
  const places = placesOf(live);
  const [told, setDraft] = useState(false);
  const draft = told || hasDraft(live); // a letter typed in the very moment of a change of step is kept before it is told
  const { place, choose } = usePlace(live, places, block?.id ?? "");
  const round = resultOf(live);
  const composing = place !== "paper" && ((place === "write" && live.can("add")) || draft);
  const trust = trustHere(live);
  return html`<div class="work" data-place=${place}>
    <div class="work-head">
      ${block?.instruction && html`<p class="table-instruction">${block.instruction}</p>`}
      ${places.length > 1 && html`<div class="segments" role="group" aria-label=${t("Dans cette étape")}>
        ${places.map((one) => html`<button key=${one} type="button" class="button" aria-pressed=${one === place} onClick=${() => choose(one)}><${Icon} name=${placeWords(one, live.can("add")).icon} />${placeWords(one, live.can("add")).label}</button>`)}</div>`}
    </div>
    <${AtWall} live=${live} />
    <${Refusals} live=${live} />
    <${BeforeVote} live=${live} />
    ${composing && html`<${Composer} live=${live} glosses trust=${trust.words} onDraft=${setDraft}
      people=${(/** @type {any} */ where) => html`<${AuthorChoice} live=${live} ...${where} />`} />`}
    ${place === "paper" && html`<${Paper} live=${live} />`}
    ${(place === "write" || place === "paper") && html`<${RoomNotes} live=${live} trust=${trust} />`}
    ${place === "everyone" && html`<${Scene} live=${live} />`}
    ${place === "result" && round && html`<section class="stack" aria-labelledby="result"><h2 id="result">${round.question || t("Résultat du vote")}</h2><${Result} live=${live} round=${round} /></section>`}
    ${place === "sheets" && html`<${SheetDesk} live=${live} />`}
    ${place === "welcome" && html`<${RoomWelcome} live=${live} view=${block?.view ?? ""} />`}
  </div>`;
}

/** What a table may settle while everyone arrives; the actions once it is over. @param {{live: Live, view: string}} props */
function RoomWelcome({ live, view }) {
  return html`<${Welcome} live=${live} />
    ${view === "accueil" && html`<section class="room-ready stack" aria-labelledby="ready"><h2 id="ready">${t("En attendant, autour de cet appareil")}</h2>
      <ol role="list" class="room-steps">
        <li><${Icon} name="users" /><span>${t("Dites combien vous êtes\u00a0: il y aura un bulletin de vote par personne.")}</span></li>
        <li><${Icon} name="pencil" /><span>${t("Donnez vos noms et vos services si vous le voulez\u00a0: ils vont sur la liste de présence.")}</span></li>
        <li><${Icon} name="smartphone" /><span>${t("Qui participe avec son propre téléphone ne compte pas ici.")}</span></li>
      </ol></section>`}
    ${view === "fin" && html`<${SheetSummary} live=${live} />`}`;
}
