/**
 * A button that opens a menu: arrows, Home, End and first letters move, Enter chooses, Escape and Tab leave.
 * The menu floats over everything (fixed), above the button where there is no room below.
 *
 * Exports: MenuButton({label, items, icon?, class?, iconOnly?, title?, tabIndex?, disabled?, buttonRef?}),
 *   openMenu(button, label, items).
 *   items: {label, act?, icon?, tint?, danger?, checked?, disabled?, hint?} | {separator: true} | {heading: text}
 * @module
 */
import { html, render, useEffect, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { plain } from "../core/selectors.js";
import { Icon } from "./icon.js";

/** @typedef {{label: string, act?: () => void, icon?: string, tint?: string, danger?: boolean, checked?: boolean, disabled?: boolean,
 *   hint?: string}|{separator: true}|{heading: string}} MenuItem */

const GAP = 4;
const MARGIN = 8;

/** @param {HTMLElement} menu @param {HTMLElement} button */
function place(menu, button) {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = innerHeight - anchor.bottom - MARGIN;
  const above = below < height && anchor.top > below;
  const top = above ? Math.max(MARGIN, anchor.top - height - GAP) : Math.min(anchor.bottom + GAP, Math.max(MARGIN, innerHeight - height - MARGIN));
  const left = Math.min(Math.max(MARGIN, anchor.right - width), innerWidth - width - MARGIN);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
}

/** @param {HTMLElement|null} menu @returns {HTMLElement[]} */
const choices = (menu) => (menu ? /** @type {HTMLElement[]} */ ([...menu.querySelectorAll('[role^="menuitem"]')]) : []);

/**
 * Where the focus goes on a key, or null when the key means nothing here.
 * @param {HTMLElement[]} all @param {string} key @param {number} at
 */
function target(all, key, at) {
  if (key === "ArrowDown") return all[(at + 1) % all.length];
  if (key === "ArrowUp") return all[(at - 1 + all.length) % all.length];
  if (key === "Home") return all[0];
  if (key === "End") return all[all.length - 1];
  if (key.length !== 1 || key === " ") return null;
  const rotated = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return rotated.find((item) => plain(item.textContent ?? "").trim().startsWith(plain(key))) ?? null;
}

/**
 * The open menu, anchored to a button.
 * @param {{anchor: HTMLElement, label: string, items: MenuItem[], onClose: (back?: boolean) => void}} props `back`: the focus returns
 */
function Menu({ anchor, label, items, onClose }) {
  const menu = useRef(/** @type {HTMLDivElement|null} */ (null));

  useLayoutEffect(() => {
    if (!menu.current) return;
    place(menu.current, anchor);
    const all = choices(menu.current);
    (all.find((item) => item.getAttribute("aria-checked") === "true") ?? all[0] ?? menu.current).focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    const outside = (/** @type {Event} */ event) => {
      const node = /** @type {Node} */ (event.target);
      if (!menu.current?.contains(node) && !anchor.contains(node)) onClose();
    };
    const moved = (/** @type {Event} */ event) => {
      // A resize comes from the window, which is no node.
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose();
    };
    document.addEventListener("pointerdown", outside, true);
    window.addEventListener("resize", moved);
    window.addEventListener("scroll", moved, true);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      window.removeEventListener("resize", moved);
      window.removeEventListener("scroll", moved, true);
    };
  }, []);

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      return onClose(true);
    }
    const all = choices(menu.current);
    const next = all.length > 0 ? target(all, event.key, all.indexOf(/** @type {HTMLElement} */ (document.activeElement))) : null;
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return html`<div class="menu" role="menu" tabIndex=${-1} aria-label=${label} ref=${menu} onKeyDown=${onKey}
    onPointerDown=${(/** @type {Event} */ event) => event.stopPropagation()}>${items.map((item) => entry(item, onClose))}</div>`;
}

/**
 * Opens a menu at a button that is not a MenuButton: rows of a long list share one menu this way.
 * @param {HTMLElement} anchor @param {string} label @param {MenuItem[]} items
 */
export function openMenu(anchor, label, items) {
  const host = document.createElement("div");
  (anchor.closest("dialog, main") ?? document.body).append(host);
  anchor.setAttribute("aria-expanded", "true");
  const close = (/** @type {boolean|undefined} */ back) => {
    render(null, host);
    host.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (back) anchor.focus();
  };
  render(html`<${Menu} anchor=${anchor} label=${label} items=${items} onClose=${close} />`, host);
}

/**
 * @param {{label: any, items: MenuItem[]|(() => MenuItem[]), icon?: string, class?: string, iconOnly?: boolean, title?: string,
 *   tabIndex?: number, disabled?: boolean, buttonRef?: (button: HTMLButtonElement|null) => void}} props
 *   `title` is the accessible name where the label alone is not enough; `items` may be a function, asked at opening
 */
export function MenuButton({ label, items, icon, class: look = "button", iconOnly, title, tabIndex, disabled, buttonRef }) {
  const [open, setOpen] = useState(false);
  const button = useRef(/** @type {HTMLButtonElement|null} */ (null));

  /** @param {boolean} [back] */
  const close = (back) => {
    setOpen(false);
    if (back) button.current?.focus();
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
  };

  const name = title ?? label;
  return html`<span class="menu-anchor">
    <button type="button" class="${look}${iconOnly ? " icon-only" : ""}" aria-haspopup="menu" aria-expanded=${open ? "true" : "false"}
      aria-label=${iconOnly ? name : title} title=${iconOnly ? name : undefined} tabIndex=${tabIndex} disabled=${disabled}
      ref=${(/** @type {HTMLButtonElement|null} */ element) => { button.current = element; buttonRef?.(element); }}
      onClick=${() => setOpen(!open)} onKeyDown=${onKey}>
      ${icon ? html`<${Icon} name=${icon} />` : null}${iconOnly ? null : label}
    </button>
    ${open && button.current ? html`<${Menu} anchor=${button.current} label=${name} items=${typeof items === "function" ? items() : items} onClose=${close} />` : null}
  </span>`;
}

/** @param {MenuItem} item @param {(back?: boolean) => void} close */
function entry(item, close) {
  if ("separator" in item) return html`<div role="separator"></div>`;
  if ("heading" in item) return html`<div class="menu-title" role="presentation">${item.heading}</div>`;
  const choose = () => {
    if (item.disabled) return;
    close(true);
    item.act?.();
  };
  return html`<button type="button" tabIndex=${-1} role=${item.checked === undefined ? "menuitem" : "menuitemradio"}
    aria-checked=${item.checked === undefined ? undefined : String(item.checked)} aria-disabled=${item.disabled ? "true" : undefined}
    class=${item.danger ? "danger" : ""} onClick=${choose}>
    ${item.icon ? html`<${Icon} name=${item.icon} />` : null}
    ${item.tint !== undefined ? html`<span class="swatch square tint-${item.tint}" aria-hidden="true"></span>` : null}
    <span class="grow">${item.label}${item.hint ? html`<span class="hint"> ${item.hint}</span>` : null}</span>
    ${item.checked ? html`<${Icon} name="check" />` : null}
  </button>`;
}
