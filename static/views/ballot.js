/**
 * One head's answer to a round: dots on a list of targets, or one level of a scale with an open comment.
 * Controlled: the caller holds the marks and says what a touch does.
 *
 * Exports: DotsBallot, DotsLeft, ScaleBallot, dotsLeft, voteRule, levelTitle.
 * @module
 */
import { t, tn } from "../core/i18n.js";
import { sorted } from "../core/words.js";
import { html, useId, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../core/types.js").Round} Round */
/** @typedef {import("../core/types.js").Option} Option */
/** @typedef {Record<string, number>} Marks dots by option id */

/** @param {Round} round @param {Marks} marks */
export const dotsLeft = (round, marks) => round.budget - Object.values(marks).reduce((sum, dots) => sum + dots, 0);

/** @param {Round} round @returns {string} « Trois gommettes, deux au plus par sujet. Vote secret. » */
export function voteRule(round) {
  const said = [tn("{n} gommette", "{n} gommettes", round.budget)];
  if (round.cap < round.budget) said.push(t("{n} au plus par sujet", { n: round.cap }));
  return `${said.join(", ")}. ${round.secret ? t("Vote secret.") : ""}`.trim();
}

/** @param {string} title @returns {string} a level without the figure that is drawn beside it: « Utile » for « 4. Utile » */
export const levelTitle = (title) => title.replace(/^\d+\s*[.):–-]\s*/, "");

/** @param {number} dots @param {number} cap */
function dotsSaid(dots, cap) {
  if (dots === 0) return t("Aucune gommette");
  if (dots < cap) return tn("{n} gommette", "{n} gommettes", dots);
  return tn("{n} gommette, le\u00a0maximum", "{n} gommettes, le\u00a0maximum", dots);
}

/** @param {string} title @param {number} dots @param {number} left */
function controlName(title, dots, left) {
  const has = dots === 0 ? t("aucune gommette") : tn("{n} gommette", "{n} gommettes", dots);
  return t("{title}\u00a0: {has}, {left}", { title, has, left: leftSaid(left).toLowerCase() });
}

/** @param {number} left */
const leftSaid = (left) => (left === 0 ? t("Il ne vous en reste plus") : t("Il vous en reste {n}", { n: left }));

/**
 * @param {{round: Round, marks: Marks, onChange: (marks: Marks) => void, notesBehind?: (option: Option) => string[],
 *   own?: (option: Option) => boolean}} props `notesBehind` gives the texts to read under a target; `own` says which
 *   targets are one's own idea, when the round forbids them
 */
export function DotsBallot({ round, marks, onChange, notesBehind, own }) {
  const left = dotsLeft(round, marks);
  const list = useRef(/** @type {HTMLUListElement|null} */ (null));
  const [touched, setTouched] = useState(/** @type {{option: string, side: string}|null} */ (null));
  useLayoutEffect(() => {
    if (!touched || !list.current) return;
    const row = [...list.current.children].find((child) => child.getAttribute("data-option") === touched.option);
    const same = row?.querySelector(`[data-side="${touched.side}"]`);
    if (row && !same) /** @type {HTMLElement|null} */ (row.querySelector("[data-side]"))?.focus();
    setTouched(null);
  }, [touched, left]);

  /** @param {Option} option @param {number} step */
  const touch = (option, step) => {
    const dots = (marks[option.id] ?? 0) + step;
    const { [option.id]: _before, ...others } = marks;
    setTouched({ option: option.id, side: step > 0 ? "more" : "less" });
    onChange(dots > 0 ? { ...others, [option.id]: dots } : others);
  };
  return html`<ul role="list" class="targets" ref=${list}>
    ${sorted(round.options, (option) => option.title).map((option) => html`<${Target} key=${option.id} round=${round} option=${option}
      dots=${marks[option.id] ?? 0} left=${left} forbidden=${!round.own && own?.(option)} texts=${notesBehind?.(option) ?? []} touch=${touch} />`)}
  </ul>`;
}

/** @param {{round: Round, option: Option, dots: number, left: number, forbidden?: boolean, texts: string[],
 *   touch: (option: Option, step: number) => void}} props */
