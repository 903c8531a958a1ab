/* A comment that is being written stands in two places: a copy on this device, and a
   draft on the server, as "Keep as a draft" makes it without this file. The line under
   the form says "kept on the server" only in answer to the server. Whoever comments by a
   link has no draft there: only the copy. */

import { forget, keysOf, load, put } from "./copies.js";

const COPY_AFTER = 400, PAUSE = 1000, OLD = 30 * 24 * 3600 * 1000;
export const COPIES = "comment:";
const FORMS = "form[data-comment]";
const states = new WeakMap();

const keyOf = (form) => COPIES + form.dataset.comment;
const textOf = (form) => form.elements.namedItem("text");
const hasDraft = (form) => form.elements.namedItem("keep") !== null;
function stateOf(form) {
  if (!states.has(form)) states.set(form, { attempt: 0 });
  return states.get(form);
}

function say(form, name) {
  const line = form.querySelector("[data-kept]");
  if (line) line.textContent = name ? line.dataset[name] : "";
}

function copy(form, more = {}) {
  clearTimeout(stateOf(form).copying);
  const text = textOf(form).value;
  if (!text) { forget(keyOf(form)); return true; }
  return put(keyOf(form), { text, at: new Date().toISOString(), ...more });
}

/* --- on the server --- */

async function keep(form) {
  const state = stateOf(form);
  clearTimeout(state.waiting);
  const text = textOf(form).value;
  if (state.isSent || !form.isConnected) return;
  if (!hasDraft(form)) return say(form, text && (copy(form) ? "here" : "nowhere"));
  if (state.kept === text) return;
  const isKept = await sent(form);
  if (state.isSent) return;
  state.attempt = isKept ? 0 : state.attempt + 1;
  if (isKept) {
    state.kept = text;
    if (textOf(form).value === text) { forget(keyOf(form)); say(form, "kept"); }
    return;
  }
  say(form, copy(form) ? "lost" : "nowhere");
  state.waiting = setTimeout(keep, Math.min(60, 2 ** state.attempt) * 1000, form);
}

async function sent(form) {
  const body = new FormData(form);
  body.set("keep", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    return answer.ok && !answer.redirected;
  } catch { return false; } // without a connection: said under the form
}

/* --- what this device has kept --- */

/* Where a comment was accepted, this page shows it, or asks who wrote it. */
function settle() {
  const target = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
  const isAccepted = document.querySelector("[data-accepted]") || (target && "own" in target.dataset);
  for (const key of keysOf(COPIES)) {
    const found = load(key);
    if (!found || (isAccepted && found.sent) || Date.now() - new Date(found.at) > OLD) forget(key);
  }
}

/* An empty form gets its text back; one that holds another text is asked about. */
function offer(form) {
  if (states.has(form)) return;
  const state = stateOf(form), field = textOf(form), found = load(keyOf(form));
  if (hasDraft(form)) state.kept = field.value;
  if (!found) return;
  const isRefused = form.querySelector(".is-wrong") !== null;
  if (found.text === field.value) return hasDraft(form) && !isRefused ? forget(keyOf(form)) : copy(form);
  if (!field.value && !found.sent) { restore(form, found); return; }
  const place = form.querySelector("[data-offer]");
  place.querySelector("[data-words]").textContent = place.dataset.offer.replace("TIME", new Date(found.at).toLocaleString());
  const decide = (then) => () => { place.hidden = true; field.focus(); then(); };
  place.querySelector("[data-restore]").onclick = decide(() => restore(form, found));
  place.querySelector("[data-discard]").onclick = decide(() => forget(keyOf(form)));
  place.hidden = false;
}

function restore(form, found) {
  textOf(form).value = found.text;
  form.dataset.changed = "";
  copy(form);
  say(form, "found");
  stateOf(form).waiting = setTimeout(keep, PAUSE, form);
}

/* --- what people do --- */

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(FORMS);
  if (!form) return;
  const state = stateOf(form);
  say(form, "");
  clearTimeout(state.waiting);
  clearTimeout(state.copying);
  state.copying = setTimeout(copy, COPY_AFTER, form);
  state.waiting = setTimeout(keep, PAUSE, form);
});

/* What is sent now is no draft any more; its copy stays until a page shows it. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches(FORMS)) return;
  const state = stateOf(event.target);
  clearTimeout(state.waiting);
  state.isSent = true;
  copy(event.target, { sent: true });
});

const forms = () => [...document.querySelectorAll(FORMS)];
const again = () => forms().filter((form) => stateOf(form).attempt > 0).forEach(keep);
addEventListener("online", again);
document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
addEventListener("pagehide", () => forms().filter((form) => stateOf(form).copying && !stateOf(form).isSent && stateOf(form).kept !== textOf(form).value).forEach((form) => copy(form)));

/* Whoever leaves takes everything along: nothing is written down at the last moment. */
export function stopCopying() {
  forms().forEach((form) => {
    const state = stateOf(form);
    clearTimeout(state.waiting);
    clearTimeout(state.copying);
    state.isSent = true;
  });
}

/* A page that is fetched back by "Back" can be written on again. */
addEventListener("pageshow", () => forms().forEach((form) => { stateOf(form).isSent = false; }));

settle();
forms().forEach(offer);
document.addEventListener("htmx:load", () => forms().forEach(offer));
