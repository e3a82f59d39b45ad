/**
 * The records, frames and commands of a session as the browser sees them: typedefs only, nothing to run.
 * They mirror facilitation/records/ (fields in snake case, as on the wire). Times are milliseconds since
 * the epoch on the server clock; coordinates are board units; ranks order siblings.
 * @module
 */

/** @typedef {"facilitator"|"cofacilitator"|"participant"|"observer"|"room"|"projector"} Role */
/** @typedef {""|"paille"|"pastel"|"tilleul"|"rose"|"lavande"|"abricot"} Tint */
/** @typedef {"collaborative"|"top-down"|"pause"|"logistics"} Nature */
/** @typedef {"accueil"|"ecrire"|"lire"|"regrouper"|"voter"|"resultat"|"actions"|"fin"} View */
/** @typedef {"action"|"decision"|"parking"} SheetType */

/** @typedef {{kind: "session", id: string, title: string, purpose: string, date: string, start: string, timezone: string,
 *   stays_open: string, not_decided: string, axis: string, reference: string, method: string, retention: number, status: "preparing"|"open"|"ended"|"closing"|"closed", code: string,
 *   block: string, locked: boolean, locked_at: number, door_closed: boolean, rehearsal: boolean, publish_on: string, list_present: boolean, generations: Record<string, number>,
 *   created_at: number, opened_at: number, ended_at: number, closed_at: number}} SessionRecord */
/** @typedef {{kind: "site", id: string, name: string, room: boolean, heads: number, rank: number}} Site */
/** @typedef {{kind: "practical", id: string, room: string, wifi: string, phone: string, video: string}} Practical
 *   `id` is a site's; "session" holds the link of the video call. */
/** @typedef {{kind: "seat", id: string, name: string, role: Role, site: string, heads: number, scope: string,
 *   generation: number, joined_at: number, removed: boolean, group: string, device: string}} Seat */
/** @typedef {{kind: "profile", id: string, service: string, department: string, manages: boolean}} Profile */
/** @typedef {{kind: "occupant", id: string, seat: string, letter: string, name: string, service: string,
 *   person: string, gone: boolean}} Occupant */
/** @typedef {{kind: "call", id: string, reason: "hand"|"help", at: number}} Call */
/** @typedef {{method: "dots"|"scale", question: string, target: "notes"|"clusters"|"question", budget: number, cap: number,
 *   own: boolean, secret: boolean, levels: string[], comment: boolean, facilitators_vote: boolean}} RoundPlan */
/** @typedef {"service"|"site"} Mix */
/** @typedef {{mode: "random"|"balanced"|"hand"|"merge", size: number, mix: Mix[], carry: boolean}} GroupPlan */
/** @typedef {{kind: "block", id: string, title: string, rank: number, minutes: number, nature: Nature, view: View,
 *   board: string, instruction: string, wall: string, notes: "everyone"|"author", authors: "shown"|"hidden",
 *   rights: Record<string, string[]>, round: RoundPlan|null, groups: GroupPlan|null, sheets: SheetType[], end: "soft"|"firm", warn: number,
 *   status: "waiting"|"current"|"done", revealed: boolean, revealed_at: number, started_at: number, left_at: number,
 *   spent: number, entered_at: number}} Block */
/** @typedef {{kind: "script", id: string, text: string}} Script */
/** @typedef {{kind: "takeaway", id: string, text: string}} Takeaway */
/** @typedef {{kind: "board", id: string, title: string, width: number, height: number, background: string, alt: string,
 *   scope: string, group: string, tints: Record<string, string>}} Board `group`: whose copy it is, "" for the plenary's own. */
/** @typedef {{kind: "zone", id: string, board: string, title: string, rank: number, x: number, y: number, width: number,
 *   height: number, tint: Tint, scope: string}} Zone */
/** @typedef {{kind: "note", id: string, board: string, block: string, text: string, zone: string, cluster: string, tint: Tint,
 *   x: number, y: number, rank: number, scope: string, withdrawn: boolean, aside: boolean, edition: number, at: number,
 *   origin: string, group: string, unsent?: boolean}} Note `group`: harvested from it. `unsent` is ours: not saved yet, the id is provisional. */
/** @typedef {{kind: "authorship", id: string, seat: string, occupant: string, typist: string, sealed: boolean,
 *   scope: string}} Authorship */
/** @typedef {{kind: "cluster", id: string, board: string, title: string, zone: string, x: number, y: number, rank: number,
 *   scope: string, unsent?: boolean}} Cluster */
/** @typedef {{id: string, title: string, count: number}} Option */
/** @typedef {{kind: "round", id: string, block: string, method: "dots"|"scale", question: string,
 *   target: "notes"|"clusters"|"question", options: Option[], budget: number, cap: number, own: boolean, secret: boolean,
 *   comment: boolean, facilitators_vote: boolean, status: "open"|"closed"|"shown", opened_at: number, closed_at: number,
 *   runoff_of: string}} Round */
/** @typedef {{kind: "ballot", id: string, round: string, seat: string, head: number, marks: Record<string, number>,
 *   abstains: boolean, comment: string, final: boolean}} Ballot */
