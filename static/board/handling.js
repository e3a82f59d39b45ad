/**
 * What hands do on a board: press, drag, select several, drop. It turns gestures into commands; it draws nothing.
 *
 * Exports: createHandling.
 * @module
 */
import { moveCluster, moveNotes } from "../core/commands.js";
import { el, on } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { zonesOf } from "../core/selectors.js";
import { createDrag } from "./drag.js";
import { NOTE, ZOOM, overlaps, zoneAt } from "./geometry.js";
import { createKeyboard } from "./keyboard.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("./drag.js").Drop} Drop */

/**
 * @param {HTMLElement} surface
 * @param {object} parts
 * @param {import("../core/session.js").Live} parts.live
 * @param {string} parts.boardId
 * @param {import("./viewport.js").Viewport} parts.viewport
 * @param {ReturnType<typeof import("./cards.js").createCards>} parts.cards
 * @param {ReturnType<typeof import("./zones.js").createZones>} parts.zones
 * @param {import("../views/acts.js").Acts} parts.acts
 * @param {ReturnType<typeof import("./editor.js").createEditor>} parts.editor
 * @param {() => import("./layout.js").Layout} parts.layout
 * @param {() => Set<string>} parts.selection
 * @param {() => string} parts.current
 * @param {(ids: readonly string[]) => void} parts.select
 * @param {(id: string) => void} parts.selectCluster
 * @param {(id: string) => void} parts.focusNote
 * @param {(id: string) => void} parts.editNote
 * @param {(id: string) => void} parts.editTitle
 * @param {(id: string, place: {x: number, y: number}|null) => void} parts.nudge
 */
