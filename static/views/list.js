/**
 * The list view: the same notes as the board, as headings and lists (zones > groups > notes), with every act in words.
 * A row is one tab stop: arrows go from row to row, Tab goes to its buttons. Wherever a note goes, the focus follows it.
 *
 * Exports: NoteList({live, board, filter?, extra?, cards?, onShow?, compose?}).
 *   filter   signal of the words looked for, shared with the board; without it the list keeps its own
 *   extra    (notes) => menu items that the page adds
 *   cards    paper cards with folding groups (phones) instead of rows; by default below 640 px
 *   onShow   (note) => void, « Voir sur le tableau » in each note's menu
 *   compose  (zone) => void, asks for a new note in the page's own way
 * @module
 */
import { html, untracked, useEffect, useLayoutEffect, useMemo, useRef, useSignal, useState } from "../vendor/ui.js";
import { restoreNotes, setAside } from "../core/commands.js";
import { t, tn } from "../core/i18n.js";
import { arrange, hiddenByZone, matches, ownNotes } from "../core/selectors.js";
import { sorted } from "../core/words.js";
import { createActs } from "./acts.js";
import { Icon } from "./icon.js";
import { CardZone } from "./list_cards.js";
import { ClusterRows, Rows, Waiting } from "./list_rows.js";
import { originWords } from "./origin.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/selectors.js").Area} Area */
/** @typedef {import("./menu.js").MenuItem} MenuItem */
/** @typedef {{mine: boolean, author: string, from: string, writing: string, movable: boolean, gatherable: boolean, touchable: boolean}} Facts what a row
 *   shows of its note beside the text; `from`: the group it was harvested from, in words; `writing`: who writes in it, "?" where names
 *   do not show, "" for nobody */
/** @typedef {{live: Live, acts: import("./acts.js").Acts, current: string, setCurrent: (id: string) => void, onShow?: (note: Note) => void,
 *   facts: (note: Note) => Facts}} ListContext what rows and cards share */

const NARROW = "(max-width: 640px)";

/** @param {string} query @returns {boolean} follows the window */
function useMedia(query) {
  const [now, setNow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const heard = () => setNow(media.matches);
    media.addEventListener("change", heard);
    return () => media.removeEventListener("change", heard);
  }, [query]);
  return now;
}

/**
 * Gives the focus back to the note that had it when its row was made anew elsewhere.
 * @param {string} current @returns {{current: HTMLDivElement|null}}
 */
function useFollowedFocus(current) {
  const root = useRef(/** @type {HTMLDivElement|null} */ (null));
  const inside = useRef(false);
  useEffect(() => {
    const came = (/** @type {FocusEvent} */ event) => void (inside.current = root.current?.contains(/** @type {Node} */ (event.target)) ?? false);
    const pressed = (/** @type {Event} */ event) => {
      if (!root.current?.contains(/** @type {Node} */ (event.target))) inside.current = false;
    };
    document.addEventListener("focusin", came);
    document.addEventListener("pointerdown", pressed);
    return () => {
      document.removeEventListener("focusin", came);
      document.removeEventListener("pointerdown", pressed);
    };
  }, []);
  useLayoutEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return;
    /** @type {HTMLElement|null|undefined} */ (root.current?.querySelector(`[data-note="${CSS.escape(current)}"]`))?.focus();
  });
  return root;
}

/**
 * What rows need to know beside their note. The list subscribes once, and rows read without subscribing: with two thousand
 * of them, each would otherwise be made again by itself.
 * @param {Live} live @param {import("./acts.js").Acts} acts @returns {(note: Note) => Facts}
 */
function useFacts(live, acts) {
  const { store } = live;
  void [store.all("authorship"), store.all("seat"), store.all("occupant"), store.all("group"), live.seat.value, live.can("move")];
  const writing = new Map(store.hints.value.filter((hint) => hint.doing === "editing").map((hint) => [hint.about, hint.by || "?"]));
  const canCluster = acts.canCluster();
  return (note) => untracked(() => {
    const mine = live.isMine(note.id);
    const authorship = mine ? undefined : store.get("authorship", note.id);
    const author = authorship ? store.get("occupant", authorship.occupant)?.name || store.get("seat", authorship.seat)?.name || "" : "";
    return {
      mine, author, from: originWords(store, note), writing: writing.get(note.id) ?? "", movable: acts.canMove([note]), gatherable: canCluster && !note.unsent, touchable: acts.touchable(note),
    };
  });
}

/** @param {{live: Live, board: string, filter?: {value: string}, extra?: (notes: Note[], cluster?: import("../core/types.js").Cluster) => MenuItem[], cards?: boolean, onShow?: (note: Note) => void,
 *   compose?: (zone: string) => void}} props */
