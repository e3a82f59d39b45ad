/**
 * Numbers, times and lists as they are written here: 10 h 05, 12 min, 1 234 notes, « a, b et c ».
 * A no-break space (U+00A0) before « : » and « % » and inside times; a narrow one (U+202F) before ; ! ?.
 *
 * Exports: clockTime, minutes, countdown, spoken, number, percent, sorted, listed, initial, shortDate, longDate.
 * @module
 */
import { language, t, tn } from "./i18n.js";

const NBSP = "\u00a0";
const locale = () => (language() === "en" ? "en-GB" : "fr-FR");

/** @param {number} at ms @param {string} [timezone] IANA name @returns {string} « 10 h 05 » */
export function clockTime(at, timezone) {
  const parts = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: timezone }).formatToParts(at);
  const of = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? "";
  const hour = String(Number(of("hour")));
  const minute = of("minute").padStart(2, "0");
  return language() === "en" ? `${hour}:${minute}` : `${hour}${NBSP}h${NBSP}${minute}`;
}

/** @param {number} n @returns {string} « 12 min » */
export const minutes = (n) => `${n}${NBSP}min`;

/** @param {number} ms left; negative counts as 0 @returns {string} « 7:42 », « 1:05:00 » from an hour */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours > 0 ? two(Math.floor((seconds % 3600) / 60)) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** @param {number} ms @returns {string} a length in words, for screen readers: « 7 minutes 42 secondes » */
export function spoken(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const whole = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const said = [];
  if (whole > 0) said.push(tn("{n} minute", "{n} minutes", whole));
  if (rest > 0 || whole === 0) said.push(tn("{n} seconde", "{n} secondes", rest));
  return said.join(" ");
}

/** @param {number} n @returns {string} with the language's separators */
export const number = (n) => new Intl.NumberFormat(locale()).format(n);

/** A share is never rounded up over a threshold, here as in the documents. @param {number} share 0 to 1 @returns {string} « 62 % » */
export const percent = (share) => `${Math.floor(share * 100 + 1e-9)}${language() === "en" ? "" : NBSP}%`;

/** @type {Map<string, Intl.Collator>} */
const collators = new Map();

/**
 * @template T
 * @param {readonly T[]} items @param {(item: T) => string} key
 * @returns {T[]} a copy in the language's own order: « Émile » beside « Eric », « 2 » before « 10 »
 */
export function sorted(items, key) {
  let collator = collators.get(locale());
  if (!collator) collators.set(locale(), (collator = new Intl.Collator(locale(), { numeric: true })));
  const order = collator;
  return [...items].sort((a, b) => order.compare(key(a), key(b)));
}

/** @param {string[]} items @returns {string} « a, b et c » */
export function listed(items) {
  if (items.length < 2) return items.join("");
  return t("{all} et {last}", { all: items.slice(0, -1).join(", "), last: items[items.length - 1] });
}

/** @param {string} text @returns {string} its first letter, as read by a person */
export const initial = (text) => ([...text.trim()][0] ?? "").toLocaleUpperCase(locale());

/** A calendar day, whatever the device's own time zone. @param {string} iso @param {Intl.DateTimeFormatOptions} options */
function day(iso, options) {
  const at = Date.parse(`${iso}T12:00:00Z`);
  return Number.isNaN(at) ? iso : new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(at);
}

/** @param {string} iso « 2026-10-14 » @returns {string} « 14 octobre » */
export const shortDate = (iso) => day(iso, { day: "numeric", month: "long" });

/** @param {string} iso « 2026-10-14 » @returns {string} « mercredi 14 octobre 2026 » */
export const longDate = (iso) => day(iso, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
