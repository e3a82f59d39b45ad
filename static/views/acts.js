/**
 * What can be done with notes and clusters, in words: the same acts for the board's toolbar and for the list's menus.
 * Each act sends its command so that it can be undone, and says in one sentence what became of it.
 *
 * Exports: createActs(live, board, {extra?, edit?, compose?}) -> acts
 *   acts.moveItems(notes), gatherItems(notes), tintItems(notes), moreItems(notes), clusterItems(cluster)   menu items
 *   acts.moveTo(notes, zone, cluster), gather(notes, cluster, title), remove(notes), edit(note), rename(cluster)…
 *   acts.canMove(notes), canEdit(note), canCluster()
 * @module
 */
import * as ask from "../core/commands.js";
import { t, tn } from "../core/i18n.js";
import { arrange, currentBlock, mayEdit, mayMove, tintsOf } from "../core/selectors.js";
import { sorted } from "../core/words.js";
import { confirmDialog, promptDialog } from "./dialog.js";
import { openSplit } from "./split.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */
/** @typedef {import("./menu.js").MenuItem} MenuItem */
/** @typedef {ReturnType<typeof createActs>} Acts */

export const NOTE_LENGTH = 500;
export const TITLE_LENGTH = 120;
/** A hint is forgotten after a while: said again meanwhile (ms). */
const HINT_EVERY = 5000;

/** @param {readonly {id: string}[]} records */
const ids = (records) => records.map((record) => record.id);

/** @param {string} text @returns {string} enough of it to be recognised in a sentence */
const short = (text) => (text.length > 48 ? `${text.slice(0, 46).trimEnd()}…` : text);

/**
 * @param {Live} live
 * @param {string} board id
 * @param {{extra?: (notes: Note[], cluster?: Cluster) => MenuItem[], edit?: (note: Note) => void, compose?: (zone: string, at?: {x: number, y: number}) => void}} [options]
 *   `extra`: items that a page adds, for notes or for a cluster with its notes; `edit` and `compose` replace the dialogs in which a note is
 *   rewritten, or written
 */
