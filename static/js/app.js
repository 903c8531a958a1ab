/* What every page shares: busy marks, failures, counters, keyboard shortcuts.
   Everything here is an addition; pages work without it. */

import { COPIES, stopCopying } from "./comments.js";
import { keysOf } from "./copies.js";
import { guardCopies } from "./signing.js";

const SLOW = 300;

/* --- busy: marks only, so that focus stays where it is --- */

const submitters = (form) =>
  form instanceof HTMLFormElement ? [...form.querySelectorAll("button:not([type=button])")] : [];
let running = 0;
let slow;

function begin(element, target) {
  running += 1;
  target?.setAttribute("aria-busy", "true");
  submitters(element).forEach((button) => button.setAttribute("aria-disabled", "true"));
  slow ??= setTimeout(() => { document.getElementById("busy").hidden = false; }, SLOW);
}

function end(element, target) {
  running = Math.max(0, running - 1);
  target?.removeAttribute("aria-busy");
  submitters(element).forEach((button) => button.removeAttribute("aria-disabled"));
  if (running === 0) {
    clearTimeout(slow);
    slow = undefined;
    document.getElementById("busy").hidden = true;
  }
}

/* A poll waits while the page is hidden or somebody is in the middle of a form. Nobody
   asked for it, so it marks nothing busy and does not tell that it failed. */
const isPoll = (element) => Boolean(element?.getAttribute?.("hx-trigger")?.trimStart().startsWith("every"));

function mustWait() {
  const typing = document.activeElement?.closest("main form");
  return Boolean(document.hidden || typing || document.querySelector("form[data-changed]"));
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (!isPoll(elt)) begin(elt, target);
  else if (mustWait()) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isPoll(event.detail.elt)) end(event.detail.elt, event.detail.target);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[method=post]");
  if (form) form.dataset.changed = "";
});

/* --- failures: the page stays as it was, a notice says so --- */

function show(id, reference) {
  const notice = document.getElementById(id).content.firstElementChild.cloneNode(true);
  const place = notice.querySelector("[data-reference]");
  if (place && reference) place.textContent = `${place.dataset.reference} ${reference}.`;
  notice.dataset.failure = id;
  document.querySelectorAll(`[data-failure="${id}"]`).forEach((old) => old.remove());
  document.getElementById("notices").append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const request = event.detail.xhr;
    if (request?.status === 401 || isPoll(event.detail.elt)) return;
    show("failure", request?.responseText?.match(/data-error-id="([0-9a-f]+)"/)?.[1]);
  });
}
document.addEventListener("session-expired", (event) => {
  const isSaid = document.querySelector('[data-failure="signed-out"]');
  if (!isSaid || !isPoll(event.target)) show("signed-out");
});

/* --- after a swap: the title tells whether there is a problem --- */

const title = document.title;
const plain = document.querySelector(".problem") ? title.slice(title.indexOf(" ") + 1) : title;
document.addEventListener("htmx:afterSettle", () => {
  const problem = document.querySelector(".problem h2");
  document.title = problem ? `${problem.textContent}: ${plain}` : plain;
});

/* --- forms that leave the page: a second press changes nothing --- */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const buttons = submitters(form);
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(() => release(form), 5000);
});

function release(form) {
  delete form.dataset.sent;
  submitters(form).forEach((button) => button.removeAttribute("aria-disabled"));
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

/* --- signing out while notes are on this device alone; the capture page asks itself --- */

const out = document.querySelector("form[data-sign-out]");
if (out && !document.getElementById("capture")) guardCopies(out.getAttribute("action"), () => ["draft:", COPIES].flatMap(keysOf), stopCopying);

/* --- "Not you?": by a link, the next one here must not find what the last one typed --- */

const other = document.querySelector("form[data-not-you]");
if (other) guardCopies(other.getAttribute("action"), () => keysOf(`${COPIES}${other.dataset.notYou}:`), stopCopying);

/* --- Esc leaves a form that stands in a list, as its link does --- */

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest?.("form")?.querySelector("a[data-cancel]")?.click();
});

/* --- counters: how much is still to write --- */

/* As core/written.py counts: what can be seen, and one for each gap. */
const UNSEEN = /\ufeff|(?!\s)[\p{Cc}\p{Cf}]/gu;
const written = (text) => [...text.replace(UNSEEN, "").trim().replace(/\s+/g, " ")].length;

function count(place) {
  const field = document.getElementById(place.dataset.for);
  if (!field || place.dataset.counting) return;
  place.dataset.counting = "yes";
  const least = Number(place.dataset.counts);
  const update = () => {
    const length = written(field.value);
    place.textContent = length < least
      ? `${length} ${place.dataset.short} ${least - length}`
      : `${length} ${place.dataset.enough}`;
  };
  field.addEventListener("input", update);
  if (field.value) update();
}

/* --- keyboard --- */

const isTyping = (element) =>
  element.matches("input:not([type=checkbox], [type=radio]), textarea, select") || element.isContentEditable;

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("main form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && event.target.matches("textarea, select")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

function walk(step) {
  const links = [...document.querySelectorAll("main [data-row], main .rows .row-main > a, main .board-text a, main .metric-name a")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}

const hotkeys = document.querySelector("script[data-hotkeys]")?.dataset.hotkeys;
let install = () => {};
if (hotkeys) {
  // before the module is there: a key pressed early counts
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "j") walk(1);
    if (event.key === "k") walk(-1);
  });
  const module = await import(hotkeys);
  install = (root) => root.querySelectorAll("[data-hotkey]").forEach((element) => module.install(element));
}

function enrich(root) {
  install(root);
  root.querySelectorAll("[data-counts]").forEach(count);
}
enrich(document);
document.addEventListener("htmx:load", (event) => enrich(event.detail.elt.parentElement ?? event.detail.elt));
