/**
 * The list view on a phone: notes as paper cards, groups that fold, one menu a note.
 *
 * Exports: CardZone.
 * @module
 */
import { html, useMemo, useState } from "../vendor/ui.js";
import { t, tn } from "../core/i18n.js";
import { Icon } from "./icon.js";
import { Waiting, menuOf, onRowKey } from "./list_rows.js";
import { MenuButton, openMenu } from "./menu.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("./list.js").ListContext} ListContext */

/** @param {{area: import("../core/selectors.js").Area, context: ListContext, hidden: number, filtered: boolean}} props */
export function CardZone({ area, context, hidden, filtered }) {
  const { zone, clusters, notes, count } = area;
  if (filtered && count === 0) return null;
  const title = zone?.title ?? t("Hors des zones");
  const colon = title.search(/\s*:/);
  const [head, rest] = colon > 0 ? [title.slice(0, colon), title.slice(colon)] : [title, ""];
  const id = `zone-${zone?.id ?? "open"}`;
  return html`<section class="list-zone" data-area=${zone?.id ?? ""} aria-labelledby=${id}>
    <h2 id=${id} tabIndex=${-1}>${head}<span class="list-rest">${rest}</span> <span class="visually-hidden">${tn("{n} note", "{n} notes", count)}</span></h2>
    <${Waiting} hidden=${hidden} />
    ${clusters.map(({ cluster, notes: members }) => html`<${CardCluster} key=${cluster.id} cluster=${cluster} notes=${members} context=${context} />`)}
    ${notes.length > 0 && clusters.length > 0 ? html`<h3 class="list-loose">${t("Notes seules")}</h3>` : null}
    ${notes.length > 0 ? html`<${Cards} notes=${notes} context=${context} label=${clusters.length > 0 ? t("Notes seules") : title} />` : null}
    ${count === 0 && hidden === 0 ? html`<p class="muted list-none">${t("Pas encore de note ici.")}</p>` : null}
  </section>`;
}

/** @param {{cluster: import("../core/types.js").Cluster, notes: Note[], context: ListContext}} props */
function CardCluster({ cluster, notes, context }) {
  const [open, setOpen] = useState(true);
  const { acts } = context;
  const title = acts.titleOf(cluster);
  const id = `cluster-${cluster.id}`;
  return html`<section class="list-cluster" aria-labelledby=${id}>
    <div class="list-cluster-head">
      <h3 id=${id}><button type="button" class="list-fold" aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}>
        <span class="grow">${title} <span class="count" aria-label=${tn("{n} note", "{n} notes", notes.length)}>${notes.length}</span></span><${Icon} name=${open ? "chevron-up" : "chevron-down"} /></button></h3>
      ${acts.canCluster() && !cluster.unsent ? html`<${MenuButton} class="button quiet" icon="ellipsis-vertical" iconOnly label=${t("Autres actions sur le groupe {title}", { title })} items=${() => acts.clusterItems(cluster, notes)} />` : null}
    </div>
    ${open ? html`<${Cards} notes=${notes} context=${context} label=${title} />` : null}
  </section>`;
}

/** @param {{notes: Note[], context: ListContext, label: string}} props */
function Cards({ notes, context, label }) {
  return html`<ul class="list-cards" role="list" aria-label=${label}>${notes.map((note) => html`<${Card} key=${note.id} note=${note} context=${context} />`)}</ul>`;
}

/** @param {{note: Note, context: ListContext}} props */
function Card({ note, context }) {
  const { acts, current, setCurrent, onShow } = context;
  const isCurrent = current === note.id;
  const { mine, author, from, writing, movable, gatherable, touchable } = context.facts(note);
  const menus = !note.unsent && (movable || gatherable || touchable || onShow !== undefined);
  return useMemo(() => {
    const items = () => {
      const move = movable ? [{ heading: t("Déplacer vers") }, ...acts.moveItems([note])] : [];
      const gather = gatherable ? [{ heading: t("Regrouper") }, ...acts.gatherItems([note])] : [];
      return [...menuOf({ note, context }), ...gather, ...move];
    };
    return html`<li class="note tint-${note.tint || "paille"}${mine ? " mine" : ""}${note.unsent ? " unsent" : ""}" data-note=${note.id} tabIndex=${isCurrent ? 0 : -1}
      onFocusIn=${() => setCurrent(note.id)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => onRowKey(event, note, context)}>
      <span class="list-text">${note.text}</span>
      ${mine ? html`<span class="list-mark own"><${Icon} name="user" small />${t("Votre note")}</span>` : author ? html`<span class="list-mark">${author}</span>` : null}
      ${from ? html`<span class="list-mark">${from}</span>` : null}
      ${note.unsent ? html`<span class="list-mark unsent-mark"><${Icon} name="clock" small />${t("en attente d’envoi")}</span>` : null}
      ${writing ? html`<span class="list-mark unsent-mark">${writing === "?" ? t("en cours d’écriture") : t("{name} écrit…", { name: writing })}</span>` : null}
      ${menus ? html`<button type="button" class="card-more" data-act="more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("Actions sur cette note")}
        tabIndex=${isCurrent ? 0 : -1} onClick=${(/** @type {any} */ event) => openMenu(event.currentTarget, t("Actions sur cette note"), items())}><${Icon} name="ellipsis" /></button>` : null}
    </li>`;
  }, [note, isCurrent, mine, author, from, writing, movable, gatherable, menus, acts, onShow]);
}
