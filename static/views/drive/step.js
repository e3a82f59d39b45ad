/**
 * The head of the current step: title, instruction, the timer and its tools, the line of elapsed time.
 *
 * Exports: StepHead({live, size}).
 * @module
 */
import { html, useEffect, useRef } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { blocks, currentBlock, openRound, session } from "../../core/selectors.js";
import { clockTime, countdown, spoken } from "../../core/words.js";
import { groupsStage } from "../groups/moment.js";
import { Icon } from "../icon.js";
import { TimerLine, timerWords, useTimer } from "../timer.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live @returns {{title: string, text: string, timed: boolean}} */
function words(live) {
  const state = session(live.store);
  const block = currentBlock(live.store);
  switch (state?.status) {
    case "preparing":
      return { title: t("En préparation"), text: t("Les liens fonctionnent déjà\u00a0: chacun voit que son appareil est prêt. Ouvrez quand tout le monde est là."), timed: false };
    case "open":
      break;
    case "closing":
    case "closed":
      return { title: t("Atelier archivé"), text: t("Plus rien ne change ici. Le compte rendu et les dossiers sont dans l’archive."), timed: false };
    default:
      return { title: t("Atelier terminé"), text: t("Les participants sont remerciés et n’écrivent plus. Relisez le compte rendu, corrigez-le, puis archivez."), timed: false };
  }
  if (block && groupsStage(live).stage === "draft") return { title: block.title, text: t("Voici les sous-groupes proposés. Seule l’animation les voit, jusqu’à l’envoi."), timed: true };
  const round = block?.round ? openRound(live.store, block.id) : undefined;
  if (!block || !round || round.status === "open") {
    return { title: block?.title ?? t("Prêt à commencer"), text: block?.instruction ?? t("Choisissez une étape dans le déroulé, ou commencez par la première."), timed: Boolean(block) };
  }
  const time = clockTime(round.closed_at, state.timezone);
  const text = round.status === "shown" ? t("Vote clos à {time}. Le résultat est affiché sur tous les écrans.", { time }) : t("Vote clos à {time}. Le résultat n’est visible que de l’animation.", { time });
  return { title: t("{title}\u00a0: le résultat", { title: block.title }), text, timed: true };
}

/** @param {{live: Live, size: import("./drawer.js").Size}} props */
export function StepHead({ live, size }) {
  const state = session(live.store);
  const { title, text, timed } = words(live);
  return html`<header class="step-head">
    ${size === "phone" ? html`<${Place} live=${live} />` : null}
    <div class="step-words">
      <h1 id="step-title" tabIndex="-1">${title}</h1>
      ${text ? html`<p class="muted">${text}</p>` : null}
    </div>
    ${timed ? html`<${TimerTools} live=${live} />` : null}
    ${state?.status === "ended" ? html`<button type="button" class="button" onClick=${() => live.send(ask.resumeSession())}><${Icon} name="undo-2" />${t("Reprendre l’atelier")}</button>` : null}
    <${TimerLine} live=${live} />
  </header>`;
}

/** Where one is in the plan, on a phone. @param {{live: Live}} props */
function Place({ live }) {
  const plan = blocks(live.store);
  const place = plan.findIndex((block) => block.id === currentBlock(live.store)?.id);
  if (place < 0 || session(live.store)?.status !== "open") return null;
  const next = plan[place + 1];
  return html`<p class="drive-place small muted"><span class="nowrap">${t("Étape {n} sur {total}", { n: place + 1, total: plan.length })}</span>${next ? html`<span>${t("ensuite\u00a0: {title}", { title: next.title })}</span>` : null}</p>`;
}

/** One sentence, once, when the last minute begins. @param {Live} live @param {import("../timer.js").Reading|null} reading */
function useWarning(live, reading) {
  const before = useRef(0);
  useEffect(() => {
    const left = reading?.running ? reading.left : 0;
    if (left > 0 && left <= 60_000 && before.current > 60_000) live.announcer.say(t("Encore une minute."));
    before.current = left;
  });
}

/** @param {{live: Live}} props */
function TimerTools({ live }) {
  const reading = useTimer(live);
  useWarning(live, reading);
  const send = (/** @type {import("../../core/types.js").Command} */ command) => () => void live.send(command);
  if (!reading) {
    return html`<div class="step-timer idle"><button type="button" class="button" onClick=${send(ask.startTimer())}><${Icon} name="play" />${t("Lancer le minuteur")}</button></div>`;
  }
  const said = timerWords(reading);
  const over = reading.level === "over";
  const hold = reading.running
    ? html`<button type="button" class="button" onClick=${send(ask.pauseTimer())}><${Icon} name="pause" />${t("Pause")}</button>`
    : html`<button type="button" class="button" onClick=${send(ask.resumeTimer())}><${Icon} name="play" />${t("Reprendre")}</button>`;
  return html`<div class="step-timer ${reading.level}">
    <p class="step-count" data-long=${countdown(reading.left).length > 4}><span class="numeric" aria-hidden="true">${countdown(reading.left)}</span>
      <span class="visually-hidden">${t("Temps restant\u00a0: {time}", { time: spoken(reading.left) })}</span></p>
    <div class="step-buttons">
      ${over ? null : hold}
      ${over ? null : html`<button type="button" class="button" onClick=${send(ask.adjustTimer({ seconds: -60 }))}>${t("−1\u00a0min")}</button>`}
      <button type="button" class="button" onClick=${send(ask.adjustTimer({ seconds: 60 }))}>${t("+1\u00a0min")}</button>
      <button type="button" class="button quiet step-stop" onClick=${send(ask.stopTimer())}>${t("Arrêter")}<span class="visually-hidden"> ${t("le minuteur")}</span></button>
    </div>
    ${said ? html`<p class="small step-words-timer">${said}</p>` : null}
  </div>`;
}
