/* Copies of notes on this device: `draft:<user>:<id of the talk>`. Storage may be full,
   switched off or emptied at any time; then there is no copy, and nothing breaks. */

export function put(key, copy) {
  try { localStorage.setItem(key, JSON.stringify(copy)); return true; } catch { return false; }
}
export function load(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
export function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}
export function keysOf(prefix) {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
}

/* What people typed and chose, by name; who took part has several values. */
const NOT_TYPED = ["csrfmiddlewaretoken", "form_key", "base_rev"];
export function fieldsOf(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) if (!NOT_TYPED.includes(name)) (found[name] ??= []).push(value);
  return found;
}
export function fill(form, fields) {
  for (const [name, values] of Object.entries(fields)) {
    form.querySelectorAll(`[name="${name}"]`).forEach((control, n) => { control.value = values[n] ?? ""; });
  }
  form.querySelectorAll("fieldset details").forEach((more) => { more.open = true; });
}

/* Asks about a copy the server never got; never puts it back unasked. The copy waits
   under another key, where what is typed meanwhile does not overwrite it. */
export function offerCopy({ prefix, id, now, editUrl, restore }) {
  const key = prefix + id;
  const waiting = `${key}~`;
  if (!load(waiting) && load(key)) {
    put(waiting, load(key));
    forget(key);
  }
  const copy = load(waiting);
  const take = () => { restore(copy); forget(waiting); };
  if (copy && JSON.stringify(copy.fields) === now) forget(waiting);
  else if (copy && location.hash === "#restore") take();
  else if (copy) ask(waiting, copy, take);
  else if (location.pathname !== editUrl) offerOther(prefix, id, editUrl);
}

/* On a fresh page: text of another talk that never left this device. */
function offerOther(prefix, id, editUrl) {
  const key = keysOf(prefix).find(load);
  if (!key) return;
  const other = key.slice(prefix.length).replace("~", "");
  ask(key, load(key), () => { location.href = `${editUrl.replace(id, other)}#restore`; });
}

function ask(key, copy, accept) {
  const banner = document.getElementById("draft-banner");
  const decide = (then) => () => { banner.hidden = true; then(); };
  banner.querySelector("p").textContent = banner.dataset.said.replace("TIME", new Date(copy.at).toLocaleString());
  banner.querySelector("[data-restore]").onclick = decide(accept);
  banner.querySelector("[data-discard]").onclick = decide(() => forget(key));
  banner.hidden = false;
}
