/**
 * Relire: the minutes as they will be, corrected in place, with what is missing at the side and archiving last.
 * @module
 */
import { html, render, useEffect } from "../vendor/ui.js";
import { t } from "../core/i18n.js";
import { session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { Icon } from "../views/icon.js";
import { Finish } from "../views/review/finish.js";
import { gapsOf, goTo, Points, useLeft } from "../views/review/gaps.js";
import { Actions, Decisions, Parking, Presence, Title } from "../views/review/paper.js";
import { followReport } from "../views/review/report.js";
import { Aside, Boards, Steps } from "../views/review/steps.js";
import { ConnectionBand, Refusals, SaveState, StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../views/review/report.js").Facts} Facts */
/** @typedef {import("../views/review/gaps.js").Point} Point */
/** @typedef {{id: string, title: string, under?: boolean}} Passage */

/** @param {Facts} facts @param {boolean} aside @returns {Passage[]} in reading order */
function passagesOf({ report }, aside) {
  return [
    { id: "tete", title: t("En-tête") },
    { id: "decisions", title: t("Décisions") },
    { id: "actions", title: t("Actions") },
    ...(report.parking.length > 0 ? [{ id: "parking", title: t("Pour plus tard") }] : []),
    { id: "etapes", title: t("Comment nous y sommes arrivés") },
    ...report.steps.map((step) => ({ id: `etape-${step.id}`, title: step.title, under: true })),
    ...(report.boards.length > 0 ? [{ id: "tableaux", title: t("Les notes") }] : []),
    ...(aside ? [{ id: "ecartees", title: t("Notes écartées") }] : []),
    { id: "presences", title: t("Présences") },
  ];
}

/** @param {{live: Live, facts: import("../vendor/ui.js").Signal<Facts|null>, addresses: DOMStringMap}} props */
function Review({ live, facts, addresses }) {
  const state = session(live.store);
  const [left, leave] = useLeft(live.id);
  const known = facts.value;
  useEffect(() => {
    document.title = [t("Relire"), state?.title, "Pas de côté"].filter(Boolean).join(" · ");
    if (state && ["closing", "closed"].includes(state.status)) location.assign(addresses.archive ?? "");
  });
  if (!state || !known) return html`<p class="review-wait" role="status">${t("Le compte rendu se prépare…")}</p>`;
  const aside = live.store.all("note").some((note) => note.aside && !note.withdrawn);
  const points = gapsOf(known).filter((point) => !left.has(point.key));
  return html`<div class="review">
    <header class="review-head">
      <a class="site-mark" href="/" aria-label=${t("Accueil")}><svg class="mark" viewBox="0 0 24 32" width="18" height="24" aria-hidden="true"><circle class="mark-ink" cx="8" cy="4.5" r="3.5" /><circle class="mark-step" cx="18.5" cy="16" r="3.5" /><circle class="mark-ink" cx="8" cy="27.5" r="3.5" /></svg></a>
      <p class="review-name"><strong>${state.title}</strong> <span class="muted">${state.status === "ended" ? t("à relire") : t("en cours")}</span></p>
      <span class="review-tools"><${SaveState} live=${live} />
        <a class="button quiet" href=${`${addresses.review}/apercu`} download><${Icon} name="eye" />${t("Aperçu du document")}</a>
        ${state.status === "ended" ? html`<a class="button quiet" href=${addresses.drive}>${t("Revenir à l’animation")}</a>` : null}</span>
    </header>
    <${ConnectionBand} live=${live} />
    <div class="review-body">
      <${Contents} passages=${passagesOf(known, aside)} points=${points} />
      <main class="review-paper" id="compte-rendu"><article>
        <${Title} live=${live} facts=${known} />
        <${Decisions} live=${live} facts=${known} />
        <${Actions} live=${live} facts=${known} />
        <${Parking} live=${live} facts=${known} />
        <${Steps} live=${live} facts=${known} />
        <${Boards} live=${live} facts=${known} />
        <${Aside} live=${live} />
        <${Presence} live=${live} facts=${known} />
      </article></main>
      <aside class="review-side" aria-label=${t("Avant d’archiver")}>
        <${Refusals} live=${live} />
        <${Points} points=${points} leave=${leave} />
        <${Finish} live=${live} facts=${known} addresses=${addresses} missing=${points.length} />
      </aside>
    </div>
    <${StatusLine} announcer=${live.announcer} hidden />
  </div>`;
}

/** @param {{passages: Passage[], points: Point[]}} props */
function Contents({ passages, points }) {
  const wanting = new Set(points.map((point) => point.passage));
  return html`<nav class="review-contents" aria-label=${t("Compte rendu")}>
    <p class="overline">${t("Compte rendu")}</p>
    <ul role="list">${passages.map((passage) => html`<li key=${passage.id} data-under=${Boolean(passage.under)}>
      <a href=${`#passage-${passage.id}`} onClick=${(/** @type {Event} */ event) => {
        event.preventDefault();
        goTo(`passage-${passage.id}`);
      }}>${passage.title}${wanting.has(passage.id) ? html`<${Icon} name="triangle-alert" small label=${t("à compléter")} />` : null}</a></li>`)}</ul>
    <p class="small muted review-hint">${t("Cliquez dans un passage pour le corriger. Les chiffres et les votes ne changent pas.")}</p>
  </nav>`;
}

const main = /** @type {HTMLElement} */ (document.querySelector("#page"));
const live = openSession(main);
void live.ready.then(() => {
  const { facts } = followReport(live, `${main.dataset.review}/rapport`);
  const host = document.createElement("div");
  host.id = "page";
  for (const [name, value] of Object.entries(main.dataset)) host.dataset[name] = value;
  main.replaceWith(host); // the paper is the page's main part
  render(html`<${Review} live=${live} facts=${facts} addresses=${host.dataset} />`, host);
});
