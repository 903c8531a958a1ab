/* Notes in two stores: a draft on the server, a copy on this device until the server
   has it. The status line says "Saved" only in the server's own words. */

import { COPIES } from "./comments.js";
import { fieldsOf, fill, forget, keyOf, keysOf, offerCopy, put } from "./copies.js";
import { freshToken, guardSignOut } from "./signing.js";

const form = document.getElementById("capture");
const finished = document.querySelector("[data-finished]");
if (finished) forget(keyOf(finished.dataset.finished));
const COPY_AFTER = 400, COPIED_AT_ONCE = 50_000, NO_PAUSE = 10_000;
if (form) start();

function start() {
  const status = document.getElementById("draft-status");
  const words = status.dataset;
  const rev = form.elements.namedItem("base_rev");
  const [user, id] = form.dataset.draft.split(":");
  const PREFIX = `draft:${user}:`;
  const KEY = keyOf(form.dataset.draft);
  const server = status.querySelector("[data-at]");

  let lastSave = server?.dataset.at ?? "";
  let saved = "unsaved" in form.dataset ? "" : snapshot(); // what the server is known to have
  let sent = "", lost = "";
  let attempt = 0, isKept = true, mustAskToken = false, isSending = false, isLeaving = false, isOver = false;
  let keeping, retrying, slow, waiting, lastSent = Date.now();

  function snapshot() { return JSON.stringify(fieldsOf(form)); }
  function isDirty() { return snapshot() !== saved; }
  function isPaused() { return document.getElementById("conflict-choice") !== null; }

  function keep() {
    clearTimeout(keeping);
    keeping = undefined;
    if (isOver) return;
    if (!isDirty()) return forget(KEY);
    isKept = put(KEY, { fields: fieldsOf(form), base_rev: rev.value, at: new Date().toISOString() });
  }

  const part = (id) => document.getElementById(id).content.cloneNode(true);
  function say(text, isAlarm = true) {
    const state = document.getElementById("draft-state"); // stays: an answer may be on its way to it
    for (const name of Object.keys(state.dataset)) delete state.dataset[name];
    if (isAlarm) state.dataset.alarm = "";
    state.replaceChildren(isAlarm ? part("draft-alarm") : "", text);
    if (text === words.signedOut) state.append(part("draft-sign-in"));
  }

  /* "Saved" goes as soon as the page holds more than the server has. */
  function admit() {
    const isAlarm = "alarm" in document.getElementById("draft-state").dataset;
    if (isAlarm || isPaused() || !isDirty()) return;
    say(lastSave ? words.writing.replace("TIME", lastSave) : words.writingNew, false);
  }

  /* --- answers --- */
  function failed(text) {
    keep();
    say(isKept ? text : words.nowhere);
    clearTimeout(retrying);
    attempt += 1;
    retrying = setTimeout(retry, Math.min(60, 2 ** attempt) * 1000);
  }
  function offline() { return lastSave ? words.offline.replace("TIME", lastSave) : words.offlineNew; }

  async function retry() {
    clearTimeout(retrying);
    if (isSending || isPaused() || !isDirty()) return;
    try {
      if (mustAskToken && !(await freshToken(form))) return failed(words.signedOut);
      mustAskToken = false;
    } catch { return failed(offline()); }
    form.dispatchEvent(new Event("retry"));
  }

  function accepted() {
    const state = status.querySelector("[data-rev]");
    attempt = 0;
    lost = "";
    if (!state) return;
    rev.value = state.dataset.rev;
    lastSave = state.dataset.at;
    if (!("partial" in state.dataset)) { saved = sent; admit(); }
    keep();
  }

  /* The answer to an earlier try was lost: what stands there is our own text. */
  function conflicted() {
    keep();
    const theirs = document.getElementById("their-notes");
    const choice = document.getElementById("conflict-choice");
    if (!lost || theirs.value !== JSON.parse(lost).notes?.[0]) return;
    rev.value = choice.dataset.rev;
    choice.remove();
    retry();
  }

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    event.stopPropagation(); // the page's busy marks are for what people press
    if (isLeaving || isPaused()) {
      event.preventDefault();
      return isLeaving || say(words.paused) || keep();
    }
    isSending = true;
    lastSent = Date.now();
    sent = snapshot();
    slow = setTimeout(() => say(words.saving, false), 800);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    event.stopPropagation();
    clearTimeout(slow);
    isSending = false;
    judge(event.detail.xhr.status);
    if (waiting !== undefined) form.requestSubmit(waiting);
  });
  function judge(code) {
    if (code === 200) return accepted();
    if (code === 409) return conflicted();
    if (code === 422) return keep();
    if (code === 401 || code === 403) mustAskToken = true;
    else lost = sent;
    return code === 401 ? failed(words.signedOut) : failed(offline());
  }
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError", "session-expired"]) {
    form.addEventListener(name, (event) => event.stopPropagation()); // said in the status line
  }

  /* --- what people do --- */
  form.addEventListener("input", () => {
    if (location.pathname !== form.dataset.editUrl) history.replaceState(null, "", form.dataset.editUrl);
    if (form.elements.namedItem("notes").value.length < COPIED_AT_ONCE) keep();
    else keeping ??= setTimeout(keep, COPY_AFTER);
    admit();
    if (attempt === 0 && Date.now() - lastSent > NO_PAUSE) retry();
  });
  /* A draft on its way arrives first: else the page would be in conflict with itself. */
  form.addEventListener("submit", (event) => {
    keep();
    if (isSending) { event.preventDefault(); waiting = event.submitter; } else isLeaving = true;
  });
  addEventListener("pageshow", () => { isLeaving = false; waiting = undefined; });
  addEventListener("pagehide", keep);
  addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => (document.hidden ? keep() : retry()));
  addEventListener("beforeunload", (event) => { if (isDirty() && !isKept) event.preventDefault(); });
  guardSignOut({
    url: words.signOutUrl,
    isUnsaved: () => { keep(); return isDirty(); },
    warn: () => { say(words.signingOut); status.scrollIntoView({ block: "nearest" }); },
    leave: () => { isOver = true; [PREFIX, COPIES].flatMap(keysOf).forEach(forget); },
  });

  if (matchMedia("(width < 56rem)").matches) document.getElementById("guide").open = false; // narrow: notes first

  function restore(copy) {
    fill(form, copy.fields);
    rev.value = copy.base_rev;
    say(words.restored);
    keep();
    if (document.readyState === "complete") retry(); else addEventListener("load", retry);
  }
  offerCopy({ prefix: PREFIX, id, key: KEY, now: snapshot(), editUrl: form.dataset.editUrl, restore });
  keep();
}
