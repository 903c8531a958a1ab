/* Signing in and out while somebody is in the middle of a form. */

/* Signing in again changes the token of forms: this asks the form's own page for the
   new one. False while nobody is signed in; throws without a connection. */
export async function freshToken(form) {
  const answer = await fetch(form.dataset.editUrl);
  if (answer.redirected || !answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.getElementById(form.id)?.dataset.draft !== form.dataset.draft) return false; // somebody else
  const name = "csrfmiddlewaretoken";
  form.elements.namedItem(name).value = page.querySelector(`#${form.id} [name=${name}]`).value;
  return true;
}

/* Signing out drops what only this device has: the first press says so. */
export function guardSignOut({ url, isUnsaved, warn, leave }) {
  document.addEventListener("submit", (event) => {
    const out = event.target;
    if (out.getAttribute("action") !== url) return;
    if (!isUnsaved() || out.dataset.warned) return leave();
    event.preventDefault();
    event.stopImmediatePropagation();
    out.dataset.warned = "yes";
    warn();
  }, true);
}

/* On pages without notes: copies that another page left, or another tab still writes. */
export function guardCopies(url, keys, stop) {
  guardSignOut({
    url,
    isUnsaved: () => keys().length > 0,
    warn: () => document.querySelectorAll("[data-unsaved-warning]").forEach((place) => {
      place.hidden = false;
      place.textContent = place.dataset.unsavedWarning;
    }),
    leave: () => { stop(); keys().forEach((key) => localStorage.removeItem(key)); },
  });
}
