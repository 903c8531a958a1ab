/* Copies of notes on this device: `draft:<user>:<id of the talk>~<tab>`, so that two tabs
   never overwrite each other's. Storage may be full, switched off or emptied at any time;
   then there is no copy, and nothing breaks. */

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

/* The same while the tab lives, also from page to page. */
export function keyOf(talk) {
  let tab = Math.random().toString(36).slice(2, 10);
  try { tab = sessionStorage.getItem("tab") ?? tab; sessionStorage.setItem("tab", tab); } catch { /* this page's own */ }
  return `draft:${talk}~${tab}`;
}

/* What people typed and chose, by name; some names have several values. Empty inputs for
   further people say nothing: a page may have more of them than another. */
const NOT_TYPED = ["csrfmiddlewaretoken", "form_key", "base_rev"];
export function fieldsOf(form) {
  const found = { who: [] };
  for (const [name, value] of new FormData(form)) {
    const isNothing = name === "who" && !value.trim();
    if (!isNothing && !NOT_TYPED.includes(name)) (found[name] ??= []).push(value);
  }
  return found;
}
export function fill(form, fields) {
  form.querySelectorAll("[type=checkbox]").forEach((box) => { box.checked = (fields[box.name] ?? []).includes(box.value); });
  for (const [name, values] of Object.entries(fields)) {
    const controls = [...form.querySelectorAll(`[name="${name}"]:not([type=checkbox])`)];
    while (controls.length && controls.length < values.length) controls.push(another(controls.at(-1)));
    controls.forEach((control, n) => { control.value = values[n] ?? ""; });
  }
  form.querySelectorAll("fieldset details").forEach((more) => { more.open = true; });
}
function another(control) {
  const copy = control.cloneNode();
  copy.removeAttribute("id");
  control.after(copy);
  return copy;
}

/* Asks about copies the server never got; never puts one back unasked. What an earlier
   page of this tab left waits under another key, where typing does not overwrite it. */
export function offerCopy({ prefix, id, key, now, editUrl, restore }) {
  if (load(key)) {
    put(`${key}.${Date.now()}`, load(key));
    forget(key);
  }
  const offer = () => {
    const found = unsynced(prefix + id, key, now);
    const take = () => { restore(found.copy); forget(found.key); };
    if (found && location.hash === "#restore") take();
    else if (found) ask(found, take, offer);
    else if (location.pathname !== editUrl) offerOther(prefix, id, editUrl);
  };
  offer();
}

/* The newest copy that is not what the page shows; those that are have had their day. */
function unsynced(prefix, own, now) {
  const copies = keysOf(prefix).filter((key) => key !== own).map((key) => ({ key, copy: load(key) }));
  copies.filter(({ copy }) => !copy || JSON.stringify(copy.fields) === now).forEach(({ key }) => forget(key));
  return copies.filter(({ key }) => load(key)).sort((a, b) => b.copy.at.localeCompare(a.copy.at))[0];
}

/* On a fresh page: text of another talk that never left this device. */
function offerOther(prefix, id, editUrl) {
  const key = keysOf(prefix).find((one) => !one.startsWith(prefix + id) && load(one));
  if (!key) return;
  const other = key.slice(prefix.length).split("~")[0];
  ask({ key, copy: load(key) }, () => { location.href = `${editUrl.replace(id, other)}#restore`; }, () => {});
}

function ask({ key, copy }, accept, next) {
  const banner = document.getElementById("draft-banner");
  const decide = (then) => () => {
    banner.hidden = true;
    document.getElementById("id_notes").focus(); // the button is gone: focus goes on to the text
    then();
  };
  banner.querySelector("p").textContent = banner.dataset.said.replace("TIME", new Date(copy.at).toLocaleString());
  banner.querySelector("[data-restore]").onclick = decide(accept);
  banner.querySelector("[data-discard]").onclick = decide(() => { forget(key); next(); });
  banner.hidden = false;
}
