/**
 * « Qui est là »: the heads before a shared device, more or fewer at any time, each with a letter and a name if wanted.
 *
 * Exports: WhoIsHere, occupantsOf, personName, Letter, AuthorChoice.
 * @module
 */
import { dismissOccupant, nameOccupant, setHeads } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { html, useEffect, useId, useRef, useState } from "../../vendor/ui.js";
import { Dialog } from "../dialog.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Occupant} Occupant */

/** @param {Live} live @returns {Occupant[]} those here, in the order of their letters */
export const occupantsOf = (live) =>
  live.store.all("occupant").filter((one) => one.seat === live.seat.value?.id && !one.gone)
    .sort((a, b) => a.letter.length - b.letter.length || (a.letter < b.letter ? -1 : 1));

/** @param {Occupant} one @param {number} i place from 0 @returns {string} */
export const personName = (one, i) => one.name || t("Personne {n}", { n: i + 1 });

/** @param {{of: Occupant}} props the person's letter, in a circle */
export const Letter = ({ of }) => html`<span class="letter" aria-hidden="true">${of.letter}</span>`;

/** @param {{live: Live}} props */
export function WhoIsHere({ live }) {
  const seat = live.seat.value;
  const here = occupantsOf(live);
  const [asking, setAsking] = useState(false);
  const heads = seat?.heads ?? here.length;
  /** @param {number} next */
  const set = (next) => {
    if (!seat) return;
    if (next < heads && here.length > 0 && here.every((one) => one.name !== "")) return setAsking(true);
    void live.send(setHeads({ seat: seat.id, heads: next })).outcome.then(({ done }) => {
      if (done) live.announcer.say(tn("{n} personne devant cet appareil.", "{n} personnes devant cet appareil.", next));
    });
  };
  /** @param {Occupant} one */
  const leave = (one) => {
    setAsking(false);
    live.send(dismissOccupant({ occupant: one.id }));
    live.announcer.say(t("{name} n’est plus compté ici. Ses notes restent.", { name: one.name || one.letter }));
  };
  return html`<section class="who" aria-labelledby="who">
    <h2 id="who">${t("Qui est là")}</h2>
    <div class="heads" role="group" aria-label=${t("Nombre de personnes")}>
      <button type="button" class="button head-step" aria-label=${t("Une personne de moins")} aria-disabled=${heads <= 1} onClick=${() => heads > 1 && set(heads - 1)}><${Icon} name="minus" /></button>
      <p class="heads-count numeric" aria-live="off">${heads}<span class="visually-hidden"> ${heads >= 2 ? t("personnes") : t("personne")}</span></p>
      <button type="button" class="button head-step" aria-label=${t("Une personne de plus")} onClick=${() => set(heads + 1)}><${Icon} name="plus" /></button>
    </div>
    <p class="small muted">${t("Chaque personne votera à son tour.")}</p>
    <ul role="list" class="occupants">${here.map((one, i) => html`<${Person} key=${one.id} live=${live} one=${one} i=${i} />`)}</ul>
    <p class="small muted">${t("Les noms sont facultatifs.")}</p>
    ${asking && html`<${Dialog} title=${t("Qui s’en va\u00a0?")} onClose=${() => setAsking(false)}>
      <ul role="list" class="stack">${here.map((one, i) => html`<li key=${one.id}><button type="button" class="button block large" onClick=${() => leave(one)}><${Letter} of=${one} />${personName(one, i)}</button></li>`)}</ul>
    </${Dialog}>`}
  </section>`;
}

/** @param {{live: Live, one: Occupant, i: number}} props */
function Person({ live, one, i }) {
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState(one.name);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  const pencil = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const id = useId();
  useEffect(() => {
    if (naming) field.current?.select();
  }, [naming]);
  const leave = () => {
    setNaming(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    if (name.trim() !== one.name) live.send(nameOccupant({ occupant: one.id, name: name.trim() }));
    leave();
  };
  if (naming) {
    return html`<li class="occupant"><${Letter} of=${one} /><form class="row grow" onSubmit=${save} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && leave()}>
      <label class="visually-hidden" for=${id}>${t("Nom de la personne {letter}", { letter: one.letter })}</label>
      <input id=${id} ref=${field} class="grow" type="text" maxlength="80" autocomplete="off" value=${name} onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} />
      <button type="submit" class="button icon-only" aria-label=${t("Enregistrer ce nom")}><${Icon} name="check" /></button></form></li>`;
  }
  return html`<li class="occupant"><${Letter} of=${one} /><span class=${one.name ? "grow" : "grow muted"}>${personName(one, i)}</span>
    <button type="button" ref=${pencil} class="button quiet icon-only" aria-label=${one.name ? t("Changer le nom de {name}", { name: one.name }) : t("Nommer la personne {letter}", { letter: one.letter })}
      onClick=${() => { setName(one.name); setNaming(true); }}><${Icon} name="pencil" /></button></li>`;
}

/** « De la part de »: whose note is being typed. @param {{live: Live, occupant: string, choose: (id: string) => void}} props */
export function AuthorChoice({ live, occupant, choose }) {
  const here = occupantsOf(live);
  const id = useId();
  const chosen = here.some((one) => one.id === occupant) ? occupant : "";
  /** @param {string} value @param {any} words @param {string} [label] */
  const chip = (value, words, label) => html`<label key=${value} class=${value === chosen ? "chip person selected" : "chip person"}>
    <input type="radio" name=${id} checked=${value === chosen} aria-label=${label} onChange=${() => choose(value)} />${words}</label>`;
  if (here.length < 2) return null;
  return html`<fieldset class="author-choice"><legend>${t("De la part de")}</legend>
    ${chip("", t("Toute la table"))}
    ${here.map((one, i) => chip(one.id, html`<${Letter} of=${one} />${one.name && html`<span>${one.name}</span>`}`, personName(one, i)))}</fieldset>`;
}
