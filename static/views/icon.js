/**
 * Icons of the vendored sprite. Decorative unless a label is given.
 *
 * Exports: Icon({name, label?, small?}), iconElement(name) for imperative views.
 * @module
 */
import { html } from "../vendor/ui.js";
import { SVG } from "../core/dom.js";

const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;

/** @param {{name: string, label?: string, small?: boolean}} props `name` as in lucide: "check", "lock"… */
export function Icon({ name, label, small }) {
  const size = small ? "icon small" : "icon";
  return label
    ? html`<svg class=${size} role="img" aria-label=${label}><use href="${SPRITE}#${name}" /></svg>`
    : html`<svg class=${size} aria-hidden="true" focusable="false"><use href="${SPRITE}#${name}" /></svg>`;
}

/** @param {string} name @returns {SVGSVGElement} */
export function iconElement(name) {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  icon.append(use);
  return icon;
}