export function NoteList({ live, board, filter, extra, cards, onShow, compose }) {
  const own = useSignal("");
  const words = filter ?? own;
  const [order, setOrder] = useState(/** @type {"board"|"words"} */ ("board"));
  const [current, setCurrent] = useState("");
  const narrow = useMedia(NARROW);
  // Pages may pass new functions at each render: rows keep asking the latest, and are not made again for that.
  const latest = useRef({ extra, onShow, compose });
  latest.current = { extra, onShow, compose };
  const composes = compose !== undefined;
  const acts = useMemo(() => createActs(live, board, {
    extra: (notes, cluster) => latest.current.extra?.(notes, cluster) ?? [], compose: composes ? (zone) => latest.current.compose?.(zone) : undefined,
  }), [live, board, composes]);
  const shows = onShow !== undefined;
  const show = useMemo(() => (shows ? (/** @type {Note} */ note) => latest.current.onShow?.(note) : undefined), [shows]);
  const place = useRef(0);
  const asked = words.value.trim();
  const areas = arrange(live.store, board, asked ? (note) => matches(note.text, asked) : undefined);
  const all = areas.flatMap(({ clusters, notes }) => [...clusters.flatMap((one) => one.notes), ...notes]);
  const hidden = hiddenByZone(live.store);
  // A note that goes leaves its turn to the next one.
  const at = all.findIndex((note) => note.id === current);
  place.current = at >= 0 ? at : Math.min(place.current, Math.max(0, all.length - 1));
  const stop = all[place.current]?.id ?? "";
  const root = useFollowedFocus(stop);

  /** @type {ListContext} */
  const context = { live, acts, current: stop, setCurrent, onShow: show, facts: useFacts(live, acts) };
  const asCards = cards ?? narrow;

  return html`<div class=${asCards ? "note-list cards" : "note-list"} ref=${root}>
    <${Tools} words=${words} order=${order} setOrder=${setOrder} found=${asked ? all.length : -1} many=${live.store.all("note").length > 5} />
    ${asCards && areas.length > 1 ? html`<${Jump} areas=${areas} />` : null}
    ${areas.map((area) => html`<${asCards ? CardZone : Zone} key=${area.zone?.id ?? ""} area=${inOrder(area, order)} context=${context} hidden=${hidden[area.zone?.id ?? ""] ?? 0} filtered=${asked !== ""} />`)}
    ${asked && all.length === 0 ? html`<p class="empty"><span>${t("Aucune note ne contient «\u00a0{asked}\u00a0».", { asked })}</span><button type="button" class="button" onClick=${() => void (words.value = "")}>${t("Tout montrer")}</button></p>` : null}
    <${Away} live=${live} board=${board} />
    ${asCards || all.length === 0 ? null : html`<${Keys} acts=${acts} />`}
  </div>`;
}

/** @param {Area} area @param {"board"|"words"} order @returns {Area} */
function inOrder(area, order) {
  if (order === "board") return area;
  return { ...area, clusters: sorted(area.clusters, (one) => one.cluster.title), notes: sorted(area.notes, (note) => note.text) };
}

/** @param {{words: {value: string}, order: string, setOrder: (order: any) => void, found: number, many: boolean}} props */
function Tools({ words, order, setOrder, found, many }) {
  if (!many && words.value === "") return null;
  return html`<div class="list-tools">
    <label class="list-search"><span class="visually-hidden">${t("Chercher dans les notes")}</span><${Icon} name="search" small />
      <input type="search" placeholder=${t("Chercher dans les notes")} value=${words.value} onInput=${(/** @type {any} */ event) => void (words.value = event.currentTarget.value)} /></label>
    <span class="small muted" role="status">${found >= 0 ? tn("{n} note trouvée", "{n} notes trouvées", found) : ""}</span>
    <label class="list-order"><span class="small muted">${t("Ordre\u00a0:")}</span>
      <select value=${order} onChange=${(/** @type {any} */ event) => setOrder(event.currentTarget.value)}>
        <option value="board">${t("du tableau")}</option><option value="words">${t("alphabétique")}</option>
      </select></label>
  </div>`;
}

/** Chips that jump to a zone, and follow the scrolling. @param {{areas: Area[]}} props */
function Jump({ areas }) {
  const [seen, setSeen] = useState("");
  const ids = areas.map(({ zone }) => zone?.id ?? "").join(" ");
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => {
      const top = entries.find((entry) => entry.isIntersecting);
      if (top) setSeen(/** @type {HTMLElement} */ (top.target).dataset.area ?? "");
    }, { rootMargin: "-20% 0px -70% 0px" });
    for (const section of document.querySelectorAll("[data-area]")) watcher.observe(section);
    return () => watcher.disconnect();
  }, [ids]);
  const go = (/** @type {string} */ id) => {
    const section = /** @type {HTMLElement|null} */ (document.querySelector(`[data-area="${CSS.escape(id)}"]`));
    section?.scrollIntoView({ block: "start" });
    /** @type {HTMLElement|null|undefined} */ (section?.querySelector("h2"))?.focus({ preventScroll: true });
    setSeen(id);
  };
  return html`<nav class="list-jump" aria-label=${t("Aller à la zone")}>
    ${areas.map(({ zone, count }) => html`<button type="button" class="chip" key=${zone?.id ?? ""} aria-current=${seen === (zone?.id ?? "") ? "true" : undefined}
      onClick=${() => go(zone?.id ?? "")}>${shortTitle(zone?.title ?? t("Hors des zones"))} <span class="count">${count}</span><span class="visually-hidden"> ${count >= 2 ? t("notes") : t("note")}</span></button>`)}
  </nav>`;
}

