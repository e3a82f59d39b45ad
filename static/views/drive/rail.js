/**
 * The plan beside the board: done, current and coming steps, real minutes against planned, the new end time.
 *
 * Exports: Rail({live, now, onEnter}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { blocks, currentBlock, session } from "../../core/selectors.js";
import { clockTime, percent } from "../../core/words.js";
import { Icon } from "../icon.js";
import { LegalLinks } from "../legal.js";
import { pace, share } from "./pace.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live, now: number, onEnter: (block: import("../../core/types.js").Block) => void}} props */
export function Rail({ live, now, onEnter }) {
  const state = session(live.store);
  const plan = blocks(live.store);
  if (!state) return null;
  const { steps, end, planned, late } = pace(plan, state, now);
  const zone = state.timezone;
  return html`<nav class="rail" aria-label=${t("Déroulé")}>
    <div class="rail-head">
      <h2 class="overline">${t("Déroulé")}</h2>
      ${plan.length ? html`<p class="rail-end">${state.ended_at ? t("Terminé à {time}", { time: clockTime(end, zone) }) : t("Fin prévue à {time}", { time: clockTime(end, zone) })}</p>` : null}
      ${late >= 1 ? html`<p class="small late">${t("{n}\u00a0min de retard sur {time}", { n: late, time: clockTime(planned, zone) })}</p>` : null}
      ${late <= -1 && !state.ended_at ? html`<p class="small muted">${t("{n}\u00a0min d’avance sur {time}", { n: -late, time: clockTime(planned, zone) })}</p>` : null}
    </div>
    ${plan.length ? html`<p class="rail-unit small muted" aria-hidden="true">${t("minutes")}</p>` : html`<p class="muted rail-empty">${t("Aucune étape. Ajoutez-en dans la préparation.")}</p>`}
    <ol class="rail-steps" role="list">
      ${steps.map((step) => html`<${Step} key=${step.block.id} step=${step} zone=${zone} onEnter=${onEnter} open=${state.status === "open"} />`)}
    </ol>
    <${Script} live=${live} />
    <${Share} value=${share(plan)} />
    <${LegalLinks} live=${live} />
  </nav>`;
}

/** @param {{step: import("./pace.js").Step, zone: string, open: boolean, onEnter: (block: import("../../core/types.js").Block) => void}} props */
function Step({ step, zone, open, onEnter }) {
  const { block, real, start, over, passed } = step;
  const current = open && block.status === "current";
  const done = block.status === "done" || (!open && block.status === "current");
  const minutes = done || over ? Math.max(1, Math.round(real / 60_000)) : block.minutes;
  const said = [
    block.title,
    passed ? t("étape passée") : done ? t("étape faite, {n} minutes", { n: minutes }) : current ? t("étape en cours, {n} minutes prévues", { n: block.minutes }) : t("à {time}, {n} minutes", { time: clockTime(start, zone), n: block.minutes }),
    over ? t("prévu {n}\u00a0min", { n: block.minutes }) : "",
  ].filter(Boolean).join(", ");
  const inside = html`
    <span class="rail-mark" aria-hidden="true">${done ? html`<${Icon} name="check" small />` : passed ? "" : clockTime(start, zone)}</span>
    <span class="rail-title" aria-hidden="true">${block.title}</span>
    <span class="rail-minutes ${over ? "late" : ""}" aria-hidden="true">${passed ? t("passée") : minutes}</span>
    <span class="visually-hidden">${said}</span>`;
  const look = `rail-step ${current ? "current" : ""} ${done || passed ? "done" : ""}`;
  return html`<li>
    ${current || !open
      ? html`<div class=${look} aria-current=${current ? "step" : undefined}>${inside}</div>`
      : html`<button type="button" class=${look} title=${t("Aller à cette étape")} onClick=${() => onEnter(block)}>${inside}</button>`}
  </li>`;
}

/** What only the facilitators read. @param {{live: Live}} props */
function Script({ live }) {
  const script = live.store.get("script", currentBlock(live.store)?.id ?? "");
  if (!script) return null;
  return html`<section class="rail-script" aria-label=${t("Pour l’animation")}>
    <h3 class="overline"><${Icon} name="lock" small />${t("Pour l’animation")}</h3>
    <p class="small">${script.text}</p>
  </section>`;
}

/** @param {{value: number}} props the collaborative share, against its 50 % */
export function Share({ value }) {
  return html`<div class="share ${value < 0.5 ? "short" : ""}">
    <p class="small"><strong>${percent(value)}</strong> ${t("de temps collaboratif")}</p>
    <svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="share-ground" width="100" height="4" /><rect class="share-done" width=${Math.round(value * 100)} height="4" /><rect class="share-mark" x="49.6" width="0.8" height="4" />
    </svg>
    <p class="small muted share-goal">${value < 0.5 ? t("en dessous de l’objectif de 50\u00a0%") : t("objectif 50\u00a0%")}</p>
  </div>`;
}
