/**
 * « Qui est là »: the heads before a shared device, more or fewer at any time, each with a letter, and a name and a service
 * for the attendance if wanted. Who came from a device of their own is named as such.
 *
 * Exports: WhoIsHere, occupantsOf, guestsOf, useGuests, personName, Letter, AuthorChoice.
 * @module
 */
import { setHeads } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { html, useEffect, useId, useRef } from "../../vendor/ui.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Occupant} Occupant */

/** @param {Live} live @returns {Occupant[]} those here, in the order of their letters */
export const occupantsOf = (live) =>
  live.store.all("occupant").filter((one) => one.seat === live.seat.value?.id && !one.gone)
    .sort((a, b) => a.letter.length - b.letter.length || (a.letter < b.letter ? -1 : 1));

/** @param {Live} live @returns {Occupant[]} those who came from a device of their own, that let them down */
export const guestsOf = (live) => occupantsOf(live).filter((one) => one.person !== "");

/** Says who comes to this device, or goes back to their own. @param {Live} live */
export function useGuests(live) {
  const guests = guestsOf(live);
  const before = useRef(guests);
  useEffect(() => {
    /** @param {Occupant[]} some @param {Occupant[]} others */
    const names = (some, others) => some.filter((one) => !others.some((other) => other.id === one.id)).map(personName);
    for (const name of names(guests, before.current)) live.announcer.say(t("{name} vous rejoint sur cet appareil.", { name }));
    for (const name of names(before.current, guests)) live.announcer.say(t("{name} reprend son propre appareil.", { name }));
    before.current = guests;
  }, [guests.map((one) => one.id).join()]);
}

/** A letter stays with its person; a place in the list would not. @param {Occupant} one @returns {string} */
export const personName = (one) => one.name || t("Personne {letter}", { letter: one.letter });

/** @param {{of: Occupant}} props the person's letter, in a circle */
export const Letter = ({ of }) => html`<span class="letter" aria-hidden="true">${of.letter}</span>`;

/** Dialogs come with the first touch: the step's work does not wait for them. @param {Live} live @param {(names: typeof import("./names.js")) => void} then */
function withNames(live, then) {
  import("./names.js").then(then, () => live.announcer.say(t("Cette partie de la page n’a pas pu être chargée.")));
}

/** @param {{live: Live}} props */
export function WhoIsHere({ live }) {
  const seat = live.seat.value;
  const here = occupantsOf(live);
  const heads = seat?.heads ?? here.length;
  /** @param {number} next */
  const set = (next) => {
    if (!seat || next < 1) return;
    if (next < heads && here.length > 0 && here.every((one) => one.name !== "")) return withNames(live, ({ askWhoLeaves }) => askWhoLeaves(live));
    void live.send(setHeads({ seat: seat.id, heads: next })).outcome.then(({ done }) => {
      if (done) live.announcer.say(tn("{n} personne devant cet appareil.", "{n} personnes devant cet appareil.", next));
    });
  };
  const named = here.some((one) => one.name !== "");
  return html`<section class="who" aria-labelledby="who">
    <h2 id="who">${t("Qui est là")}</h2>
    <div class="heads" role="group" aria-label=${t("Nombre de personnes")}>
      <button type="button" class="button head-step" aria-label=${t("Une personne de moins")} aria-disabled=${heads <= 1} onClick=${() => set(heads - 1)}><${Icon} name="minus" /></button>
      <p class="heads-count numeric" aria-live="off">${heads}<span class="visually-hidden"> ${heads >= 2 ? t("personnes") : t("personne")}</span></p>
      <button type="button" class="button head-step" aria-label=${t("Une personne de plus")} onClick=${() => set(heads + 1)}><${Icon} name="plus" /></button>
    </div>
    <p class="small muted">${t("Chaque personne votera à son tour.")}</p>
    <ul role="list" class="occupants">${here.map((one) => html`<${Person} key=${one.id} live=${live} one=${one} />`)}</ul>
    <p class="small muted">${named ? t("Noms et services\u00a0: pour la liste de présence.") : t("Les noms sont facultatifs.")}</p>
  </section>`;
}

/** @param {{live: Live, one: Occupant}} props */
function Person({ live, one }) {
  const about = [one.service, one.person && t("vient de son propre appareil")].filter(Boolean).join(", ");
  return html`<li class="occupant"><${Letter} of=${one} />
    <span class=${one.name ? "grow" : "grow muted"}><span>${personName(one)}</span>${about && html`<span class="small muted">${about}</span>`}</span>
    <button type="button" class="button quiet icon-only" aria-label=${one.name ? t("Changer le nom de {name}", { name: one.name }) : t("Nommer la personne {letter}", { letter: one.letter })}
      onClick=${() => withNames(live, ({ openNames }) => openNames(live, one.id))}><${Icon} name="pencil" /></button></li>`;
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
    ${here.map((one) => chip(one.id, html`<${Letter} of=${one} />${one.name && html`<span class="person-name">${one.name}</span>`}`, personName(one)))}</fieldset>`;
}
