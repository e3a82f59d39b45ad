/**
 * What a reader of the minutes would miss, in words, and where to put it right.
 *
 * Exports: gapsOf(live, facts) -> Point[], Points({live, points}), goTo(id), PASSAGES.
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { t, tn } from "../../core/i18n.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("./report.js").Facts} Facts */
/** @typedef {import("./report.js").Gap} Gap */
/** @typedef {{key: string, title: string, text: string, passage: string, target: string, go: string, leave: string}} Point
 *   `passage` holds it; `target` is the element to go to; `leave` is what says that nothing is missing, "" where it must be done. */

/** @param {string} id the first thing to change there takes the focus, or the passage itself */
export function goTo(id) {
  const place = document.getElementById(id);
  if (!place) return;
  const field = /** @type {HTMLElement|null} */ (place.matches("input, textarea, select, button") ? place : place.querySelector("textarea, input, select, button"));
  (field ?? place).focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

/** @param {Facts} facts @returns {Point[]} one for each gap, one for each step without a takeaway */
export function gapsOf(facts) {
  return facts.report.gaps.flatMap((gap) => pointsOf(facts, gap));
}

/** @param {string} text */
const quoted = (text) => t("«\u00a0{text}\u00a0»", { text: text.length > 80 ? `${text.slice(0, 78)}…` : text });

/** @param {Facts} facts @param {Gap} gap @returns {Point[]} */
function pointsOf({ report }, gap) {
  const n = gap.count;
  const first = gap.ids[0] ?? "";
  const key = `${gap.code}:${gap.ids.join(",")}`;
  const action = report.actions.find((one) => one.id === first);
  const clean = { key, text: "", leave: "", go: t("Y aller") };
  switch (gap.code) {
    case "no_purpose":
      return [{ ...clean, title: t("L’objet de l’atelier n’est pas écrit"), text: t("Une phrase suffit, en tête du compte rendu."), passage: "tete", target: "r-objet", go: t("Écrire") }];
    case "no_date":
      return [{ ...clean, title: t("La date n’est pas fixée"), text: "", passage: "tete", target: "r-date" }];
    case "no_decision":
      return [{ ...clean, title: t("Aucune décision"), text: t("Est-ce bien le cas\u202f?"), passage: "decisions", target: "r-decisions", go: t("Ajouter"), leave: t("C’est exact") }];
    case "action_without_who":
      return [{ ...clean, title: tn("{n} action sans responsable", "{n} actions sans responsable", n), text: action ? quoted(action.what) : "", passage: "actions", target: `who-${first}` }];
    case "action_without_when":
      return [{ ...clean, title: tn("{n} action sans échéance", "{n} actions sans échéance", n), text: action ? quoted(action.what) : "", passage: "actions", target: `when-${first}` }];
    case "cluster_untitled":
      return [{ ...clean, title: tn("{n} groupe de notes sans titre", "{n} groupes de notes sans titre", n), passage: "tableaux", target: `cluster-${first}` }];
    case "round_not_shown":
      return [{ ...clean, title: tn("{n} résultat de vote n’a pas été montré", "{n} résultats de vote n’ont pas été montrés", n), text: t("Il ne figurera pas au compte rendu."), passage: "etapes", target: `round-${first}`, leave: t("Laisser ainsi") }];
    case "notes_aside":
      return [{ ...clean, title: tn("{n} note écartée n’y figurera pas", "{n} notes écartées n’y figureront pas", n), passage: "ecartees", target: "r-ecartees", leave: t("C’est voulu") }];
    case "notes_unrevealed":
      return [{ ...clean, title: tn("{n} note jamais révélée n’y figurera pas", "{n} notes jamais révélées n’y figureront pas", n), text: t("Une note non révélée reste à qui l’a écrite."), passage: "", target: "", go: "", leave: t("Compris") }];
    case "share_under_half":
      return [{ ...clean, title: t("Moins de la moitié du temps a été collaborative"), text: t("Le compte rendu le dira."), passage: "", target: "", go: "", leave: t("Compris") }];
    case "step_without_takeaway":
      return gap.ids.map((id) => ({
        ...clean, key: `takeaway:${id}`, title: t("Pas de synthèse pour «\u00a0{step}\u00a0»", { step: report.steps.find((one) => one.id === id)?.title ?? "" }),
        text: t("Deux phrases suffisent."), passage: `etape-${id}`, target: `takeaway-${id}`, go: t("Écrire"), leave: t("Laisser vide"),
      }));
    default:
      return [];
  }
}

/** What was left on purpose, remembered by this browser. @param {string} session @returns {[Set<string>, (key: string) => void]} */
export function useLeft(session) {
  const place = `pdc:relire:${session}`;
  const [left, setLeft] = useState(() => {
    try {
      return new Set(/** @type {string[]} */ (JSON.parse(localStorage.getItem(place) ?? "[]")));
    } catch {
      return new Set(/** @type {string[]} */ ([]));
    }
  });
  const leave = (/** @type {string} */ key) => {
    const next = new Set([...left, key]);
    setLeft(next);
    try {
      localStorage.setItem(place, JSON.stringify([...next]));
    } catch {
      // Storage refused: the point comes back with the next visit.
    }
  };
  return [left, leave];
}

/** @param {{points: Point[], leave: (key: string) => void}} props */
export function Points({ points, leave }) {
  const title = points.length > 0 ? tn("{n} point à compléter", "{n} points à compléter", points.length) : t("Rien ne manque");
  return html`<section class="review-points" aria-labelledby="r-points" id="points" tabindex="-1">
    <h2 id="r-points">${title}</h2>
    ${points.length === 0 ? html`<p class="muted">${t("Relisez une fois du début à la fin, puis archivez.")}</p>` : null}
    <ul role="list">${points.map((point) => html`<li key=${point.key} class="review-point">
      <${Icon} name="triangle-alert" />
      <div>
        <h3>${point.title}</h3>
        ${point.text ? html`<p class="small muted">${point.text}</p>` : null}
        <p class="row">
          ${point.leave ? html`<button type="button" class="button" onClick=${() => leave(point.key)}>${point.leave}<span class="visually-hidden"> (${point.title})</span></button>` : null}
          ${point.go ? html`<button type="button" class="button" onClick=${() => goTo(point.target)}>${point.go}<span class="visually-hidden"> (${point.title})</span></button>` : null}
        </p>
      </div></li>`)}</ul>
  </section>`;
}
