/* Drafts of comments: a pause keeps the text on the server, as "Keep as a draft" does
   without this file. The line under the form says "kept" only in answer to the server. */

const PAUSE = 1000;
const waiting = new WeakMap();
const kept = new WeakMap();

function say(form, name) {
  const line = form.querySelector("[data-kept]");
  if (line) line.textContent = name ? line.dataset[name] : "";
}

async function keep(form) {
  const text = form.elements.namedItem("text").value;
  if (kept.get(form) === text || form.dataset.sent) return;
  const body = new FormData(form);
  body.set("keep", "1");
  let isKept = false;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    isKept = answer.ok && !answer.redirected;
  } catch { /* without a connection: said below */ }
  if (isKept) kept.set(form, text);
  say(form, isKept ? "kept" : "lost");
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-comment]");
  if (!form) return;
  say(form, "");
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(keep, PAUSE, form));
});

/* What is sent now is no draft any more. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-comment]")) return;
  clearTimeout(waiting.get(event.target));
  event.target.dataset.sent = "yes";
});

/* A page that is fetched back by "Back" can be written on again. */
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-comment]").forEach((form) => delete form.dataset.sent);
});
