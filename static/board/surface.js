/**
 * The board: imperative DOM on the hot path. Records in, elements moved by transform out; nothing is rendered per
 * frame but what changed and is on screen.
 *
 *   const board = mountBoard(element, { live, board: "<id>", filter?, extra?, picked?, compose? })
 *     live      from openSession
 *     filter    signal of the words looked for (shared with the list); other notes fade
 *     extra     (notes) => menu items that the page adds
 *     picked    (notes) => void, called when the selection changes
 *     compose   (zone, at?) => void, asks for a new note in the page's own way
 *   board.unmount(), board.focusNote(id), board.showNote(id), board.zoomToFit(), board.showZone(id), board.select(ids)
 *
 * Exports: mountBoard.
 * @module
 */
import { effect, html, render } from "../vendor/ui.js";
import { el, keyedChildren, on } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { arrange, hiddenByZone, matches, mayEdit } from "../core/selectors.js";
import { createActs } from "../views/acts.js";
import { originWords } from "../views/origin.js";
import { createCards, moveTo } from "./cards.js";
import { createEditor } from "./editor.js";
import { NOTE, ZOOM, bounds, holds, overlaps, seen } from "./geometry.js";
import { createHandling } from "./handling.js";
import { layOut } from "./layout.js";
import { createFlat, createMap } from "./overview.js";
import { CornerButtons, Toolbar } from "./toolbar.js";
import { createViewport } from "./viewport.js";
import { createZones } from "./zones.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./geometry.js").Size} Size */
/** @typedef {import("./geometry.js").Rect} Rect */
/** @typedef {import("../views/menu.js").MenuItem} MenuItem */

/** Screen pixels around the screen in which notes are kept ready. */
const AROUND = 300;
/** More notes than this on screen, too small to be read, are drawn flat; twice as many, while one moves about. */
const CROWD = 200;
/** Room around the board in its background drawings, in board units: the sea goes on beyond the frame. */
const BLEED = { x: 1600, y: 1600 };
/** Devices held in the hand have no double click to speak of. */
const FINGER = matchMedia("(hover: none)");
/** A part of the board that shows no note. */
const NOWHERE = Object.freeze({ x: 0, y: 0, width: -1, height: -1 });
const KINDS = /** @type {const} */ (["note", "cluster", "zone", "board", "authorship", "seat", "block", "session", "round", "group"]);

/** @param {string} name @returns {string} address of one of our drawings */
const drawing = (name) => new URL(`../backgrounds/${encodeURIComponent(name)}.svg`, import.meta.url).href;

/**
 * @param {HTMLElement} element takes all its room; it must have a height
 * @param {{live: Live, board: string, filter?: {value: string}, extra?: (notes: Note[], cluster?: import("../core/types.js").Cluster) => MenuItem[],
 *   picked?: (notes: Note[]) => void, compose?: (zone: string, at?: {x: number, y: number}) => void}} options
 */
