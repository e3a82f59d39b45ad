/**
 * Writing in a note, or in a cluster's title, in place. The text is kept as a draft while it is written. If someone
 * else changes the note meanwhile, this is said; saving then keeps both texts, side by side (the server does it).
 *
 * Exports: createEditor.
 * @module
 */
import * as ask from "../core/commands.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { NOTE_LENGTH, TITLE_LENGTH } from "../views/acts.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */

const HINT_EVERY = 4000;
const COUNTED_FROM = 400;

/** @param {Live} live @param {{closed: (note: string) => void}} options `closed`: the focus goes back to this note, or title's cluster */
export function createEditor(live, { closed }) {
  /** @type {{id: string, finish: (save: boolean) => void}|null} */
  let open = null;

  /** @param {HTMLTextAreaElement|HTMLInputElement} field @param {(save: boolean) => void} finish */
  function keys(field, finish) {
    field.addEventListener("keydown", (event) => {
      const { key, shiftKey, isComposing } = /** @type {KeyboardEvent} */ (event);
      event.stopPropagation();
      if (isComposing) return;
      if (key === "Escape" || (key === "Enter" && !shiftKey)) {
        event.preventDefault();
        finish(key === "Enter");
      }
    });
    field.addEventListener("pointerdown", (event) => event.stopPropagation());
    field.addEventListener("blur", () => finish(true));
  }

  /** @param {Note} note @param {HTMLElement} card */
  function editNote(note, card) {
    if (open) open.finish(true);
    const draft = `note:${note.id}`;
    const field = el("textarea", { class: "editor-field", maxlength: NOTE_LENGTH, "aria-label": t("Texte de la note. Entrée enregistre, Échap annule.") });
    const foot = el("p", { class: "editor-foot", "aria-live": "polite" });
    field.value = live.drafts.get(draft) || note.text;
    const holder = el("div", { class: "board-editor" }, field, foot);
    card.classList.add("editing");
    card.append(holder);

    const grow = () => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
      const left = NOTE_LENGTH - field.value.length;
      foot.textContent = field.value.length >= COUNTED_FROM ? t("{n} caractères restants", { n: left }) : "";
    };
    const hinting = setInterval(() => live.hint(note.id, "editing"), HINT_EVERY);
    live.hint(note.id, "editing");
    field.addEventListener("input", () => {
      live.drafts.set(draft, field.value);
      grow();
    });
    const unwatch = live.store.watch("note", (ids) => {
      const now = live.store.confirmed("note", note.id);
      if (!ids.has(note.id) || now?.edition === note.edition) return;
      foot.textContent = now ? t("Quelqu’un vient de changer cette note. Si vous enregistrez, les deux textes resteront.") : t("Cette note n’est plus là. Votre texte est gardé ici\u00a0: copiez-le.");
    });

    let over = false;
    const finish = (/** @type {boolean} */ save) => {
      if (over) return;
      over = true;
      const text = field.value.trim();
      clearInterval(hinting);
      unwatch();
      live.hint(note.id, "idle");
      live.drafts.clear(draft);
      open = null;
      holder.remove();
      card.classList.remove("editing");
      if (save && text !== "" && text !== note.text) live.act(ask.editNote({ note: note.id, text, edition: note.edition }));
      closed(note.id);
    };
    keys(field, finish);
    open = { id: note.id, finish };
    field.focus({ preventScroll: true });
    field.select();
    grow();
  }

  /** @param {Cluster} cluster @param {{element: HTMLElement, head: HTMLElement, title: HTMLElement}} box */
  function editTitle(cluster, box) {
    if (open) open.finish(true);
    const field = el("input", { type: "text", class: "title-field", maxlength: TITLE_LENGTH, "aria-label": t("Titre du groupe"), placeholder: t("Titre du groupe") });
    field.value = cluster.title;
    box.title.hidden = true;
    box.element.classList.add("titling");
    box.head.prepend(field);
    let over = false;
    const finish = (/** @type {boolean} */ save) => {
      if (over) return;
      over = true;
      const title = field.value.trim();
      open = null;
      field.remove();
      box.title.hidden = false;
      box.element.classList.remove("titling");
      if (save && title !== "" && title !== cluster.title) live.act(ask.renameCluster({ cluster: cluster.id, title }));
      closed("");
    };
    keys(field, finish);
    open = { id: cluster.id, finish };
    field.focus({ preventScroll: true });
    field.select();
  }

  return {
    editNote,
    editTitle,
    /** @returns {string} id of the note or cluster being written in, "" for none */
    editing: () => open?.id ?? "",
    /** @param {boolean} save */
    close: (save) => open?.finish(save),
  };
}
