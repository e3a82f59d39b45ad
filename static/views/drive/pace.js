/**
 * The plan against the clock: what each block really took, when the next ones will start, when all will end.
 * Pure functions of records and a time in ms; the drive page and the preparation page share them.
 *
 * Exports: pace, share, zonedTime.
 * @module
 */

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/types.js").SessionRecord} SessionRecord */
/** @typedef {{block: Block, real: number, start: number, over: boolean, passed: boolean}} Step
 *   `real`: ms spent so far; `start`: ms, past or foreseen; `over`: it took longer than planned; `passed`: left out, a later one is current. */

const MINUTE = 60_000;
/** An opening further than this from the announced hour is another day's run: it counts from the opening. */
const SAME_RUN = 120 * MINUTE;

/**
 * @param {string} date « 2026-10-14 » @param {string} time « 09:30 » @param {string} timezone IANA name
 * @returns {number} ms since the epoch, NaN where the date or the time is missing
 */
export function zonedTime(date, time, timezone) {
  const guess = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(guess)) return NaN;
  const shown = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(guess);
  const part = (/** @type {string} */ type) => shown.find((one) => one.type === type)?.value ?? "00";
  const there = Date.parse(`${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00Z`);
  return guess - (there - guess);
}

/** @param {Block} block @param {number} now */
const spentIn = (block, now) => block.spent + (block.entered_at ? Math.max(0, now - block.entered_at) : 0);

/** @param {SessionRecord} session @param {number} now */
function begun(session, now) {
  const announced = zonedTime(session.date, session.start, session.timezone);
  const opened = session.opened_at || now;
  return Number.isNaN(announced) || Math.abs(opened - announced) > SAME_RUN ? opened : announced;
}

/**
 * @param {Block[]} blocks in order @param {SessionRecord} session @param {number} now ms
 * @returns {{steps: Step[], planned: number, end: number, late: number}} `planned` and `end`: ms; `late`: whole minutes, negative when early
 */
export function pace(blocks, session, now) {
  const total = blocks.reduce((sum, block) => sum + block.minutes * MINUTE, 0);
  const planned = begun(session, now) + total;
  let cursor = session.opened_at ? now : begun(session, now);
  const current = blocks.findIndex((block) => block.status === "current");
  const steps = blocks.map((block, place) => {
    const real = spentIn(block, now);
    const over = real > block.minutes * MINUTE + 30_000;
    if (block.status === "done") return { block, real, start: block.started_at, over, passed: false };
    if (block.status === "current") {
      const start = now - real;
      cursor = Math.max(now, start + block.minutes * MINUTE);
      return { block, real, start, over, passed: false };
    }
    if (place < current || session.ended_at) return { block, real, start: 0, over: false, passed: true };
    const start = cursor;
    cursor += block.minutes * MINUTE;
    return { block, real, start, over: false, passed: false };
  });
  const end = session.ended_at || cursor;
  return { steps, planned, end, late: Math.round((end - planned) / MINUTE) };
}

/** @param {Block[]} blocks @returns {number} collaborative minutes over minutes without pauses, 0 to 1 */
export function share(blocks) {
  const sum = (/** @type {Block[]} */ some) => some.reduce((total, block) => total + block.minutes, 0);
  const working = sum(blocks.filter((block) => block.nature !== "pause"));
  return working ? sum(blocks.filter((block) => block.nature === "collaborative")) / working : 0;
}
