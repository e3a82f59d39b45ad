/**
 * What a person reads while no step is shown: before the opening, after the end, once one's place is taken back.
 * Fetched when wanted: whoever comes into an open workshop does not wait for it.
 *
 * Exports: OutsideCard({live, room?, links?, children}).
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { lasts } from "../../core/outbox.js";
import { session } from "../../core/selectors.js";
import { clockTime, shortDate, longDate } from "../../core/words.js";
import { html, useEffect, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { copyText } from "./copy.js";
import { stageOf } from "./moment.js";
import { Practical } from "./practical.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").SessionRecord} SessionRecord */
/** @typedef {"checking"|"away"|"forgetful"|"ready"} Readiness `forgetful`: nothing outlives the page on this device */

/** @param {string} start « 09:30 » @returns {string} « 9 h 30 » */
const startTime = (start) => clockTime(Date.parse(`2000-01-01T${start}:00Z`), "UTC");

/** @param {Live} live @param {SessionRecord} state @returns {string} today where the workshop is, ISO */
const today = (live, state) => new Intl.DateTimeFormat("en-CA", { timeZone: state.timezone, year: "numeric", month: "2-digit", day: "2-digit" }).format(live.clock.now());

/** A day near enough needs no year. @param {string} date @param {string} from @returns {string} */
const dayWords = (date, from) => (date.slice(0, 4) === from.slice(0, 4) ? shortDate(date) : longDate(date));

/** @param {Live} live @param {SessionRecord} state @returns {string} */
function opening(live, state) {
  if (!state.date) return t("L’atelier n’est pas encore ouvert.");
  const date = dayWords(state.date, today(live, state));
  return state.start ? t("L’atelier ouvre le {date} à {time}.", { date, time: startTime(state.start) }) : t("L’atelier ouvre le {date}.", { date });
}

/** Tried for real: the connection carries, and what is written stays on this device. @param {Live} live @returns {Readiness} */
function useReadiness(live) {
  const [keeps, setKeeps] = useState(/** @type {boolean|null} */ (null));
  useEffect(() => {
    let gone = false;
    void lasts().then((kept) => !gone && setKeeps(kept));
    return () => void (gone = true);
  }, []);
  if (live.connection.state.value !== "live") return "away";
  return keeps === null ? "checking" : keeps ? "ready" : "forgetful";
}

/** @param {{live: Live}} props */
function Ready({ live }) {
  const state = useReadiness(live);
  const [icon, words] = {
    checking: ["loader-circle", t("Vérification de votre appareil…")],
    away: ["wifi-off", t("La connexion à l’atelier n’est pas établie. Elle est tentée sans cesse.")],
    forgetful: ["triangle-alert", t("Votre appareil est relié à l’atelier, mais ne garde rien\u00a0: évitez la navigation privée, ou laissez cette page ouverte.")],
    ready: ["circle-check", t("Votre appareil est prêt.")],
  }[state];
  return html`<p class="lead readiness" data-state=${state} role="status"><${Icon} name=${icon} /><span>${words}</span></p>`;
}

/** @param {{live: Live, state: SessionRecord, room: boolean, links: DOMStringMap, children?: any}} props */
function Waiting({ live, state, room, links, children }) {
  const here = Object.values(live.store.gauges.value.people ?? {}).reduce((sum, n) => sum + n, 0);
  return html`<div class="door" data-stage="waiting">
    <h1 id="step" tabindex="-1">${state.title}</h1>
    <div class="door-when"><p class="lead">${opening(live, state)}</p><${Ready} live=${live} /></div>
    ${state.purpose && html`<p>${state.purpose}</p>`}
    ${links.rehearsal && html`<div class="notice stack"><p>${t("Une répétition est en cours\u00a0: vous pouvez vous y exercer, rien n’en sera gardé.")}</p>
      <p><a class="button" href=${links.rehearsal}>${t("Entrer dans la répétition")}</a></p></div>`}
    <${Practical} live=${live} />
    <p class="muted small">${here > 1 ? `${tn("{n} personne est déjà là.", "{n} personnes sont déjà là.", here)} ` : ""}${
      room ? t("Laissez cette page ouverte\u00a0: elle s’animera toute seule.") : t("Gardez cette page ouverte, ou revenez par le même lien\u00a0: votre place vous attend.")}</p>
    ${children}
  </div>`;
}

/** @param {string} value a draft kept as JSON, or as it was typed @returns {string} the text in it */
function textIn(value) {
  try {
    const kept = JSON.parse(value);
    return typeof kept === "object" && kept !== null ? kept.text ?? kept.what ?? "" : value;
  } catch {
    return value;
  }
}

