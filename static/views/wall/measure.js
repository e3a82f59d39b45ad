/**
 * How many lines a text takes on the wall, reckoned without a page: so that the projector, whatever its shape, and whoever
 * drives it cut the same texts into the same pages. Reckoned in the smallest legible size, what is drawn is then as large
 * as its room allows.
 *
 * Exports: wrapped, linesOf, ROOM, SMALL, BOLD, LINE.
 * @module
 */

/** The smallest size, 4 % of the height; the one that is as wide in bold; the height of a line: in the wall's units. */
export const SMALL = 44;
export const BOLD = 46.5;
export const LINE = 50.2;

/** What a page has between its title and its foot on any screen: as narrow as 4:3, as low as 16:9 under an announcement. */
export const ROOM = Object.freeze({ width: 1360, height: 660 });

/** Advance widths of the type, in hundredths of an em, rounded up; accents take no room. */
const TYPE = new Map(Object.entries({
  0: "\n", 20: "'", 24: ".,;:’", 28: "ijl·", 32: "f!() \u00a0\u202f", 36: "rt-", 40: "I/_", 44: "1", 48: "svyz", 52: "ckxJ7?–",
  56: "aeghnouFL2", 60: "bdpqEPSTVY3569«»+",
  64: "ABKRXZ48=", 68: "CD0€", 72: "wGHNOU…", 76: "Q&", 80: "@", 84: "M", 88: "mW", 96: "œ%", 104: "Œ",
}).flatMap(([width, characters]) => [...characters].map((one) => /** @type {[string, number]} */ ([one, Number(width) / 100]))));
/** Other writings, drawn in whatever the machine has: [script, ems]. @type {[RegExp, number][]} */
const OTHERS = [
  [/^\p{M}+$/u, 0],
  [/\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Greek}|\p{Script=Cyrillic}|\p{Script=Latin}/u, 0.6],
  [/\p{Emoji_Presentation}/u, 1.3],
];
const ANY = 1.1;

/** @type {Map<string, number>} */
const known = new Map();

/** @param {string} character one, as a person counts them @returns {number} ems */
function widthOf(character) {
  let width = known.get(character);
  if (width === undefined) {
    const bare = [...character.normalize("NFD")][0];
    width = TYPE.get(bare) ?? OTHERS.find(([is]) => is.test(character))?.[1] ?? ANY;
    known.set(character, width);
  }
  return width;
}

const graphemes = new Intl.Segmenter("fr", { granularity: "grapheme" });

/** @param {string} word @returns {string[]} its characters, as a person counts them */
const letters = (word) => (/^[\u0020-\u024f\u2010-\u2026]*$/.test(word) ? [...word] : [...graphemes.segment(word)].map(({ segment }) => segment));

/** @param {string} text @returns {number} in ems */
const measure = (text) => letters(text).reduce((sum, one) => sum + widthOf(one), 0);

/**
 * @param {string} text @param {number} width in the wall's units @param {number} [size]
 * @returns {string[]} its lines; a word longer than a line is cut where it must
 */
export function wrapped(text, width, size = SMALL) {
  const most = width / size;
  /** @type {string[]} */
  const lines = [];
  for (const paragraph of text.match(/[^\n]*\n|[^\n]+/g) ?? [""]) {
    let line = "";
    let taken = 0;
    for (const word of paragraph.match(/[^ \t-]*[ \t-]|[^ \t-]+/g) ?? []) {
      const wide = measure(word);
      if (line !== "" && taken + measure(word.trimEnd()) > most) {
        lines.push(line);
        [line, taken] = ["", 0];
      }
      if (wide <= most) {
        line += word;
        taken += wide;
        continue;
      }
      for (const letter of letters(word)) {
        if (taken + widthOf(letter) > most && line !== "") {
          lines.push(line);
          [line, taken] = ["", 0];
        }
        line += letter;
        taken += widthOf(letter);
      }
    }
    lines.push(line);
  }
  return lines;
}

/** @type {Map<string, number>} */
const counted = new Map();

/** @param {string} text @param {number} width @param {number} [size] @returns {number} how many lines it takes */
export function linesOf(text, width, size = SMALL) {
  const key = `${width}/${size}/${text}`;
  let lines = counted.get(key);
  if (lines === undefined) {
    if (counted.size > 4000) counted.clear();
    counted.set(key, (lines = wrapped(text, width, size).length));
  }
  return lines;
}
