/**
 * One builder per command (facilitation/commands/): `send(moveNotes({moves}))`. Those of facilitators that no other page
 * needs are in driving.js. What the server is expected to
 * answer, shown meanwhile, is in echoes.js.
 *
 * A field left out of a body keeps what the record has, or takes the command's default.
 * @module
 */

/** @typedef {import("./types.js").Command} Command */
/** @typedef {import("./types.js").Tint} Tint */
/** @typedef {import("./types.js").SheetType} SheetType */
/** @typedef {{text: string, zone?: string, tint?: Tint, x?: number, y?: number, occupant?: string, seat?: string}} NewNote */
/** @typedef {{note: string, zone?: string, cluster?: string, x?: number, y?: number, rank?: number}} NoteMove
 *   A `cluster` wins over `zone`; "" in both is the open board. */

/** @param {string} name @param {Record<string, any>} [body] @returns {Command} */
const ask = (name, body = {}) => ({ name, body });

// Session
/** @param {{title?: string, purpose?: string, date?: string, start?: string, axis?: string, retention?: number, list_present?: boolean,
 *   stays_open?: string, not_decided?: string, reference?: string}} body */
export const describeSession = (body) => ask("describe_session", body);
/** @param {{site?: string, name: string, room?: boolean, heads?: number}} body */
export const putSite = (body) => ask("put_site", body);
/** @param {{site: string}} body */
export const removeSite = (body) => ask("remove_site", body);
export const openSession = () => ask("open_session");
export const endSession = () => ask("end_session");
export const resumeSession = () => ask("resume_session");
export const closeSession = () => ask("close_session");
/** @param {{locked: boolean}} body */
export const lockSession = (body) => ask("lock_session", body);
/** @param {{text: string}} body */
export const announce = (body) => ask("announce", body);
/** @param {{role: import("./types.js").Role}} body */
export const revokeLink = (body) => ask("revoke_link", body);

// People
/** @param {{seat: string, name: string}} body */
export const renameSeat = (body) => ask("rename_seat", body);
/** @param {{site?: string, service?: string, department?: string, manages?: boolean}} body */
export const editProfile = (body) => ask("edit_profile", body);
/** @param {{seat: string}} body */
export const removeSeat = (body) => ask("remove_seat", body);
/** @param {{seat: string, heads: number}} body */
export const setHeads = (body) => ask("set_heads", body);
/** @param {{occupant: string, name: string, service?: string}} body */
export const nameOccupant = (body) => ask("name_occupant", body);
/** @param {{occupant: string}} body */
export const dismissOccupant = (body) => ask("dismiss_occupant", body);
/** @param {{seat: string, device?: string}} body `device` "" takes the person back to their own */
export const moveToDevice = (body) => ask("move_to_device", body);
/** @param {{reason?: "hand"|"help"}} body */
export const raiseHand = (body) => ask("raise_hand", body);
/** @param {{seat: string}} body */
export const lowerHand = (body) => ask("lower_hand", body);

// Agenda
/** @param {{method: string}} body */
export const loadMethod = (body) => ask("load_method", body);
/** @param {{after?: string, title: string, minutes: number, nature?: string, view?: string, board?: string}} body */
export const addBlock = (body) => ask("add_block", body);
/** @param {{block: string} & Partial<Pick<import("./types.js").Block, "title"|"minutes"|"nature"|"view"|"board"|"instruction"|"wall"|"notes"|"authors"|"rights"|"round"|"groups"|"sheets"|"end"|"warn">>} body */
export const editBlock = (body) => ask("edit_block", body);
/** @param {{block: string, after?: string}} body */
export const moveBlock = (body) => ask("move_block", body);
/** @param {{block: string}} body */
export const removeBlock = (body) => ask("remove_block", body);
/** @param {{block: string, text: string}} body */
export const writeScript = (body) => ask("write_script", body);
/** @param {{block: string}} body */
export const enterBlock = (body) => ask("enter_block", body);

// Notes
/** @param {{board: string, block?: string, notes: NewNote[]}} body at most 60 notes */
export const addNotes = (body) => ask("add_notes", body);
/** @param {{board: string, zone?: string, text: string}} body */
export const proposeNote = (body) => ask("propose_note", body);
/** @param {{note: string, text: string, edition: number}} body `edition` is that of the text one has read */
export const editNote = (body) => ask("edit_note", body);
/** @param {{moves: NoteMove[]}} body at most 200 moves */
export const moveNotes = (body) => ask("move_notes", body);
/** @param {{notes: string[], tint: Tint}} body */
export const tintNotes = (body) => ask("tint_notes", body);
/** @param {{notes: string[]}} body */
export const withdrawNotes = (body) => ask("withdraw_notes", body);
/** @param {{notes: string[]}} body */
export const restoreNotes = (body) => ask("restore_notes", body);
/** @param {{notes: string[], aside: boolean}} body */
export const setAside = (body) => ask("set_aside", body);
/** @param {{block: string}} body */
export const revealNotes = (body) => ask("reveal_notes", body);

// Clusters
/** @param {{notes: string[], cluster?: string, title?: string, x?: number, y?: number}} body */
export const gatherNotes = (body) => ask("gather_notes", body);
/** @param {{notes: string[]}} body */
export const releaseNotes = (body) => ask("release_notes", body);
/** @param {{cluster: string, title: string}} body */
export const renameCluster = (body) => ask("rename_cluster", body);
/** @param {{cluster: string, zone?: string, x: number, y: number}} body */
export const moveCluster = (body) => ask("move_cluster", body);
/** @param {{into: string, clusters: string[]}} body */
export const mergeClusters = (body) => ask("merge_clusters", body);
/** @param {{cluster: string, notes: string[], title?: string}} body */
export const splitCluster = (body) => ask("split_cluster", body);
/** @param {{cluster: string}} body */
export const dissolveCluster = (body) => ask("dissolve_cluster", body);

// Rounds
/** @param {{block: string, options?: string[], runoff_of?: string}} body `options` narrows them: a run-off */
export const openRound = (body) => ask("open_round", body);
/** @param {{round: string, head?: number, marks?: Record<string, number>, abstains?: boolean, comment?: string, final?: boolean}} body */
export const castBallot = (body) => ask("cast_ballot", body);
/** @param {{round: string, show?: boolean}} body */
export const closeRound = (body) => ask("close_round", body);
/** @param {{round: string}} body */
export const showRound = (body) => ask("show_round", body);

// Timer
/** @param {{seconds?: number}} [body] */
export const startTimer = (body = {}) => ask("start_timer", body);
export const pauseTimer = () => ask("pause_timer");
export const resumeTimer = () => ask("resume_timer");
/** @param {{seconds: number}} body */
export const adjustTimer = (body) => ask("adjust_timer", body);
export const stopTimer = () => ask("stop_timer");

// Sheets
/** @param {{type: SheetType, what: string, who?: string, when?: string, origin?: string}} body */
export const addSheet = (body) => ask("add_sheet", body);
/** @param {{sheet: string, type?: SheetType, what?: string, who?: string, when?: string}} body */
export const editSheet = (body) => ask("edit_sheet", body);
/** @param {{sheet: string, removed?: boolean}} body */
export const removeSheet = (body) => ask("remove_sheet", body);

// Wall
/** @param {{view?: string, focus?: string, page?: number, turning?: number}} body */
export const turnWall = (body) => ask("turn_wall", body);
/** @param {{held: boolean}} body */
export const holdWall = (body) => ask("hold_wall", body);
