/**
 * What shows instead of a step: before the opening, after the end, once one's place is taken back, and while the
 * first view is coming.
 *
 * Exports: Door, Welcome, BeforeVote.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, openRound, session } from "../../core/selectors.js";
import { clockTime, longDate, number } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { stageOf } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {string} start « 09:30 » @returns {string} « 9 h 30 » */
const startTime = (start) => clockTime(Date.parse(`2000-01-01T${start}:00Z`), "UTC");

/** @param {import("../../core/types.js").SessionRecord|undefined} state @returns {string} */
function opening(state) {
  if (!state?.date) return t("L’atelier n’est pas encore ouvert. Votre appareil est prêt.");
  const date = longDate(state.date);
  return state.start
    ? t("L’atelier ouvre le {date} à {time}. Votre appareil est prêt.", { date, time: startTime(state.start) })
    : t("L’atelier ouvre le {date}. Votre appareil est prêt.", { date });
}

/** What a person reads where no step is shown; null while one is. @param {{live: Live, room?: boolean, children?: any}} props */
export function Door({ live, room = false, children }) {
  const bye = live.connection.bye.value;
  const state = session(live.store);
  const stage = stageOf(live);
  if (stage === "removed" || bye) {
    const gone = stage === "removed" || bye?.code === "removed" || bye?.code === "unknown_seat";
    return card(t("Vous n’êtes plus dans l’atelier"), "log-out", [
      gone ? t("Votre place a été retirée. Si c’est une erreur, reprenez le lien ou le code de l’atelier\u00a0: ce que vous avez écrit y est resté.")
        : bye?.message || t("La connexion est terminée. Reprenez le lien de l’atelier pour revenir."),
    ], html`<p><a class="button primary large" href="/">${t("Saisir le code de l’atelier")}</a></p>`);
  }
  if (!live.seat.value || !state) return html`<div class="door" role="status"><p class="lead muted">${t("Connexion à l’atelier…")}</p></div>`;
  if (stage === "waiting") {
    const here = Object.values(live.store.gauges.value.people ?? {}).reduce((sum, n) => sum + n, 0);
    return card(state.title, "clock", [
      opening(state),
      state.purpose,
      here > 1 ? tn("{n} personne est déjà là.", "{n} personnes sont déjà là.", here) : "",
    ], html`<p class="muted small">${room ? t("Laissez cette page ouverte\u00a0: elle s’animera toute seule.") : t("Gardez cette page ouverte, ou revenez par le même lien\u00a0: votre place vous attend.")}</p>${children}`);
  }
  if (stage === "ended" || stage === "closed") {
    return card(t("L’atelier est terminé. Merci."), "circle-check", [
      stage === "ended" ? t("Plus rien ne peut être ajouté. L’animation prépare le compte rendu.") : t("Le compte rendu est fait\u00a0: l’équipe d’animation vous le transmet."),
      tn("Les données personnelles sont effacées {n} jour après l’archivage.", "Les données personnelles sont effacées {n} jours après l’archivage.", state.retention),
    ], children);
  }
  return null;
}

/** @param {string} title @param {string} icon @param {string[]} sentences @param {any} [rest] */
const card = (title, icon, sentences, rest) => html`<div class="door">
  <${Icon} name=${icon} /><h1 id="step" tabindex="-1">${title}</h1>
  ${sentences.filter(Boolean).map((sentence, i) => html`<p key=${i} class=${i === 0 ? "lead" : ""}>${sentence}</p>`)}
  ${rest}
</div>`;

/** A step where there is nothing to do but listen. @param {{live: Live}} props */
export function Welcome({ live }) {
  const block = currentBlock(live.store);
  const state = session(live.store);
  const sites = live.store.all("site").map((site) => ({ site, n: live.store.gauges.value.people?.[site.id] ?? 0 })).filter(({ n }) => n > 0);
  return html`<section class="welcome stack">
    ${block?.view === "fin" ? html`<h2>${t("Merci pour votre participation.")}</h2>`
      : block?.view === "accueil" ? html`<h2>${t("Bienvenue.")}</h2>` : html`<h2>${t("Rien à faire ici pour l’instant\u00a0: écoutez, regardez.")}</h2>`}
    ${block?.view === "accueil" && state?.purpose && html`<p class="lead">${state.purpose}</p>`}
    ${block?.view !== "fin" && sites.length > 0 && html`<p class="muted">${t("Déjà là\u00a0:")} ${sites.map(({ site, n }) => `${site.name.split(",")[0]}\u00a0${number(n)}`).join(", ")}</p>`}
    ${block?.view !== "fin" && html`<p class="muted">${t("Cette page change toute seule à chaque étape.")}</p>`}
  </section>`;
}

/** Said in a step that votes, until its vote is open. @param {{live: Live}} props */
export function BeforeVote({ live }) {
  const block = currentBlock(live.store);
  if (!block?.round || openRound(live.store)) return null;
  return html`<p class="notice">${t("Le vote va s’ouvrir.")} ${block.round.target === "question" ? "" : t("En attendant, relisez ce que tout le monde a écrit.")}</p>`;
}