/** What was being written and never sent stays the person's, to copy. @param {{live: Live}} props */
function Unsent({ live }) {
  const fields = live.drafts.fields().filter((field) => field === "compose" || field === "paper" || /^(edit|sheet|comment):/.test(field));
  const texts = fields.map((field) => textIn(live.drafts.get(field)).trim()).filter(Boolean);
  if (texts.length === 0) return null;
  return html`<section class="stack unsent" aria-labelledby="unsent"><h2 id="unsent">${tn("Un texte que vous n’aviez pas envoyé", "{n} textes que vous n’aviez pas envoyés", texts.length)}</h2>
    <p class="muted">${t("Gardé sur cet appareil seulement.")}</p>
    ${texts.map((text, i) => html`<div key=${i} class="stack"><blockquote class="note">${text}</blockquote>
      <p><button type="button" class="button" onClick=${() => copyText(live, text)}><${Icon} name="copy" />${t("Copier")}</button></p></div>`)}
  </section>`;
}

/** @param {{live: Live, state: SessionRecord, children?: any}} props */
function Over({ live, state, children }) {
  const from = today(live, state);
  const closed = state.status === "closed";
  const there = closed && state.publish_on !== "" && state.publish_on <= from;
  const minutes = there ? t("Le compte rendu est là.")
    : state.publish_on ? t("Le compte rendu sera ici à partir du {date}.", { date: dayWords(state.publish_on, from) })
    : closed ? t("Le compte rendu est fait\u00a0: l’équipe d’animation vous le transmet.")
    : t("L’animation prépare le compte rendu.");
  return html`<div class="door" data-stage="over"><${Icon} name="circle-check" />
    <h1 id="step" tabindex="-1">${t("L’atelier est terminé. Merci.")}</h1>
    <p class="lead">${minutes}</p>
    ${there && html`<p><a class="button primary large" href=${`/s/${live.id}/restitution`}><${Icon} name="file-text" />${t("Lire le compte rendu")}</a></p>`}
    <p class="muted">${closed ? "" : `${t("Plus rien ne peut être ajouté.")} `}${tn("Les données personnelles sont effacées {n} jour après l’archivage.", "Les données personnelles sont effacées {n} jours après l’archivage.", state.retention)}</p>
    <${Unsent} live=${live} />
    ${children}
  </div>`;
}

/** @param {{live: Live, code: string, message: string}} props `code` "removed", or the server's last word */
function Gone({ live, code, message }) {
  const rehearsed = code === "rehearsal_over" || code === "4410";
  const taken = code === "removed" || code === "unknown_seat";
  const title = rehearsed ? t("La répétition est terminée") : t("Vous n’êtes plus dans l’atelier");
  const words = rehearsed ? t("Rien de ce qui y a été fait n’est gardé. L’atelier, lui, est intact.")
    : taken ? t("Votre place a été retirée. Si c’est une erreur, reprenez le lien ou le code de l’atelier\u00a0: ce que vous avez écrit y est resté.")
    : message || t("La connexion est terminée. Reprenez le lien de l’atelier pour revenir.");
  return html`<div class="door" data-stage="gone"><${Icon} name="log-out" />
    <h1 id="step" tabindex="-1">${title}</h1><p class="lead">${words}</p>
    <p>${rehearsed ? html`<a class="button primary large" href=${`/s/${live.id.replace(/-r$/, "")}`}>${t("Revenir à l’atelier")}</a>`
      : taken ? html`<a class="button primary large" href="/">${t("Saisir le code de l’atelier")}</a>`
      : html`<button type="button" class="button primary large" onClick=${live.connection.retryNow}>${t("Réessayer")}</button>`}</p>
    ${!rehearsed && html`<${Unsent} live=${live} />`}
  </div>`;
}

/** @param {{live: Live, room?: boolean, links?: DOMStringMap, children?: any}} props `links` of the page's <main> */
export function OutsideCard({ live, room = false, links = {}, children }) {
  const bye = live.connection.bye.value;
  const stage = stageOf(live);
  const state = session(live.store);
  if (stage === "removed") return html`<${Gone} live=${live} code="removed" message="" />`;
  if (bye) return html`<${Gone} live=${live} ...${bye} />`;
  if (!state) return null;
  return stage === "waiting" ? html`<${Waiting} live=${live} state=${state} room=${room} links=${links}>${children}</${Waiting}>`
    : html`<${Over} live=${live} state=${state}>${children}</${Over}>`;
}
