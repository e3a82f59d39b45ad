/**
 * The few helpers that imperative views need. Text goes in as text, never as markup.
 *
 * Exports: el, on, keyedChildren, SVG.
 * @module
 */

export const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {{class?: string, text?: string, [attribute: string]: any}} [attributes] null, undefined and false are left out
 * @param {...(Node|string|null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/**
 * Listens, and says how to stop.
 * @param {EventTarget} target @param {string} type @param {(event: any) => void} fn @param {AddEventListenerOptions} [options]
 * @returns {() => void}
 */
export function on(target, type, fn, options) {
  target.addEventListener(type, fn, options);
  return () => target.removeEventListener(type, fn, options);
}

/** Puts children in this order, moving only those out of place: focus stays where it is. @param {Element} parent @param {Element[]} wanted */
export function keyedChildren(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}