export function createActs(live, board, { extra, edit: editInPlace, compose } = {}) {
  const { store, announcer } = live;
  const titleOf = (/** @type {Cluster|undefined} */ cluster) => cluster?.title || t("Groupe sans titre");
  const zoneName = (/** @type {string} */ id) => store.get("zone", id)?.title ?? t("Hors des zones");
  const clusters = () => store.all("cluster").filter((cluster) => cluster.board === board);
  /** While a vote is open on this board, what it bears on stays as it is. */
  const voting = () => store.all("round").some((round) => round.status === "open" && round.target !== "question" && store.get("block", round.block)?.board === board);
  const canCluster = () => !voting() && live.can("cluster");
  const canMove = (/** @type {Note[]} */ notes) => !voting() && notes.length > 0 && notes.every((note) => mayMove(store, live.seat.value, note));

  /** @param {import("../core/types.js").Command} command @param {string} sentence said once it is saved */
  async function act(command, sentence) {
    const result = await live.act(command).outcome;
    if (result.done) announcer.say(sentence);
    return result;
  }

  /** @param {Note[]} notes @param {string} zone id, "" for the open board @param {string} [cluster] id @param {string} [where] words */
  function moveTo(notes, zone, cluster = "", where = zoneName(zone)) {
    const moves = notes.map((note) => ({ note: note.id, ...(cluster ? { cluster } : { zone }) }));
    return act(ask.moveNotes({ moves }), tn("Note déplacée\u00a0: {where}.", "{n} notes déplacées\u00a0: {where}.", notes.length, { where }));
  }

  /** @param {Note[]} notes @param {string} [cluster] id, "" for a new one @param {string} [title] */
  async function gather(notes, cluster = "", title = "") {
    const words = cluster ? titleOf(store.get("cluster", cluster)) : title || t("nouveau groupe");
    await act(ask.gatherNotes({ notes: ids(notes), cluster, title }), tn("Note rangée dans «\u00a0{words}\u00a0».", "{n} notes rangées dans «\u00a0{words}\u00a0».", notes.length, { words }));
    return store.get("note", notes[0].id)?.cluster ?? "";
  }

  /** @param {Note[]} notes */
  async function gatherAnew(notes) {
    const title = await promptDialog({ title: tn("Regrouper la note", "Regrouper {n} notes", notes.length), label: t("Titre du groupe"), confirm: t("Regrouper"), most: TITLE_LENGTH, hint: t("Cinq mots au plus. Vous pourrez le changer.") });
    if (title !== null) await gather(notes, "", title);
  }

  /** @param {Note[]} notes */
  const release = (notes) => act(ask.releaseNotes({ notes: ids(notes) }), tn("Note sortie du groupe.", "{n} notes sorties du groupe.", notes.length));

  /** @param {Note[]} notes own ones */
  async function withdraw(notes) {
    const sure = await confirmDialog({
      title: tn("Retirer cette note\u202f?", "Retirer {n} notes\u202f?", notes.length), confirm: t("Retirer"), danger: true,
      text: t("Elle disparaît du tableau et du compte rendu. Vous pourrez la remettre."),
    });
    if (sure) await act(ask.withdrawNotes({ notes: ids(notes) }), tn("Note retirée. Vous pouvez annuler.", "{n} notes retirées. Vous pouvez annuler.", notes.length));
    return sure;
  }

  /** @param {Note[]} notes that everyone sees; facilitators */
  async function putAside(notes) {
    const sure = await confirmDialog({
      title: tn("Mettre cette note de côté ?", "Mettre {n} notes de côté ?", notes.length), confirm: t("Mettre de côté"),
      text: t("Elle quitte le tableau de tout le monde. Vous la retrouverez au bas de la liste."),
    });
    if (sure) await act(ask.setAside({ notes: ids(notes), aside: true }), tn("Note mise de côté. Vous pouvez annuler.", "{n} notes mises de côté. Vous pouvez annuler.", notes.length));
  }

  /** @param {Note} note */
  async function edit(note) {
    if (editInPlace) return editInPlace(note);
    const say = () => live.hint(note.id, "editing");
    const again = setInterval(say, HINT_EVERY);
    say();
    const text = await promptDialog({ title: t("Modifier la note"), label: t("Texte de la note"), value: note.text, confirm: t("Enregistrer"), most: NOTE_LENGTH, multiline: true });
    clearInterval(again);
    live.hint(note.id, "idle");
    if (text === null || text === "" || text === note.text) return;
    await act(ask.editNote({ note: note.id, text, edition: note.edition }), t("Note modifiée."));
  }

  /**
   * Asks for one note, or several pasted one per line, and lays them down.
   * @param {string} zone id, "" for the open board @param {{x: number, y: number}} [at] where, when there is one
   */
  async function add(zone, at) {
    if (compose) return compose(zone, at);
    const text = await promptDialog({ title: t("Ajouter une note"), label: zone ? zoneName(zone) : t("Texte de la note"), confirm: t("Poser la note"),
      most: 60 * NOTE_LENGTH, multiline: true, hint: t("Une idée par ligne pour en poser plusieurs à la fois.") });
    const lines = (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean).slice(0, 60);
    if (lines.length === 0) return;
    const notes = lines.map((line) => ({ text: line, zone, ...(at && lines.length === 1 ? at : {}) }));
    await act(ask.addNotes({ board, block: currentBlock(store)?.id ?? "", notes }), tn("Note posée.", "{n} notes posées.", notes.length));
  }

  /** @param {Cluster} cluster */
  async function rename(cluster) {
    const title = await promptDialog({ title: t("Renommer le groupe"), label: t("Titre du groupe"), value: cluster.title, confirm: t("Renommer"), most: TITLE_LENGTH });
    if (title !== null && title !== cluster.title) await act(ask.renameCluster({ cluster: cluster.id, title }), t("Groupe renommé\u00a0: {title}.", { title }));
  }

  /** @param {Cluster} cluster @param {Note[]} members */
  async function dissolve(cluster, members) {
    const sure = await confirmDialog({ title: t("Défaire le groupe «\u00a0{title}\u00a0»\u202f?", { title: titleOf(cluster) }), confirm: t("Défaire le groupe"),
      text: tn("Sa note reste, seule, dans la zone.", "Ses {n} notes restent, seules, dans la zone.", members.length) });
    if (sure) await act(ask.dissolveCluster({ cluster: cluster.id }), t("Groupe défait. Vous pouvez annuler."));
  }

  /** @param {Cluster} cluster @param {Note[]} members */
  async function split(cluster, members) {
    const part = await openSplit({ title: titleOf(cluster), notes: members });
    if (part) await act(ask.splitCluster({ cluster: cluster.id, ...part }), t("Groupe scindé en deux. Vous pouvez annuler."));
  }

  /** @param {Note} note */
  const withdrawable = (note) => live.isMine(note.id) && !note.unsent;

  const canPutAside = (/** @type {Note[]} */ notes) => live.can("drive") && notes.every((note) => note.scope !== "author" && !note.unsent);

  return {
    moveTo, gather, gatherAnew, add, release, withdraw, edit, rename, dissolve, canCluster, titleOf, zoneName,
    canMove,
    /** @param {Note} note */
    canEdit: (note) => mayEdit(store, live.seat.value, note),
    /** Whether a note's own menu would hold anything. @param {Note} note */
    touchable: (note) => !note.unsent && (mayEdit(store, live.seat.value, note) || withdrawable(note) || canPutAside([note]) || live.can("sheet") || live.can("park") || (extra?.([note]) ?? []).length > 0),
    /** Takes notes away, by whichever means is mine: my own back, others' aside; does nothing otherwise. @param {Note[]} notes */
    remove(notes) {
      if (notes.length > 0 && notes.every(withdrawable)) void withdraw(notes);
      else if (notes.length > 0 && canPutAside(notes)) void putAside(notes);
    },

    /** Every place where these notes can go, in words. @param {Note[]} notes @returns {MenuItem[]} */
    moveItems(notes) {
      const here = notes.length === 1 ? notes[0] : null;
      return arrange(store, board).flatMap(({ zone, clusters: gathered }) => {
        const name = zone?.title ?? t("Hors des zones");
        const into = canCluster() ? gathered : [];
        return [
          { label: name, checked: here !== null && here.zone === (zone?.id ?? "") && here.cluster === "", act: () => void moveTo(notes, zone?.id ?? "") },
          ...into.map(({ cluster }) => ({
            label: t("{zone}, groupe {title}", { zone: name, title: titleOf(cluster) }),
            checked: here !== null && here.cluster === cluster.id,
            act: () => void moveTo(notes, "", cluster.id, t("{zone}, groupe {title}", { zone: name, title: titleOf(cluster) })),
          })),
        ];
      });
    },

    /** @param {Note[]} notes @param {() => void} [anew] makes a new cluster; a dialog asks its title by default @returns {MenuItem[]} */
    gatherItems(notes, anew = () => void gatherAnew(notes)) {
      const there = sorted(clusters().filter((cluster) => notes.some((note) => note.cluster !== cluster.id)), titleOf);
      return [
        { label: t("Nouveau groupe…"), icon: "plus", act: anew },
        ...(there.length > 0 ? [/** @type {MenuItem} */ ({ heading: t("Ajouter au groupe") })] : []),
        ...there.map((cluster) => ({ label: titleOf(cluster), hint: cluster.zone ? zoneName(cluster.zone) : undefined, act: () => void gather(notes, cluster.id) })),
        ...(notes.some((note) => note.cluster) ? [{ separator: /** @type {const} */ (true) }, { label: t("Sortir du groupe"), icon: "ungroup", act: () => void release(notes.filter((note) => note.cluster)) }] : []),
      ];
    },

    /** @param {Note[]} notes @returns {MenuItem[]} empty where tint means nothing */
    tintItems(notes) {
      if (!notes.every((note) => mayEdit(store, live.seat.value, note))) return [];
      return tintsOf(store.get("board", board)).map(({ tint, name, meaning }) => ({
        label: meaning, hint: `(${name})`, tint, checked: notes.every((note) => note.tint === tint),
        act: () => void act(ask.tintNotes({ notes: ids(notes), tint }), t("Teinte\u00a0: {meaning}.", { meaning })),
      }));
    },

    /** @param {Note[]} notes @returns {MenuItem[]} what is asked for less often */
    moreItems(notes) {
      const one = notes.length === 1 ? notes[0] : null;
      /** @type {MenuItem[]} */
      const items = [];
      if (one && mayEdit(store, live.seat.value, one)) items.push({ label: t("Modifier…"), icon: "pencil", act: () => void edit(one) });
      items.push(...(extra?.(notes) ?? []));
      if (one && (live.can("sheet") || live.can("park"))) {
        items.push({ label: t("Noter au parking"), icon: "archive", act: () => void act(ask.addSheet({ type: "parking", what: one.text, origin: one.id }), t("Noté au parking\u00a0: {text}", { text: short(one.text) })) });
      }
      if (notes.every(withdrawable)) items.push({ label: t("Retirer…"), icon: "trash-2", danger: true, act: () => void withdraw(notes) });
      else if (canPutAside(notes)) {
        items.push({ label: t("Mettre de côté…"), icon: "eye-off", act: () => void putAside(notes) });
      }
      return items;
    },

    /** @param {Cluster} cluster @param {Note[]} members @returns {MenuItem[]} merging, moving, splitting, undoing a cluster */
    clusterItems(cluster, members) {
      const others = sorted(clusters().filter((one) => one.id !== cluster.id), titleOf);
      const zones = arrange(store, board).filter(({ zone }) => zone && zone.id !== cluster.zone);
      return [
        { label: t("Renommer…"), icon: "pencil", act: () => void rename(cluster) },
        ...(extra?.(members, cluster) ?? []),
        ...(members.length > 1 ? [{ label: t("Scinder le groupe…"), icon: "split", act: () => void split(cluster, members) }] : []),
        ...(others.length > 0 ? [/** @type {MenuItem} */ ({ heading: t("Réunir avec") })] : []),
        ...others.map((other) => ({ label: titleOf(other), icon: "merge", act: () => void act(ask.mergeClusters({ into: other.id, clusters: [cluster.id] }), t("Groupes réunis sous «\u00a0{title}\u00a0».", { title: titleOf(other) })) })),
        ...(zones.length > 0 ? [/** @type {MenuItem} */ ({ heading: t("Déplacer le groupe vers") })] : []),
        ...zones.map(({ zone }) => ({ label: zone?.title ?? "", icon: "move", act: () => void moveCluster(cluster, zone) })),
        { separator: true },
        { label: t("Défaire le groupe…"), icon: "ungroup", act: () => void dissolve(cluster, members) },
      ];
    },
  };

  /** @param {Cluster} cluster @param {import("../core/types.js").Zone|null} zone */
  function moveCluster(cluster, zone) {
    if (!zone) return;
    const home = store.get("zone", cluster.zone);
    // The same place in the other zone, kept inside it.
    const x = zone.x + Math.max(16, Math.min(cluster.x - (home?.x ?? cluster.x), zone.width - 200));
    const y = zone.y + Math.max(48, Math.min(cluster.y - (home?.y ?? cluster.y), zone.height - 160));
    return act(ask.moveCluster({ cluster: cluster.id, zone: zone.id, x, y }), t("Groupe déplacé\u00a0: {where}.", { where: zone.title }));
  }
}
