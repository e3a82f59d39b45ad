/**
 * Where a note is written: zone, tints where they mean something, text, who sees it, « Poser la note ». The field
 * keeps the focus and the zone from one note to the next; what is being written survives a reload and a change of
 * step. Late text is kept and offered.
 *
 * Exports: Composer, hasDraft, useAim, useWaitingText, linesOf, MOST, AT_ONCE.
 * @module
 */
import { addNotes, proposeNote } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { currentBlock, currentBoard, myGroup, tintsOf, zonesOf } from "../../core/selectors.js";
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { copyText } from "./copy.js";
import { codePoints, trustOf, useWriting, zoneWords } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{zone: string, title: string, tint: import("../../core/types.js").Tint, block: string, board: string, occupant: string}} Where
 *   zone and title of the chosen zone, block and board in which the text was begun */

/** @type {Where} */
const NOWHERE = { zone: "", title: "", tint: "", block: "", board: "", occupant: "" };

export const MOST = 500;
const COUNT_FROM = 400;
export const AT_ONCE = 60;
const TEXT = "compose";
const WHERE = "compose:where";

/** @param {Live} live whether something is being written */
export const hasDraft = (live) => live.drafts.get(TEXT).trim() !== "";

/** @param {Live} live @returns {Where} */
function keptWhere(live) {
  try {
    return { ...NOWHERE, ...JSON.parse(live.drafts.get(WHERE) || "{}") };
  } catch {
    return NOWHERE;
  }
}

/** @param {string} text @returns {string[]} one idea per line, without the bullets of a list */
export const linesOf = (text) => text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[-–—•*·]|\d{1,2}[.)])\s+/, "").trim()).filter(Boolean);

/** A hint is forgotten after a while: said again meanwhile (ms). */
const HINT_EVERY = 4000;

/** Tells the server, and nobody else, that a text waits in the current step. @param {Live} live @param {string} block id, "" while none waits */
export function useWaitingText(live, block) {
  useEffect(() => {
    if (block === "") return undefined;
    const say = () => live.hint(block, "writing");
    const again = setInterval(say, HINT_EVERY);
    say();
    return () => {
      clearInterval(again);
      live.hint(block, "idle");
    };
  }, [block]);
}

/** As after a step: a text sent in the moment of the recall still gets to the group (ms). */
const GRACE = 3000;

/**
 * Where a text goes: on the board of one's group at work; else on that of the step in which it was begun. What was begun in
 * a group that works no more is `recalled`: it was written for a few, so it goes nowhere else by itself.
 * @param {Live} live @param {Where} where @param {string} begun block id
 */
export function useAim(live, where, begun) {
  const [, turn] = useState(0);
  const group = myGroup(live.store);
  const before = live.store.get("board", where.board);
  const left = begun === where.block && before?.group && before.group !== group?.id ? before : undefined;
  const ended = live.store.get("partition", live.store.get("group", left?.group ?? "")?.partition ?? "")?.ended_at ?? 0;
  const grace = left && !group ? ended + GRACE - live.clock.now() : 0;
  useEffect(() => {
    if (grace <= 0) return undefined;
    const timer = setTimeout(() => turn((n) => n + 1), grace + 20);
    return () => clearTimeout(timer);
  });
  const own = group || left ? undefined : live.store.get("board", live.store.get("block", begun)?.board ?? "");
  return { board: (grace > 0 ? left : own) ?? currentBoard(live.store), recalled: left !== undefined && grace <= 0, apart: group !== undefined || grace > 0 };
}

/**
 * @param {{live: Live, glosses?: boolean, trust?: string, people?: (where: {occupant: string, choose: (id: string) => void}) => any,
 *   onWrite?: () => void, onDraft?: (some: boolean) => void}} props
 *   `glosses` writes what each zone is for; `trust` replaces the sentence on who sees a note; `people` draws the choice of a
 *   person before a shared device; `onWrite` when writing begins; `onDraft` when there comes or goes something to keep
 */
