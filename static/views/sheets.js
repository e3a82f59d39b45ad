/**
 * Sheets: actions (quoi, qui, quand), decisions and parked points, written from a note or from nothing, and listed.
 * What is being written survives a reload.
 *
 * Exports: SheetForm, SheetList, SheetDesk, SheetSummary, sheetWords, dueDate.
 * @module
 */
import { addSheet, editSheet, removeSheet } from "../core/commands.js";
import { t } from "../core/i18n.js";
import { byRank, currentBlock } from "../core/selectors.js";
import { longDate, shortDate } from "../core/words.js";
import { html, useEffect, useId, useRef, useState } from "../vendor/ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Sheet} Sheet */
/** @typedef {import("../core/types.js").SheetType} SheetType */
/** @typedef {{what: string, who: string, when: string}} Fields */

const EMPTY = { what: "", who: "", when: "" };

/** The words of each type of sheet. @param {SheetType} type */
export function sheetWords(type) {
  switch (type) {
    case "action":
      return { one: t("Action"), many: t("Actions"), make: t("Noter une action"), add: t("Ajouter l’action"), what: t("Quoi"), icon: "list-checks",
        none: t("Aucune action pour l’instant"), teach: t("Une action dit ce qui sera fait, par qui, et pour quand.") };
    case "decision":
      return { one: t("Décision"), many: t("Décisions"), make: t("Noter une décision"), add: t("Ajouter la décision"), what: t("Ce qui est décidé"), icon: "circle-check",
        none: t("Aucune décision pour l’instant"), teach: t("Une décision s’écrit en une phrase qui se comprend seule.") };
    default:
      return { one: t("À garder pour plus tard"), many: t("À garder pour plus tard"), make: t("Garder un sujet pour plus tard"), add: t("Garder ce sujet"), what: t("Le sujet"), icon: "square",
        none: t("Rien de côté pour l’instant"), teach: t("Ce qui mérite d’être traité, mais pas maintenant.") };
  }
}

/** @param {string} iso @param {string} [sessionDate] @returns {string} « 30 novembre », with its year when it is not the session's */
export const dueDate = (iso, sessionDate = "") => (iso === "" ? "" : iso.slice(0, 4) === sessionDate.slice(0, 4) ? shortDate(iso) : longDate(iso));

/** @param {Live} live @param {string} key @returns {Fields} */
function kept(live, key) {
  try {
    return { ...EMPTY, ...JSON.parse(live.drafts.get(key) || "{}") };
  } catch {
    return EMPTY;
  }
}

/**
 * @param {{live: Live, type: SheetType, sheet?: Sheet, origin?: string, what?: string, outlined?: boolean, onDone?: () => void, onCancel?: () => void}} props
 *   `sheet` to correct one; else a new one, from `origin` (a note or cluster id) with a first text
 */