/** @param {string} title « L'ancre : ce qui freine » @returns {string} « Ancre »: enough for a chip */
export function shortTitle(title) {
  const head = title.split(/\s*[:：]/)[0].replace(/^(l[’']|le |la |les |un |une |des )/i, "");
  return head.charAt(0).toLocaleUpperCase() + head.slice(1);
}

/** @param {{area: Area, context: ListContext, hidden: number, filtered: boolean}} props */
function Zone({ area, context, hidden, filtered }) {
  const { zone, clusters, notes, count } = area;
  if (filtered && count === 0) return null;
  const title = zone?.title ?? t("Hors des zones");
  const words = [tn("{n} note", "{n} notes", count), clusters.length > 0 ? tn("{n} groupe", "{n} groupes", clusters.length) : ""].filter(Boolean).join(", ");
  const id = `zone-${zone?.id ?? "open"}`;
  return html`<section class="list-zone" data-area=${zone?.id ?? ""} aria-labelledby=${id}>
    <div class="list-zone-head"><h2 id=${id} tabIndex=${-1}>${title} <span class="count">${words}</span></h2>
      ${context.live.drives() && context.live.can("add") ? html`<button type="button" class="button quiet" onClick=${() => void context.acts.add(zone?.id ?? "")}><${Icon} name="plus" />${t("Ajouter")}<span class="visually-hidden"> ${title}</span></button>` : null}</div>
    <${Waiting} hidden=${hidden} />
    ${clusters.map(({ cluster, notes: members }) => html`<${ClusterRows} key=${cluster.id} cluster=${cluster} notes=${members} context=${context} />`)}
    ${notes.length > 0 && clusters.length > 0 ? html`<h3 class="list-loose">${t("Notes seules")} <span class="count">${tn("{n} note", "{n} notes", notes.length)}</span></h3>` : null}
    ${notes.length > 0 ? html`<${Rows} notes=${notes} context=${context} label=${clusters.length > 0 ? t("Notes seules") : title} />` : null}
    ${count === 0 && hidden === 0 ? html`<p class="muted list-none">${t("Pas encore de note ici.")}</p>` : null}
  </section>`;
}

/** The keys of a row, which serve only while a row has the focus. @param {{acts: import("./acts.js").Acts}} props */
function Keys({ acts }) {
  const keys = [
    ["↑ ↓", t("note suivante")], ["D", t("déplacer vers…")], ...(acts.canCluster() ? [["G", t("regrouper…")]] : []),
    [t("Entrée"), t("modifier")], [t("Suppr"), t("retirer")], ["Z", t("annuler")],
  ];
  return html`<section class="list-keys small muted" aria-labelledby="list-keys"><h3 class="overline" id="list-keys">${t("Au clavier, sur une note")}</h3>
    <dl>${keys.map(([key, words]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl></section>`;
}

/** Own notes taken back, and notes that the facilitators set aside: both can return. @param {{live: Live, board: string}} props */
function Away({ live, board }) {
  const mine = ownNotes(live.store, live.seat.value?.id ?? "", board).filter((note) => note.withdrawn);
  const aside = live.drives() ? live.store.all("note").filter((note) => note.board === board && note.aside && !note.withdrawn) : [];
  const row = (/** @type {Note} */ note, /** @type {import("../core/types.js").Command} */ back, /** @type {string} */ words) => html`<li class="list-row" key=${note.id}>
    <span class="list-text">${note.text}</span>
    <button type="button" class="button" onClick=${() => void live.act(back).outcome.then((result) => result.done && live.announcer.say(t("Note remise sur le tableau.")))}>${words}<span class="visually-hidden">${t("\u00a0: {text}", { text: note.text })}</span></button></li>`;
  return html`
    ${aside.length > 0 ? html`<section class="list-zone"><div class="list-zone-head"><h2>${t("Mises de côté")} <span class="count">${tn("{n} note", "{n} notes", aside.length)}</span></h2></div>
      <p class="muted list-none">${t("Visibles de l’animation et de leurs auteurs seulement.")}</p>
      <ul class="list-rows" role="list">${aside.map((note) => row(note, setAside({ notes: [note.id], aside: false }), t("Remettre")))}</ul></section>` : null}
    ${mine.length > 0 ? html`<section class="list-zone"><div class="list-zone-head"><h2>${t("Vos notes retirées")} <span class="count">${mine.length}</span></h2></div>
      <ul class="list-rows" role="list">${mine.map((note) => row(note, restoreNotes({ notes: [note.id] }), t("Remettre")))}</ul></section>` : null}`;
}
