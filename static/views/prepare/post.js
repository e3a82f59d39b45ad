/**
 * Sending a form that is nowhere on the page: what it makes is another page, to which the browser goes.
 *
 * Exports: post(address, fields), drawn().
 * @module
 */
import { el } from "../../core/dom.js";

/** @param {string} address @param {Record<string, string>} [fields] */
export function post(address, fields = {}) {
  const inputs = Object.entries(fields).map(([name, value]) => el("input", { type: "hidden", name, value }));
  const form = el("form", { method: "post", action: address, hidden: true }, ...inputs);
  document.body.append(form);
  form.submit();
}

/** @returns {string} what names one form, so that sending it twice has one effect */
export const drawn = () => [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