/** @typedef {{kind: "receipt", id: string, round: string, seat: string, heads: number[]}} Receipt */
/** @typedef {{option: string, points: number, ballots: number, rank: number}} Row */
/** @typedef {{kind: "tally", id: string, rows: Row[], ballots: number, abstentions: number, heads: number,
 *   median: number|null, comments: string[], sites: "shown"|"withheld"|"single", scope: string}} Tally */
/** @typedef {{kind: "site_tally", id: string, round: string, site: string, rows: Row[], ballots: number,
 *   scope: string}} SiteTally */
/** @typedef {{kind: "timer", id: string, block: string, total: number, deadline: number, remaining: number}} Timer
 *   Times in ms. Running when `deadline` is not 0, else paused with `remaining`. */
/** @typedef {{kind: "sheet", id: string, type: SheetType, what: string, who: string, when: string, origin: string,
 *   rank: number, at: number, removed: boolean}} Sheet */
/** @typedef {{kind: "announcement", id: string, text: string, at: number}} Announcement */
/** @typedef {{kind: "wall", id: string, view: ""|View, focus: string, page: number, held: boolean,
 *   turning: number}} Wall `turning`: seconds between pages, 0 = by hand. */
/** @typedef {{kind: "excused", id: string, text: string}} Excused */
/** @typedef {{kind: "approval", id: string, by: string, on: string}} Approval */
/** @typedef {{code: "lone_remote"|"one_service"|"one_site", group: string}} Shortfall */
/** @typedef {{kind: "partition", id: string, block: string, mode: GroupPlan["mode"], size: number, mix: Mix[], seed: string,
 *   status: "draft"|"running"|"over", shortfalls: Shortfall[], started_at: number, ended_at: number}} Partition */
/** @typedef {{kind: "group", id: string, partition: string, name: string, rank: number, board: string, scope: string}} Group */
/** @typedef {{kind: "placement", id: string, partition: string, seat: string, group: string}} Placement facilitators' only */
/** @typedef {{kind: "archive", id: string, version: number, at: number, shared: string, shared_size: number,
 *   shared_hash: string, reserved: string, reserved_size: number, reserved_hash: string}} Archive */
/** @typedef {{kind: "purge", id: string, at: number, rule: string}} Purge */

/** @typedef {{session: SessionRecord, site: Site, seat: Seat, profile: Profile, occupant: Occupant, call: Call, block: Block,
 *   script: Script, board: Board, zone: Zone, note: Note, authorship: Authorship, cluster: Cluster, round: Round,
 *   ballot: Ballot, receipt: Receipt, tally: Tally, site_tally: SiteTally, timer: Timer, sheet: Sheet,
 *   announcement: Announcement, wall: Wall, archive: Archive, purge: Purge, practical: Practical, takeaway: Takeaway,
 *   excused: Excused, approval: Approval, partition: Partition, group: Group, placement: Placement}} Records Record types by kind. */
/** @typedef {keyof Records} Kind */
/** @typedef {Records[Kind]} AnyRecord */

/** @typedef {{put: any}|{set: {kind: string, id: string, [field: string]: any}}|{remove: [string, string]}} Change
 *   One change to a record, in the form that the overlay takes. */

/** @typedef {{name: string, body: Record<string, any>}} Command What a person asks: see commands.js. */

/** @typedef {{type: "hello", cursor?: Uint8Array, language?: string}
 *   |{type: "command", id: Uint8Array, name: string, body: Record<string, any>}
 *   |{type: "hint", about: string, doing: "editing"|"writing"|"idle"}
 *   |{type: "ping", at: number}} ClientFrame */
/** @typedef {"everyone"|"facilitators"|"group"|"own"} Part of a view; the own part of a welcome is the last */
/** @typedef {{type: "welcome", part: Part, parts?: Part[], seat?: Seat, now?: number, cursor?: Uint8Array,
 *   records: AnyRecord[]}} Welcome */
/** @typedef {{type: "patch", part: Part, put?: AnyRecord[], set?: {kind: string, id: string}[], remove?: [string, string][],
 *   cursor?: Uint8Array}} Patch */
/** @typedef {{type: "gauges", people?: Record<string, number>, here?: string[], hidden?: Record<string, number>,
 *   silent?: Record<string, number>, groups?: Record<string, number>, turnout?: {round: string, ballots: number, heads: number}|null,
 *   writing?: {rooms: Record<string, number>, people: number}}} Gauges `writing`: shared devices by site, and people, that still
 *   write in the current block; facilitators only. */
/** @typedef {{about: string, doing: string, by?: string}} Hint */
/** @typedef {Welcome|Patch|Gauges
 *   |{type: "done", ids: Uint8Array[]}
 *   |{type: "refused", id: Uint8Array, code: string, message: string, details?: any}
 *   |{type: "hints", list: Hint[]}
 *   |{type: "pong", at: number, now: number}
 *   |{type: "bye", code: string, message: string}} ServerFrame */

/** @typedef {"connecting"|"live"|"offline"|"bye"} ConnectionState */
/** @typedef {{id: string, name: string, body: Record<string, any>, at: number, tab: string, code?: string,
 *   message?: string}} Entry A command kept until answered; `code` and `message` once refused. `id` is 32 hex digits. */
/** @typedef {{state: "saved"|"saving"|"waiting", count: number}} SaveState */

export {};