export function SheetForm({ live, type, sheet, origin = "", what = "", outlined = false, onDone, onCancel }) {
  const key = `sheet:${sheet?.id ?? `${type}:${origin}`}`;
  const [fields, setFields] = useState(() => {
    const before = kept(live, key);
    return before.what || before.who || before.when ? before : sheet ? { what: sheet.what, who: sheet.who, when: sheet.when } : { ...EMPTY, what };
  });
  const [missing, setMissing] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const id = useId();
  const words = sheetWords(type);
  useEffect(() => {
    if (sheet || origin || onCancel) field.current?.focus();
  }, []);
  const people = [...new Set(live.store.all("seat").filter((seat) => !seat.removed && !["room", "projector"].includes(seat.role)).map((seat) => seat.name))];

  /** @param {Partial<Fields>} some */
  const change = (some) => {
    const next = { ...fields, ...some };
    setFields(next);
    setMissing(false);
    live.drafts.set(key, next.what || next.who || next.when ? JSON.stringify(next) : "");
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (fields.what.trim() === "") {
      setMissing(true);
      field.current?.focus();
      return;
    }
    const { what: said, who, when } = fields;
    if (sheet) live.send(editSheet({ sheet: sheet.id, what: said, ...(type === "parking" ? {} : { who, when }) }));
    else live.send(addSheet({ type, what: said, who, when, origin }));
    live.drafts.clear(key);
    live.announcer.say(t("{what}\u00a0: c’est noté.", { what: words.one }));
    setFields(EMPTY);
    onDone?.();
    if (!sheet && !onDone) field.current?.focus();
  };
  return html`<form class="sheet-form stack" onSubmit=${submit} aria-label=${sheet ? t("Corriger") : words.make}>
    <div class="field"><label for=${`${id}-what`}>${words.what}</label>
      <textarea id=${`${id}-what`} ref=${field} rows="2" value=${fields.what} aria-invalid=${missing} aria-describedby=${missing ? `${id}-e` : undefined}
        onInput=${(/** @type {any} */ event) => change({ what: event.currentTarget.value })}></textarea>
      ${missing && html`<span class="error" id=${`${id}-e`}>${t("Écrivez au moins quelques mots.")}</span>`}
    </div>
    ${type !== "parking" && html`<div class="sheet-line">
      <div class="field"><label for=${`${id}-who`}>${type === "action" ? t("Qui") : t("Qui en répond")}</label>
        <input id=${`${id}-who`} type="text" value=${fields.who} list=${`${id}-names`} autocomplete="off" maxlength="120" aria-describedby=${`${id}-h`}
          onInput=${(/** @type {any} */ event) => change({ who: event.currentTarget.value })} />
        <datalist id=${`${id}-names`}>${people.map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
        <span class="hint" id=${`${id}-h`}>${t("Ce nom figurera au compte rendu")}</span>
      </div>
      <div class="field"><label for=${`${id}-when`}>${t("Pour quand")}</label>
        <input id=${`${id}-when`} type="date" value=${fields.when} onInput=${(/** @type {any} */ event) => change({ when: event.currentTarget.value })} />
      </div>
    </div>`}
    <div class="row">
      <button type="submit" class=${outlined ? "button accent" : "button primary"}>${sheet ? t("Enregistrer") : words.add}</button>
      ${onCancel && html`<button type="button" class="button" onClick=${onCancel}>${t("Annuler")}</button>`}
    </div>
  </form>`;
}

/** @param {{live: Live, type: SheetType, editable?: boolean, quiet?: boolean}} props `quiet` shows nothing when there is none */
export function SheetList({ live, type, editable = false, quiet = false }) {
  const sheets = live.store.all("sheet").filter((sheet) => sheet.type === type && !sheet.removed).sort(byRank);
  const words = sheetWords(type);
  if (sheets.length === 0) {
    return quiet ? null : html`<div class="empty"><p>${words.none}</p><p>${words.teach}</p></div>`;
  }
  return html`<ul role="list" class="sheets" data-type=${type} aria-label=${words.many}>
    ${sheets.map((sheet) => html`<${SheetItem} key=${sheet.id} live=${live} sheet=${sheet} editable=${editable} />`)}
  </ul>`;
}

/** @param {{live: Live, sheet: Sheet, editable: boolean}} props */
function SheetItem({ live, sheet, editable }) {
  const [editing, setEditing] = useState(false);
  const back = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const leave = () => {
    setEditing(false);
    live.drafts.clear(`sheet:${sheet.id}`);
    requestAnimationFrame(() => back.current?.focus());
  };
  const take = () => {
    live.act(removeSheet({ sheet: sheet.id, removed: true }));
    live.announcer.say(t("Retiré. Vous pouvez annuler."));
  };
  if (editing) return html`<li class="sheet-item card"><${SheetForm} live=${live} type=${sheet.type} sheet=${sheet} onDone=${leave} onCancel=${leave} /></li>`;
  const date = live.store.get("session", "session")?.date;
  const owner = [sheet.who && html`<strong>${sheet.who}</strong>`, sheet.when && html`<span>${dueDate(sheet.when, date)}</span>`].filter(Boolean);
  return html`<li class="sheet-item card">
    <p class="sheet-what">${sheet.what}</p>
    ${sheet.type !== "parking" && html`<p class="sheet-who">${owner.length > 0 ? owner.map((part, i) => html`${i > 0 ? ", " : ""}${part}`)
      : sheet.type === "action" ? html`<span class="muted">${t("Responsable et date à préciser")}</span>` : ""}</p>`}
    ${editable && html`<p class="sheet-tools">
      <button type="button" class="link" ref=${back} onClick=${() => setEditing(true)}>${t("Corriger")}<span class="visually-hidden"> «\u00a0${sheet.what}\u00a0»</span></button>
      <button type="button" class="link" onClick=${take}>${t("Retirer")}<span class="visually-hidden"> «\u00a0${sheet.what}\u00a0»</span></button>
    </p>`}
  </li>`;
}

/**
 * The step's sheets: what is written already, and a form for each type that this seat may write.
 * @param {{live: Live}} props
 */
export function SheetDesk({ live }) {
  const block = currentBlock(live.store);
  const writes = live.can("sheet");
  const parks = live.can("park") || writes;
  /** @type {SheetType[]} */
  const types = block && block.sheets.length > 0 ? block.sheets : ["decision", "action"];
  return html`<div class="sheet-desk stack">
    ${types.map((type) => {
      const words = sheetWords(type);
      const may = type === "parking" ? parks : writes;
      const count = live.store.all("sheet").filter((sheet) => sheet.type === type && !sheet.removed).length;
      return html`<section key=${type} class="stack" aria-label=${words.many}>
        <h2 class="desk-title"><${Icon} name=${words.icon} />${words.many} <span class="count">${count > 0 ? count : ""}</span></h2>
        <${SheetList} live=${live} type=${type} editable=${may} />
        ${may && html`<${Folded} live=${live} type=${type} />`}
      </section>`;
    })}
  </div>`;
}

/** What was decided and what will be done, to read; nothing where nothing was written. @param {{live: Live}} props */
export function SheetSummary({ live }) {
  /** @type {SheetType[]} */
  const written = (/** @type {SheetType[]} */ (["decision", "action"])).filter((type) => live.store.all("sheet").some((sheet) => sheet.type === type && !sheet.removed));
  return html`<div class="sheet-desk stack">${written.map((type) => html`<section key=${type} class="stack" aria-label=${sheetWords(type).many}>
    <h2 class="desk-title"><${Icon} name=${sheetWords(type).icon} />${sheetWords(type).many}</h2><${SheetList} live=${live} type=${type} /></section>`)}</div>`;
}

/** @param {{live: Live, type: SheetType}} props a form behind its button, open again where a draft waits */
function Folded({ live, type }) {
  const [open, setOpen] = useState(() => live.drafts.get(`sheet:${type}:`) !== "");
  const words = sheetWords(type);
  if (!open) return html`<p><button type="button" class="button" onClick=${() => setOpen(true)}><${Icon} name="plus" />${words.make}</button></p>`;
  return html`<div class="card"><${SheetForm} live=${live} type=${type} onDone=${() => setOpen(false)} onCancel=${() => setOpen(false)} /></div>`;
}
