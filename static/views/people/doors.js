/**
 * What shows instead of a step: before the opening, after the end, once one's place is taken back, and while the
 * first view is coming.
 *
 * Exports: Door, Welcome, BeforeVote.
 * @module
 */
import { t } from "../../core/i18n.js";
import { currentBlock, openRound, session } from "../../core/selectors.js";
import { number } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { lazy } from "../lazy.js";
import { hasPractical, stageOf } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

const Practical = lazy(() => import("./practical.js").then((module) => module.Practical));
const OutsideCard = lazy(() => import("./outside.js").then((module) => module.OutsideCard));

/**
 * What a person reads where no step is shown; null while one is.
 * @param {{live: Live, room?: boolean, links?: DOMStringMap, children?: any}} props `links` of the page's <main>
 */
export function Door({ live, room, links, children }) {
  const stage = stageOf(live);
  const bye = live.connection.bye.value;
  if (!bye && stage !== "removed") {
    if (!live.seat.value || !session(live.store)) return html`<div class="door" role="status"><p class="lead muted">${t("Connexion à l’atelier…")}</p></div>`;
    if (stage === "open") return null;
  }
  return html`<${OutsideCard} live=${live} room=${room} links=${links}>${children}</${OutsideCard}>`;
}

/** A step where there is nothing to do but listen. @param {{live: Live}} props */
export function Welcome({ live }) {
  const block = currentBlock(live.store);
  const state = session(live.store);
  const sites = live.store.all("site").map((site) => ({ site, n: live.store.gauges.value.people?.[site.id] ?? 0 })).filter(({ n }) => n > 0);
  return html`<section class="welcome stack">
    ${block?.view === "fin" ? html`<h2>${t("Merci pour votre participation.")}</h2>`
      : block?.view === "accueil" ? !block.instruction && html`<h2>${t("Bienvenue.")}</h2>` : html`<h2>${t("Rien à faire ici pour l’instant\u00a0: écoutez, regardez.")}</h2>`}
    ${block?.view === "accueil" && state?.purpose && html`<p class="lead">${state.purpose}</p>`}
    ${block?.view !== "fin" && sites.length > 0 && html`<p class="muted">${t("Déjà là\u00a0:")} ${sites.map(({ site, n }) => `${site.name.split(",")[0]}\u00a0${number(n)}`).join(", ")}</p>`}
    ${block?.view === "accueil" && hasPractical(live) && html`<${Practical} live=${live} />`}
    ${block?.view !== "fin" && html`<p class="muted">${t("Cette page change toute seule à chaque étape.")}</p>`}
  </section>`;
}

/** Said in a step that votes, until its vote is open. @param {{live: Live}} props */
export function BeforeVote({ live }) {
  const block = currentBlock(live.store);
  if (!block?.round || openRound(live.store)) return null;
  return html`<p class="notice">${t("Le vote va s’ouvrir.")} ${block.round.target === "question" ? "" : t("En attendant, relisez ce que tout le monde a écrit.")}</p>`;
}
