/**
 * Rows of the list view: one note each, with its acts as buttons and menus; groups as cards of rows.
 *
 * Exports: Rows, ClusterRows, Waiting, onRowKey, menuOf.
 * @module
 */
import { html, useMemo } from "../vendor/ui.js";
import { t, tn } from "../core/i18n.js";
import { Icon } from "./icon.js";
import { MenuButton, openMenu } from "./menu.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("./list.js").ListContext} ListContext */
/** @typedef {import("./menu.js").MenuItem} MenuItem */

/** @param {{cluster: import("../core/types.js").Cluster, notes: Note[], context: ListContext}} props */
export function ClusterRows({ cluster, notes, context }) {
  const { acts } = context;
  const id = `cluster-${cluster.id}`;
  const title = acts.titleOf(cluster);
  return html`<section class="list-cluster" aria-labelledby=${id}>
    <div class="list-cluster-head">
      <h3 id=${id}>${title} <span class="count">${tn("{n} note", "{n} notes", notes.length)}</span></h3>
      ${acts.canCluster() && !cluster.unsent ? html`<span class="row">
        <button type="button" class="button quiet" onClick=${() => void acts.rename(cluster)}>${t("Renommer")}<span class="visually-hidden"> ${title}</span></button>
        <button type="button" class="button quiet" onClick=${() => void acts.dissolve(cluster, notes)}>${t("Défaire le groupe")}<span class="visually-hidden"> ${title}</span></button>
        <${MenuButton} class="button quiet" icon="ellipsis" iconOnly label=${t("Autres actions sur le groupe {title}", { title })} items=${() => acts.clusterItems(cluster, notes)} /></span>` : null}
    </div>
    ${notes.length > 0 ? html`<${Rows} notes=${notes} context=${context} label=${title} />` : null}
  </section>`;
}

/** @param {{notes: Note[], context: ListContext, label: string}} props */
export function Rows({ notes, context, label }) {
  return html`<ul class="list-rows" role="list" aria-label=${label}>${notes.map((note) => html`<${Row} key=${note.id} note=${note} context=${context} />`)}</ul>`;
}

/** @param {HTMLElement} row @param {number|"first"|"last"} by goes to another row of the whole list */
function go(row, by) {
  const all = /** @type {HTMLElement[]} */ ([...(row.closest(".note-list")?.querySelectorAll("[data-note]") ?? [])]);
  const at = by === "first" ? 0 : by === "last" ? all.length - 1 : all.indexOf(row) + by;
  all[Math.min(Math.max(at, 0), all.length - 1)]?.focus();
}

/**
 * The keys of a row while it, and not one of its buttons, has the focus.
 * @param {KeyboardEvent} event @param {Note} note @param {ListContext} context
 */
export function onRowKey(event, note, { live, acts }) {
  const row = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  const press = (/** @type {string} */ name) => /** @type {HTMLElement|null} */ (row.querySelector(`[data-act="${name}"]`))?.click();
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => go(row, 1), ArrowUp: () => go(row, -1), Home: () => go(row, "first"), End: () => go(row, "last"),
    d: () => press("move"), g: () => press("gather"), z: () => undo(live),
    Enter: () => (acts.canEdit(note) ? void acts.edit(note) : press("more")),
    Delete: () => acts.remove([note]),
  };
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/** @param {import("../core/session.js").Live} live */
function undo(live) {
  const result = live.undo.undo();
  live.announcer.say(result === "done" ? t("Annulé.") : result === "changed" ? t("Quelqu’un y a touché depuis\u00a0: rien n’est annulé.") : t("Rien à annuler."));
}

/** @param {{note: Note, context: ListContext}} props @returns {MenuItem[]} */
export function menuOf({ note, context }) {
  const { acts, live, onShow } = context;
  const tints = acts.tintItems([note]);
  return [
    ...(onShow ? [{ label: t("Voir sur le tableau"), icon: "layout-grid", act: () => onShow(note) }] : []),
    ...acts.moreItems([note]),
    ...(tints.length > 0 ? [/** @type {MenuItem} */ ({ heading: t("Teinte") }), ...tints] : []),
    ...(live.undo.depth.value.undo > 0 ? [{ separator: /** @type {const} */ (true) }, { label: t("Annuler mon dernier geste"), icon: "undo-2", act: () => undo(live) }] : []),
  ];
}

/** @param {{note: Note, context: ListContext}} props */
function Row({ note, context }) {
  const { acts, current, setCurrent, onShow } = context;
  const isCurrent = current === note.id;
  const { mine, author, from, writing, movable, gatherable, touchable } = context.facts(note);
  const menus = touchable || onShow !== undefined;
  // The same element is given back while nothing that shows has changed: it is then not even compared.
  return useMemo(() => {
    const opener = (/** @type {string} */ words, /** @type {() => MenuItem[]} */ items) => (/** @type {any} */ event) => openMenu(event.currentTarget, words, items());
    const button = (/** @type {string} */ name, /** @type {string} */ words, /** @type {() => MenuItem[]} */ items) => html`<button type="button" class="button" data-act=${name}
      aria-haspopup="menu" aria-expanded="false" tabIndex=${isCurrent ? 0 : -1} onClick=${opener(words, items)}>${words}</button>`;
    return html`<li class="list-row${mine ? " mine" : ""}${note.unsent ? " unsent" : ""}" data-note=${note.id} tabIndex=${isCurrent ? 0 : -1}
      onFocusIn=${() => setCurrent(note.id)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => onRowKey(event, note, context)}>
      <span class="swatch tint-${note.tint || "paille"}" aria-hidden="true"></span>
      <span class="list-text">${note.text}
        ${mine ? html`\u2002<span class="list-mark"><${Icon} name="user" small />${t("Votre note")}</span>` : author ? html`\u2002<span class="list-mark muted">${author}</span>` : null}
        ${from ? html`\u2002<span class="list-mark muted">${from}</span>` : null}
        ${note.unsent ? html`\u2002<span class="list-mark waiting">${t("en attente d’envoi")}</span>` : null}
        ${writing ? html`\u2002<span class="list-mark waiting">${writing === "?" ? t("en cours d’écriture") : t("{name} écrit…", { name: writing })}</span>` : null}
      </span>
      <span class="list-acts">
        ${movable ? button("move", t("Déplacer vers…"), () => acts.moveItems([note])) : null}
        ${gatherable ? button("gather", t("Regrouper…"), () => acts.gatherItems([note])) : null}
        ${menus ? html`<button type="button" class="button quiet icon-only" data-act="more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("Autres actions")}
          tabIndex=${isCurrent ? 0 : -1} onClick=${opener(t("Autres actions"), () => menuOf({ note, context }))}><${Icon} name="ellipsis" /></button>` : null}
      </span>
    </li>`;
  }, [note, isCurrent, mine, author, from, writing, movable, gatherable, menus, acts, onShow]);
}

/** @param {{hidden: number}} props */
export function Waiting({ hidden }) {
  return hidden > 0 ? html`<p class="muted list-none"><${Icon} name="eye-off" small /> ${tn("{n} note attend la révélation.", "{n} notes attendent la révélation.", hidden)}</p>` : null;
}