export function createHandling(surface, parts) {
  const { live, boardId, viewport, cards, zones, acts, editor, layout, selection, select, nudge } = parts;
  const { store } = live;
  const movable = (/** @type {Note|undefined} */ note) => note !== undefined && acts.canMove([note]);
  const zoneOf = (/** @type {number} */ x, /** @type {number} */ y) =>
    zoneAt(zonesOf(store, boardId), { x: x + NOTE.width / 2, y: y + NOTE.least })?.id ?? "";

  /** @param {Event} event @returns {{note: string, cluster: string, tools: boolean, head: boolean}} what is under the pointer */
  function under(event) {
    const target = /** @type {Element} */ (event.target);
    return {
      note: /** @type {HTMLElement|null} */ (target.closest("[data-note]"))?.dataset.note ?? "",
      cluster: /** @type {HTMLElement|null} */ (target.closest("[data-cluster]"))?.dataset.cluster ?? "",
      head: target.closest(".cluster-head") !== null,
      tools: target.closest(".board-tools, .board-editor, .title-field, .menu") !== null,
    };
  }

  /** @param {PointerEvent} event whether this pointer moves the ground */
  function grab(event) {
    const { note, cluster, tools, head } = under(event);
    if (tools || event.button === 2 || event.shiftKey) return false;
    if (event.button === 1) return true;
    if (note) return !movable(store.get("note", note));
    return !(cluster && head && acts.canCluster());
  }

  /** @param {PointerEvent} event @returns {import("./drag.js").Load|null} */
  function lift(event) {
    const { note, cluster, tools, head } = under(event);
    if (tools) return null;
    if (note) return liftNotes(note);
    if (cluster && head) return liftCluster(cluster);
    return event.shiftKey ? liftMarquee(event) : { elements: [], over() {}, drop() {}, end() {} };
  }

  /** @param {string} id */
  function liftNotes(id) {
    const ids = selection().has(id) ? [...selection()] : [id];
    const notes = ids.flatMap((one) => store.get("note", one) ?? []).filter(movable);
    const elements = notes.flatMap((note) => cards.cards.get(note.id)?.element ?? []);
    /** @type {Map<string, {x: number, y: number}>} where each was on screen, in board units: members of clusters too */
    const from = new Map(notes.map((note) => [note.id, placeOf(note)]));
    return {
      elements: movable(store.get("note", id)) ? elements : [],
      over: (/** @type {Drop} */ drop) => aim(drop),
      end: () => aim(null),
      drop(/** @type {Drop} */ drop) {
        const into = acts.canCluster() ? drop.cluster : "";
        const newcomers = notes.filter((note) => note.cluster !== into);
        if (into) return void (newcomers.length > 0 && acts.moveTo(newcomers, "", into, acts.titleOf(store.get("cluster", into))));
        if (!acts.canCluster() && notes.some((note) => note.cluster)) return live.announcer.say(t("À cette étape, une note ne peut pas quitter son groupe."));
        const moves = notes.map((note) => {
          const start = /** @type {{x: number, y: number}} */ (from.get(note.id));
          const [x, y] = [Math.max(0, start.x + drop.delta.x), Math.max(0, start.y + drop.delta.y)];
          return { note: note.id, zone: zoneOf(x, y), x: Math.round(x), y: Math.round(y) };
        });
        live.act(moveNotes({ moves }));
      },
    };
  }

  /** @param {Note} note @returns {{x: number, y: number}} */
  function placeOf(note) {
    const item = layout().notes.find((one) => one.id === note.id);
    if (item) return { x: item.x, y: item.y };
    const box = cards.cards.get(note.id)?.element.getBoundingClientRect();
    return box ? viewport.point({ clientX: box.left, clientY: box.top }) : { x: note.x, y: note.y };
  }

  /** @param {string} id */
  function liftCluster(id) {
    const box = cards.boxes.get(id);
    const item = layout().clusters.find((one) => one.id === id);
    if (!box || !item) return null;
    return {
      elements: acts.canCluster() && !item.cluster.unsent ? [box.element] : [],
      over: (/** @type {Drop} */ drop) => aim({ ...drop, cluster: "" }),
      end: () => aim(null),
      drop(/** @type {Drop} */ drop) {
        const [x, y] = [Math.max(0, Math.round(item.x + drop.delta.x)), Math.max(0, Math.round(item.y + drop.delta.y))];
        live.act(moveCluster({ cluster: id, zone: zoneOf(x, y), x, y }));
      },
    };
  }

  /** A rectangle drawn with Shift: every note that it touches. @param {PointerEvent} start @returns {import("./drag.js").Load} */
  function liftMarquee(start) {
    const frame = el("div", { class: "marquee" });
    const from = viewport.local(start);
    return {
      elements: [frame],
      over({ event }) {
        if (!frame.isConnected) surface.append(frame);
        const to = viewport.local(event);
        frame.style.transform = `translate(${Math.min(from.x, to.x)}px, ${Math.min(from.y, to.y)}px)`;
        frame.style.width = `${Math.abs(to.x - from.x)}px`;
        frame.style.height = `${Math.abs(to.y - from.y)}px`;
      },
      drop({ event, point, delta }) {
        const area = { x: Math.min(point.x, point.x - delta.x), y: Math.min(point.y, point.y - delta.y), width: Math.abs(delta.x), height: Math.abs(delta.y) };
        const touched = layout().notes.filter((item) => overlaps(item, area)).map((item) => item.id);
        select(event.ctrlKey ? [...selection(), ...touched] : touched);
      },
      end: () => frame.remove(),
    };
  }

  /** @param {Drop|null} drop */
  function aim(drop) {
    const into = drop && acts.canCluster() ? drop.cluster : "";
    for (const [id, box] of cards.boxes) box.element.classList.toggle("aimed", id === into && into !== "");
    zones.aim(drop && !into ? zoneAt(zonesOf(store, boardId), drop.point)?.id ?? "" : "");
  }

  /** @param {PointerEvent} event */
  function tap(event) {
    const { note, cluster, head } = under(event);
    if (editor.editing()) editor.close(true);
    if (note) {
      parts.focusNote(note);
      const several = event.shiftKey || event.ctrlKey || event.metaKey || (event.pointerType === "touch" && selection().size > 0);
      return several ? toggle(note) : select([note]);
    }
    if (cluster && head && acts.canCluster()) return parts.selectCluster(cluster);
    select([]);
    // Too far to read: a tap on a zone goes near it.
    const zone = viewport.view().zoom < ZOOM.near ? zoneAt(zonesOf(store, boardId), viewport.point(event)) : undefined;
    if (zone) viewport.show(zone, true);
  }

  /** @param {string} id */
  function toggle(id) {
    const now = new Set(selection());
    if (!now.delete(id)) now.add(id);
    select([...now]);
  }

  const drag = createDrag(surface, viewport, { lift, tap });
  const keyboard = createKeyboard(surface, {
    live, layout, current: parts.current, focus: parts.focusNote, movable, zoneOf, nudge,
    acts: {
      edit: parts.editNote,
      select: toggle,
      leave: () => select([]),
      remove(id) {
        const note = store.get("note", id);
        if (note) acts.remove([note]);
      },
      undo: () => say(live.undo.undo(), t("Annulé.")),
      redo: () => say(live.undo.redo(), t("Rétabli.")),
    },
  });

  /** @param {"done"|"changed"|"nothing"} result @param {string} done */
  function say(result, done) {
    live.announcer.say(result === "done" ? done : result === "changed" ? t("Quelqu’un y a touché depuis\u00a0: rien n’est annulé.") : t("Rien à annuler."));
  }

  /** @param {MouseEvent} event */
  function addAt(event) {
    const { x, y } = viewport.point(event);
    void acts.add(zoneAt(zonesOf(store, boardId), { x, y })?.id ?? "", { x: Math.max(0, Math.round(x - NOTE.width / 2)), y: Math.max(0, Math.round(y - NOTE.least)) });
  }

  const stops = [
    on(surface, "dblclick", (event) => {
      const { note, cluster, head, tools } = under(event);
      if (tools) return;
      if (note) parts.editNote(note);
      else if (cluster && head) parts.editTitle(cluster);
      else if (!cluster && live.can("add")) addAt(event);
    }),
    on(surface, "contextmenu", (event) => void (drag.active() && event.preventDefault())),
  ];

  return {
    grab,
    /** Adds a note in the zone at the middle of the screen. */
    addHere() {
      const { width, height } = viewport.size();
      const { x, y, zoom } = viewport.view();
      void acts.add(zoneAt(zonesOf(store, boardId), { x: x + width / zoom / 2, y: y + height / zoom / 2 })?.id ?? "");
    },
    dragging: drag.active,
    stop() {
      drag.stop();
      keyboard.stop();
      stops.forEach((stop) => stop());
    },
  };
}