function Target({ round, option, dots, left, forbidden, texts, touch }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const name = controlName(option.title, dots, left);
  const readable = texts.length > 0 && !(texts.length === 1 && texts[0] === option.title);
  return html`<li class="target" data-option=${option.id} data-chosen=${dots > 0}>
    <h3 class="target-title" id=${`${id}-t`}>${option.title}</h3>
    <div class="target-said">
      <p class=${dots > 0 ? "small strong" : "small"}>${forbidden ? t("Votre idée\u00a0: pas de gommette sur elle dans ce vote") : dotsSaid(dots, round.cap)}</p>
      ${readable && html`<button type="button" class="link" aria-expanded=${open} aria-controls=${id} onClick=${() => setOpen(!open)}>
        ${open ? t("Refermer") : tn("Lire la note", "Lire les {n} notes", texts.length)}<span class="visually-hidden"> (${option.title})</span></button>`}
    </div>
    ${!forbidden && html`<div class="target-dots" role="group" aria-labelledby=${`${id}-t`}>
      ${dots > 0 ? html`<button key="less" type="button" class="button step" data-side="less" aria-label=${`${name}. ${t("Retirer")}`}
        onClick=${() => touch(option, -1)}><${Icon} name="minus" /></button>` : html`<span key="no-less" class="step-place"></span>`}
      <span key="slots" class="slots" aria-hidden="true">${Array.from({ length: round.cap }, (_, i) => html`<span key=${i} class="dot" data-full=${i < dots}></span>`)}</span>
      ${dots < round.cap && left > 0 ? html`<button key="more" type="button" class="button step" data-side="more" aria-label=${`${name}. ${t("Ajouter")}`}
        onClick=${() => touch(option, 1)}><${Icon} name="plus" /></button>` : html`<span key="no-more" class="step-place"></span>`}
    </div>`}
    ${readable && html`<ul role="list" class="target-notes" id=${id} hidden=${!open}>${texts.map((text, i) => html`<li key=${i} class="note">${text}</li>`)}</ul>`}
  </li>`;
}

/** The dots still in hand, drawn and said. @param {{round: Round, marks: Marks}} props */
export function DotsLeft({ round, marks }) {
  const left = dotsLeft(round, marks);
  return html`<p class="dots-left"><strong>${left === 0 ? t("Gommettes toutes placées") : tn("Il vous reste {n} gommette", "Il vous reste {n} gommettes", left)}</strong>
    <span class="slots" aria-hidden="true">${Array.from({ length: round.budget }, (_, i) => html`<span key=${i} class="dot" data-full=${i < left}></span>`)}</span></p>`;
}

/**
 * @param {{round: Round, marks: Marks, comment: string, onChoose: (marks: Marks) => void, onComment: (comment: string) => void,
 *   onLeave?: () => void}} props `onLeave` when the comment's field is left: the time to save it
 */
export function ScaleBallot({ round, marks, comment, onChoose, onComment, onLeave }) {
  const id = useId();
  const levels = round.options.map((option, i) => ({ option, level: i + 1 })).reverse();
  return html`<div class="scale">
    <fieldset class="scale-levels"><legend class="visually-hidden">${round.question}</legend>
      ${levels.map(({ option, level }) => html`<label key=${option.id} class=${(marks[option.id] ?? 0) > 0 ? "level selected" : "level"}>
        <input type="radio" name=${id} value=${option.id} checked=${(marks[option.id] ?? 0) > 0} onChange=${() => onChoose({ [option.id]: 1 })} />
        <span class="scale-level numeric">${level}</span><span>${levelTitle(option.title)}</span></label>`)}
    </fieldset>
    ${round.comment && html`<div class="field"><label for=${`${id}-c`}>${t("Un commentaire, si vous voulez")}</label>
      <textarea id=${`${id}-c`} rows="3" value=${comment} aria-describedby=${`${id}-h`} onBlur=${onLeave}
        onInput=${(/** @type {any} */ event) => onComment(event.currentTarget.value)}></textarea>
      <span class="hint" id=${`${id}-h`}>${t("Il sera lu par tout le monde et figurera au compte rendu, sans votre nom.")}</span></div>`}
  </div>`;
}
