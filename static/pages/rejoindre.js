/**
 * The door, a little quicker with a script: pseudonyms change without a round trip, heads are counted with the thumb, one
 * press sends one form, and focus goes to the first field to correct. Without it, the form does all of this by itself.
 * @module
 */

/** @param {HTMLFormElement} form */
function offerPseudonyms(form) {
  const line = /** @type {HTMLElement|null} */ (form.querySelector(".pseudonym"));
  const take = /** @type {HTMLButtonElement|null} */ (form.querySelector("button[name=prendre]"));
  const other = /** @type {HTMLButtonElement|null} */ (form.querySelector("button[name=autre]"));
  const field = /** @type {HTMLInputElement|null} */ (form.querySelector("#nom"));
  if (!line || !take || !other || !field) return;
  const names = (line.dataset.names ?? "").split("|");
  const sentence = take.textContent ?? "";
  let place = 0;
  take.addEventListener("click", (event) => {
    event.preventDefault();
    field.value = take.value;
    field.focus();
  });
  other.addEventListener("click", (event) => {
    event.preventDefault();
    place = (place + 1) % names.length;
    take.textContent = sentence.replace(names[0], names[place]);
    take.value = names[place];
  });
}

/** One more, one fewer, for a thumb: beside the number, which can still be typed. @param {HTMLInputElement} field */
function stepHeads(field) {
  const row = document.createElement("span");
  row.className = "heads-row";
  const { min, max } = field;
  const step = (/** @type {string} */ sign, /** @type {string|undefined} */ name, /** @type {number} */ by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button icon-only";
    button.textContent = sign;
    button.setAttribute("aria-label", name ?? sign);
    button.addEventListener("click", () => {
      field.value = String(Math.min(Number(max), Math.max(Number(min), (Number(field.value) || 0) + by)));
    });
    return button;
  };
  field.replaceWith(row);
  row.append(step("−", field.dataset.less, -1), field, step("+", field.dataset.more, 1));
}

/** @param {HTMLFormElement} form */
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Back from the next page: the form may be sent again.
  addEventListener("pageshow", () => (sent = false));
}

const form = /** @type {HTMLFormElement|null} */ (document.querySelector("#entrer"));
if (form) {
  offerPseudonyms(form);
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input.heads"))) stepHeads(field);
  sendOnce(form);
  /** @type {HTMLElement|null} */ (form.querySelector("[aria-invalid=true]"))?.focus();
}