export function Composer({ live, glosses = false, trust, people, onWrite, onDraft }) {
  const [text, setText] = useState(() => live.drafts.get(TEXT));
  const [where, setWhere] = useState(() => keptWhere(live));
  const [pasted, setPasted] = useState(false);
  const [empty, setEmpty] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const id = useId();
  const block = currentBlock(live.store);
  const begun = text.trim() !== "" && where.block ? where.block : block?.id ?? "";
  const state = useWriting(live, begun);
  const { board, recalled, apart } = useAim(live, where, text.trim() === "" ? "" : begun);
  const zones = board ? zonesOf(live.store, board.id) : [];
  // A group's copy of the board has zones of its own, with the same titles.
  const zone = zones.find((one) => one.id === where.zone) ?? zones.find((one) => one.title === where.title) ?? zones[0];
  const tints = tintsOf(board);
  const tint = tints.some((one) => one.tint === where.tint) ? where.tint : "";
  const length = codePoints(text);
  const lines = pasted ? linesOf(text) : [];

  useLayoutEffect(() => grow(field.current), [text]);
  useEffect(() => onDraft?.(text.trim() !== ""), [text.trim() !== ""]);

  /** @param {Partial<Where>} some */
  const place = (some) => {
    const next = { ...where, ...some };
    setWhere(next);
    live.drafts.set(WHERE, JSON.stringify(next));
  };
  /** @param {string} next */
  const write = (next) => {
    if (text.trim() === "" && next.trim() !== "") {
      place({ block: block?.id ?? "", board: currentBoard(live.store)?.id ?? "" });
      onWrite?.();
    }
    setText(next);
    setEmpty(false);
    if (next.trim() === "") setPasted(false);
    live.drafts.set(TEXT, next);
  };
  const done = () => {
    setText("");
    setPasted(false);
    live.drafts.clear(TEXT);
    field.current?.focus();
  };
  /** @param {string[]} texts */
  const put = (texts) => {
    if (!board) return;
    const person = live.store.get("occupant", where.occupant);
    const one = { zone: zone?.id ?? "", tint, ...(person && !person.gone ? { occupant: person.id } : {}) };
    for (let i = 0; i < texts.length; i += AT_ONCE) {
      live.send(addNotes({ board: board.id, block: begun, notes: texts.slice(i, i + AT_ONCE).map((said) => ({ text: said, ...one })) }));
    }
    live.announcer.say(zone
      ? tn("Note posée dans {zone}.", "{n} notes posées dans {zone}.", texts.length, { zone: zoneWords(zone.title).name })
      : tn("Note posée.", "{n} notes posées.", texts.length));
    done();
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (text.trim() === "") {
      setEmpty(true);
      field.current?.focus();
    } else if (length <= MOST) put([text.trim()]);
  };
  const propose = () => {
    if (board) live.send(proposeNote({ board: board.id, zone: zone?.id ?? "", text: text.trim() }));
    live.announcer.say(t("Votre texte est proposé à l’animation."));
    done();
  };
  const told = trustOf(live.store.get("block", begun), apart);
  const late = state === "closed" || state === "locked";
  const shut = late || recalled;
  useWaitingText(live, text.trim() !== "" && !shut && begun === block?.id ? begun : "");

  return html`<form class="composer" onSubmit=${submit} aria-label=${t("Écrire une note")}>
    ${zones.length > 1 && !shut && html`<fieldset class="zone-chips" data-glosses=${glosses}><legend class="visually-hidden">${t("Où poser la note")}</legend>
      ${zones.map((one, i) => {
        const words = zoneWords(one.title);
        return html`<label key=${i} class=${one.id === zone?.id ? "chip zone-chip selected" : "chip zone-chip"}>
          <input type="radio" name=${`${id}-zone`} checked=${one.id === zone?.id} onChange=${() => place({ zone: one.id, title: one.title })} />
          <span class="zone-name">${one.tint && html`<span class=${`swatch tint-${one.tint}`} aria-hidden="true"></span>`}${words.name}</span>
          ${words.gloss && html`<span class=${glosses ? "zone-gloss" : "visually-hidden"}>${words.gloss}</span>`}
        </label>`;
      })}</fieldset>`}
    ${tints.length > 0 && !shut && html`<fieldset class="tint-chips"><legend class="small muted">${t("Couleur")}</legend>
      ${tints.map((one) => html`<label key=${one.tint} class=${one.tint === tint ? "chip selected" : "chip"}>
        <input type="radio" name=${`${id}-tint`} checked=${one.tint === tint} onChange=${() => place({ tint: one.tint })} />
        <span class=${`swatch tint-${one.tint}`} aria-hidden="true"></span>${one.meaning}<span class="visually-hidden"> (${one.name})</span></label>`)}
    </fieldset>`}
    <label class="visually-hidden" for=${id}>${t("Votre note")}</label>
    <textarea id=${id} ref=${field} class=${`compose-field tint-${tint || zone?.tint || "paille"}`} rows="3" value=${text}
      placeholder=${t("Une idée, en une phrase")} aria-describedby=${`${id}-t ${id}-n`} aria-invalid=${empty || length > MOST}
      aria-keyshortcuts="Control+Enter" enterkeyhint="enter" readonly=${shut}
      onFocus=${() => text === "" && !shut && onWrite?.()}
      onPaste=${(/** @type {ClipboardEvent} */ event) => (event.clipboardData?.getData("text") ?? "").trim().includes("\n") && setPasted(true)}
      onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && !shut && submit(event)}></textarea>
    <p id=${`${id}-n`} class="compose-count">${
      length > MOST ? html`<span class="error">${tn("{n} caractère de trop\u00a0: raccourcissez, ou faites-en deux notes.", "{n} caractères de trop\u00a0: raccourcissez, ou faites-en deux notes.", length - MOST)}</span>`
      : empty ? html`<span class="error">${t("Écrivez au moins un mot.")}</span>`
      : length >= COUNT_FROM ? html`<span class="small muted numeric">${t("{n} sur {most} caractères", { n: length, most: MOST })}</span>` : null}</p>
    <span class="visually-hidden" role="status">${length > MOST ? t("Votre note est trop longue.") : empty ? t("Écrivez au moins un mot.") : length >= COUNT_FROM ? t("Votre note approche de {most} caractères.", { most: MOST }) : ""}</span>
    ${lines.length > 1 && !shut && html`<div class="paste-offer notice"><p>${tn("Vous avez collé {n} ligne.", "Vous avez collé {n} lignes.", lines.length)}</p>
      <div class="row"><button type="button" class="button" disabled=${lines.some((line) => codePoints(line) > MOST)} onClick=${() => put(lines)}>
        ${tn("Faire {n} note, une par ligne", "Faire {n} notes, une par ligne", lines.length)}</button></div></div>`}
    ${!shut && people?.({ occupant: where.occupant, choose: (occupant) => place({ occupant }) })}
    ${shut ? html`<div class="late notice warning" role="status">
      <p id=${`${id}-t`}>${state === "locked" ? t("L’animation a suspendu la saisie. Votre texte est gardé.")
        : recalled ? t("Le travail en sous-groupe est terminé. Votre texte est gardé\u00a0:") : t("Le temps d’écriture est clos. Votre texte est gardé\u00a0:")}</p>
      <div class="row"><button type="button" class="button" onClick=${() => copyText(live, text)}><${Icon} name="copy" />${t("Copier")}</button>
        ${state !== "locked" && html`<button type="button" class="button" onClick=${propose}><${Icon} name="send" />${t("Proposer à l’animation")}</button>`}
        ${!late && html`<button type="button" class="button" onClick=${() => place({ block: block?.id ?? "", board: board?.id ?? "" })}>${apart ? t("Continuer ici") : t("Continuer ici, pour tout le monde")}</button>`}
        ${state !== "locked" && html`<button type="button" class="button quiet" onClick=${done}>${t("Effacer")}</button>`}</div>
    </div>` : html`<div class="compose-foot">
      <p id=${`${id}-t`} class="trust small muted"><${Icon} name=${told.secret ? "eye-off" : "eye"} /><span>${state === "grace" ? t("Le temps d’écriture se termine\u00a0: posez votre note maintenant.") : trust ?? told.words}</span></p>
      <button type="submit" class="button primary large" aria-disabled=${length > MOST}>${t("Poser la note")}</button>
    </div>`}
  </form>`;
}

/** The field grows with its text, to five lines. @param {HTMLTextAreaElement|null} field */
function grow(field) {
  if (!field) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, 168)}px`;
}
