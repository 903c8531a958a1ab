/* Select words in the notes: the form for a quote appears below that paragraph, filled
   in. Focus stays, so the selection does too. The ＋ links do the same without this. */

const notes = document.getElementById("notes");
const picker = document.getElementById("quote-picker");
const text = picker?.elements.namedItem("text");

/* A selection across paragraphs shall not pick up the words of the links. */
notes?.querySelectorAll("[data-quote-link]").forEach((link) => { link.style.userSelect = "none"; });

function paragraphOf(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return notes.contains(element) ? element.closest("[data-paragraph]") : null;
}

/* Three clicks on the last paragraph reach into the heading after the notes. */
function clip(selection) {
  const range = selection.getRangeAt(0);
  if (!paragraphOf(range.startContainer) || paragraphOf(range.endContainer)) return;
  const lines = [...notes.querySelectorAll("[data-paragraph] p")].filter((line) => range.intersectsNode(line));
  const end = lines.at(-1);
  if (end) selection.setBaseAndExtent(range.startContainer, range.startOffset, end, end.childNodes.length);
}

function offer() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return;
  clip(selection);
  const range = selection.getRangeAt(0);
  const first = paragraphOf(range.startContainer);
  const last = paragraphOf(range.endContainer) ?? first;
  const words = selection.toString().trim();
  if (!first || !words) return;
  text.value = words;
  picker.action = `${picker.dataset.action}?paragraph=${first.dataset.paragraph}`;
  last.after(picker);
  picker.hidden = false;
}

function close() {
  picker.hidden = true;
  picker.previousElementSibling?.querySelector("[data-quote-link]")?.focus();
}

if (notes && picker) {
  picker.style.userSelect = "none";
  picker.dataset.action = picker.getAttribute("action");
  document.addEventListener("pointerup", () => setTimeout(offer));
  notes.addEventListener("keyup", offer);
  picker.querySelector("[data-cancel]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !picker.hidden) close();
  });
}
