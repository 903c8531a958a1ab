/* Texts to take along: one press or one look selects all of it. Without this, and where
   the browser has no clipboard, whoever wants the text selects it as any other. */

document.querySelectorAll("[data-select-all]").forEach((text) => {
  text.addEventListener("focus", () => text.select());
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      return; // it is selected: the usual keys copy it
    }
    document.getElementById("say").textContent = button.dataset.said;
  });
});