export function mountBoard(element, { live, board: boardId, filter, extra, picked, compose }) {
  const { store } = live;
  const zonesLayer = el("div", { class: "board-zones" });
  const ground = el("img", { class: "board-ground", alt: "", draggable: "false" });
  const flatCanvas = el("canvas", { class: "board-flat", "aria-hidden": "true" });
  const world = el("div", { class: "board-world" });
  const sheet = el("div", { class: "board-sheet" });
  const empty = el("p", { class: "board-empty", hidden: true });
  const tools = el("div", { class: "board-tools" });
  const corner = el("div", { class: "board-corner board-tools" });
  const keys = el("p", { id: "board-keys", class: "visually-hidden", text: t("Flèches\u00a0: déplacer la note. Page suivante et Page précédente\u00a0: changer de note. Entrée\u00a0: modifier. Espace\u00a0: sélectionner. Suppr\u00a0: retirer. La vue Liste offre les mêmes actions.") });
  const surface = el("div", { class: "board", role: "group" }, ground, sheet, zonesLayer, flatCanvas, world, empty, tools, corner, keys);
  element.append(surface);

  const cards = createCards();
  const zones = createZones(zonesLayer);
  const flat = createFlat(surface, flatCanvas);
  const picture = new Image();
  /** @type {Layout} */
  let layout = { notes: [], clusters: [], reading: [] };
  /** @type {import("../core/types.js").Board|undefined} */
  let board;
  /** @type {Set<string>} */
  let selection = new Set();
  let selectedCluster = "";
  let current = "";
  /** @type {Map<string, {x: number, y: number}>} places shown before they are saved */
  const nudges = new Map();
  /** @type {Set<string>} note and cluster ids on screen */
  let shown = new Set();
  /** @type {Rect|null} the part of the board whose notes are on the page */
  let covered = null;
  let frame = 0;
  let [staleLayout, staleView] = [true, true];

  const frameOf = () => ({ x: 0, y: 0, width: board?.width ?? 1600, height: board?.height ?? 1157 });
  /** What « Tout voir » shows: zones and notes, not the empty edges around them. */
  const contentOf = () => {
    const frames = [...zones.frames.values()].map(({ zone }) => zone);
    return bounds([...(frames.length > 0 ? frames : [frameOf()]), ...layout.notes, ...layout.clusters]) ?? frameOf();
  };
  const viewport = createViewport(surface, { content: contentOf, changed: () => plan(false), grab: (event) => handling.grab(event) });
  const map = createMap(surface, { board: frameOf, goTo: viewport.centre });
  corner.append(map.element);
  const cornerHost = el("div", { class: "corner-buttons" });
  corner.append(cornerHost);

  const editor = createEditor(live, { closed: (note) => (note ? focusNote(note) : surface.focus()) });
  const acts = createActs(live, boardId, { extra, edit: (note) => editNote(note.id), compose });

  const handling = createHandling(surface, {
    live, boardId, viewport, cards, zones, acts, editor,
    layout: () => layout,
    selection: () => selection,
    current: () => current,
    select, focusNote, editNote, editTitle,
    selectCluster(id) {
      select([]);
      selectedCluster = id;
      plan(true);
    },
    nudge(id, place) {
      if (place) nudges.set(id, place);
      else nudges.delete(id);
      plan(true);
    },
  });

  /** @param {boolean} records whether records changed, or only the view */
  function plan(records) {
    staleLayout ||= records;
    staleView = true;
    frame ||= requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    if (staleLayout) arrangeAll();
    if (staleView) drawView();
    staleLayout = staleView = false;
  }

  function arrangeAll() {
    board = store.get("board", boardId);
    if (!board) return;
    surface.setAttribute("aria-label", t("Tableau\u00a0: {title}", { title: board.title }));
    dressGround(board.background, board.alt);
    const areas = arrange(store, boardId);
    layout = layOut(areas, frameOf());
    for (const item of layout.notes) Object.assign(item, nudges.get(item.id) ?? {});
    const hidden = hiddenByZone(store);
    zones.update(areas.flatMap(({ zone, count }) => (zone ? [{ zone, count, hidden: hidden[zone.id] ?? 0 }] : [])));
    sheet.hidden = areas.some(({ zone }) => zone !== null) || board.background !== "";
    empty.hidden = layout.reading.length > 0 || Object.values(hidden).some((n) => n > 0);
    if (!empty.hidden) empty.textContent = live.can("add") ? (FINGER.matches ? t("Pas encore de note. Touchez deux fois là où vous voulez en poser une.") : t("Pas encore de note. Double-cliquez là où vous voulez en poser une.")) : t("Pas encore de note\u00a0: elles paraîtront ici.");
    const there = new Set(layout.reading);
    const kept = [...selection].filter((id) => there.has(id));
    if (kept.length !== selection.size) select(kept);
    if (!there.has(current)) current = layout.reading[0] ?? "";
    for (const id of cards.cards.keys()) if (!there.has(id)) cards.forget(id);
    const boxes = new Set(layout.clusters.map((item) => item.id));
    for (const id of cards.boxes.keys()) if (!boxes.has(id)) cards.forgetBox(id);
    if (selectedCluster && !boxes.has(selectedCluster)) selectedCluster = "";
  }

  /** @param {string} name @param {string} alt */
  function dressGround(name, alt) {
    if (surface.dataset.background === name) return;
    surface.dataset.background = name;
    ground.hidden = name === "";
    ground.alt = alt;
    if (name === "") return;
    const { width, height } = frameOf();
    ground.src = `${drawing(name)}#svgView(viewBox(${-BLEED.x},${-BLEED.y},${width + 2 * BLEED.x},${height + 2 * BLEED.y}))`;
    ground.style.width = `${width + 2 * BLEED.x}px`;
    ground.style.height = `${height + 2 * BLEED.y}px`;
    picture.onload = () => plan(false);
    picture.src = drawing(name);
  }

  function drawView() {
    const view = viewport.view();
    const size = viewport.size();
    const [x, y] = [-view.x * view.zoom, -view.y * view.zoom];
    world.style.transform = `translate(${x}px, ${y}px) scale(${view.zoom})`;
    ground.style.transform = `translate(${x - BLEED.x * view.zoom}px, ${y - BLEED.y * view.zoom}px) scale(${view.zoom})`;
    sheet.style.transform = `translate(${x}px, ${y}px)`;
    sheet.style.width = `${frameOf().width * view.zoom}px`;
    sheet.style.height = `${frameOf().height * view.zoom}px`;
    zones.place(view);
    surface.style.setProperty("--zoom", String(view.zoom));
    const far = isFar(view, size);
    surface.classList.toggle("far", far);
    surface.classList.toggle("readable", view.zoom >= ZOOM.read && layout.reading.length > 0);
    if (far) flat.draw(layout, view, size);
    const part = far ? NOWHERE : seen(view, size);
    if (staleLayout || !covered || !holds(covered, part) || far !== (covered === NOWHERE)) show(far ? NOWHERE : seen(view, size, AROUND));
    const zoomed = view.zoom > viewport.fitZoom() * 1.25;
    map.element.hidden = !zoomed;
    if (zoomed) map.draw(layout, view, size, picture, staleLayout);
    render(html`<${CornerButtons} zoom=${view.zoom} by=${viewport.zoomBy} one=${() => viewport.zoomTo(1)} all=${viewport.zoomToFit} add=${live.drives() && live.can("add") ? handling.addHere : null} />`, cornerHost);
    placeToolbar();
  }

  /** Whether a flat drawing stands for the notes: too small to be read, or too many to be moved smoothly. @param {View} view @param {Size} size */
  function isFar(view, size) {
    if (view.zoom < ZOOM.flat || layout.reading.length < CROWD) return view.zoom < ZOOM.flat;
    const part = seen(view, size);
    const count = layout.notes.reduce((sum, item) => sum + Number(overlaps(item, part)), 0);
    return count > (view.zoom < ZOOM.crowd ? CROWD : viewport.moving() ? 2 * CROWD : Infinity);
  }

  /** Puts on the page what is near the screen, takes off what is not. @param {Rect} near */
  function show(near) {
    covered = near;
    const focused = document.activeElement;
    const kept = (/** @type {string} */ id) => id === current || id === editor.editing() || selection.has(id);
    const words = filter?.value.trim() ?? "";
    /** @type {{order: number, element: HTMLElement}[]} */
    const wanted = [];
    /** @type {Set<string>} */
    const now = new Set();
    for (const item of layout.clusters) {
      if (!overlaps(item, near) && !item.notes.some((note) => kept(note.id)) && !kept(item.id)) continue;
      const box = cards.box(item.cluster, item.notes.length, acts.canCluster());
      box.element.classList.toggle("selected", selectedCluster === item.id);
      moveTo(box.element, item.x, item.y);
      keyedChildren(box.list, item.notes.map((note) => dress(note, words)));
      now.add(item.id);
      wanted.push({ order: item.order, element: box.element });
    }
    for (const item of layout.notes) {
      if (!overlaps(item, near) && !kept(item.id)) continue;
      const card = dress(item.note, words);
      moveTo(card, item.x, item.y);
      now.add(item.id);
      wanted.push({ order: item.order, element: card });
    }
    if (staleLayout || now.size !== shown.size || [...now].some((id) => !shown.has(id))) {
      keyedChildren(world, wanted.sort((a, b) => a.order - b.order).map(({ element: one }) => one));
    }
    // An element that changes parents loses the focus on the way.
    if (focused instanceof HTMLElement && focused !== document.activeElement && world.contains(focused)) focused.focus({ preventScroll: true });
    shown = now;
    cards.measure();
  }

  /** @param {Note} note @param {string} words @returns {HTMLElement} */
  function dress(note, words) {
    const mine = live.isMine(note.id);
    const hint = store.hints.value.find((one) => one.about === note.id && one.doing === "editing");
    const { element: card } = cards.card(note, {
      mine, selected: selection.has(note.id), editing: hint && editor.editing() !== note.id ? hint.by || "?" : "",
      label: labelOf(note, mine), tintName: note.tint, author: authorOf(note, mine), from: originWords(store, note),
    });
    if (note.cluster) card.style.transform = "";
    card.tabIndex = note.id === current ? 0 : -1;
    card.classList.toggle("faded", words !== "" && !matches(note.text, words));
    card.classList.toggle("movable", acts.canMove([note]));
    card.classList.toggle("editing", editor.editing() === note.id);
    return card;
  }

  /** @param {Note} note @param {boolean} mine @returns {string} the author's name where this page knows it */
  function authorOf(note, mine) {
    const authorship = mine ? undefined : store.get("authorship", note.id);
    return authorship ? store.get("occupant", authorship.occupant)?.name || store.get("seat", authorship.seat)?.name || "" : "";
  }

  /** @param {Note} note @param {boolean} mine @returns {string} */
  function labelOf(note, mine) {
    const place = [note.cluster ? acts.titleOf(store.get("cluster", note.cluster)) : "", note.zone ? acts.zoneName(note.zone) : ""];
    return [note.text, ...place, mine ? t("Votre note") : authorOf(note, mine), originWords(store, note), note.unsent ? t("pas encore enregistrée") : ""].filter(Boolean).join(". ");
  }

  /** @param {readonly string[]} ids */
  function select(ids) {
    selection = new Set(ids);
    selectedCluster = "";
    plan(true);
    picked?.(ids.flatMap((id) => store.get("note", id) ?? []));
  }

  function placeToolbar() {
    const item = layout.clusters.find((one) => one.id === selectedCluster) ?? null;
    const notes = [...selection].flatMap((id) => store.get("note", id) ?? []);
    const useful = item !== null || acts.canMove(notes) || (notes.length > 0 && (acts.canCluster() || acts.moreItems(notes).length > 0));
    const hidden = !useful || handling.dragging() || editor.editing() !== "";
    render(hidden ? null : html`<${Toolbar} acts=${acts} notes=${notes} cluster=${item?.cluster ?? null} members=${item?.notes ?? []} gather=${() => void gather(notes)} close=${() => select([])} />`, tools);
    const bar = /** @type {HTMLElement|null} */ (tools.firstElementChild);
    if (!bar) return;
    const base = surface.getBoundingClientRect();
    const held = item ? [cards.boxes.get(item.id)?.element] : notes.map((note) => cards.cards.get(note.id)?.element);
    const box = bounds(held.flatMap((one) => (one?.isConnected ? [one.getBoundingClientRect()] : [])));
    if (!box) return;
    const above = box.y - base.top - bar.offsetHeight - 16;
    const top = above > 8 ? above : Math.min(box.y + box.height - base.top + 16, base.height - bar.offsetHeight - 8);
    const left = Math.min(Math.max(8, box.x - base.left + box.width / 2 - bar.offsetWidth / 2), base.width - bar.offsetWidth - 8);
    bar.style.left = `${Math.round(left)}px`;
    bar.style.top = `${Math.round(Math.max(8, top))}px`;
  }

  /** Gathers, then puts the caret in the new title. @param {Note[]} notes */
  async function gather(notes) {
    const first = [...notes].sort((a, b) => a.y - b.y || a.x - b.x)[0];
    const sorted = [first, ...notes.filter((note) => note !== first)];
    const id = await acts.gather(sorted);
    if (!id) return;
    select([]);
    store.flush();
    draw();
    editTitle(id);
  }

  /** @param {string} id */
  function editNote(id) {
    const note = store.get("note", id);
    if (!note || !mayEdit(store, live.seat.value, note)) return;
    focusNote(id);
    const card = cards.cards.get(id);
    if (card) editor.editNote(note, card.element);
    plan(true);
  }

  /** @param {string} id */
  function editTitle(id) {
    const cluster = store.get("cluster", id);
    const box = cards.boxes.get(id);
    if (cluster && box && live.can("cluster")) editor.editTitle(cluster, box);
  }

  /** Brings a note on screen at a readable size and gives it the focus. @param {string} id */
  function focusNote(id) {
    if (staleLayout) draw();
    const item = layout.notes.find((one) => one.id === id) ?? layout.clusters.find((one) => one.notes.some((note) => note.id === id));
    if (!item) return;
    current = id;
    viewport.show({ x: item.x, y: item.y, width: item.width, height: Math.min(item.height, NOTE.most) });
    plan(true);
    draw();
    cards.cards.get(id)?.element.focus({ preventScroll: true });
  }

  const stops = [
    ...KINDS.map((kind) => store.watch(kind, () => plan(true))),
    effect(() => {
      void [store.gauges.value, store.hints.value, live.seat.value, filter?.value];
      plan(true);
    }),
    on(world, "focusin", (event) => {
      const id = event.target.closest?.("[data-note]")?.dataset.note;
      if (!id || id === current) return;
      current = id;
      plan(true);
    }),
  ];
  const remeasure = () => {
    cards.remeasure();
    plan(true);
  };
  if (document.fonts) stops.push(on(document.fonts, "loadingdone", remeasure));
  arrangeAll();
  viewport.measure();
  viewport.zoomToFit();

  return {
    unmount() {
      editor.close(true);
      handling.stop();
      viewport.stop();
      map.stop();
      for (const stop of stops) stop();
      cancelAnimationFrame(frame);
      render(null, tools);
      render(null, cornerHost);
      surface.remove();
    },
    focusNote,
    /** Brings a note on screen, near enough to be read, and selects it. @param {string} id */
    showNote(id) {
      if (viewport.view().zoom < ZOOM.read) viewport.zoomTo(ZOOM.read);
      focusNote(id);
    },
    select,
    zoomToFit: viewport.zoomToFit,
    /** @param {string} id zone */
    showZone(id) {
      const zone = store.get("zone", id);
      if (zone) viewport.show(zone, true);
    },
  };
}
