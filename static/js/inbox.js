/* Quotes not linked: keys say what a quote is about and how it speaks. They act on the
   quote that has the focus; a question's key begins with the first. Loaded only for
   those who have single keys switched on. */

const QUESTIONS = "1234567890-";
const STANCES = { s: "supports", c: "contradicts", n: "neutral" };
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select";

const fieldOf = (quote, name) => quote.querySelector(`[name$="-${name}"]`);

function chooseQuestion(quote, key) {
  const field = fieldOf(quote, "target");
  const wanted = String(QUESTIONS.indexOf(key) + 1);
  if (![...field.options].some((option) => option.value === wanted)) return;
  field.value = wanted;
  quote.dataset.asked = "";
}

function chooseStance(quote, key) {
  const choice = quote.querySelector(`[name$="-stance"][value="${STANCES[key]}"]`);
  choice.checked = true;
  quote.dataset.spoken = "";
}

/* Both said: what is left is how strong it is. */
function moveOn(quote) {
  const isBoth = "asked" in quote.dataset && "spoken" in quote.dataset;
  (isBoth ? fieldOf(quote, "grade") : quote).focus();
  quote.querySelector("form").dataset.changed = "";
}

/* Before other keys: on a quote, c contradicts and begins no interview. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
  const focused = event.target.closest("[data-quote]");
  const isQuestion = QUESTIONS.includes(event.key);
  const quote = focused ?? (isQuestion ? document.querySelector("[data-quote]") : null);
  if (!quote || !(isQuestion || event.key in STANCES)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isQuestion) chooseQuestion(quote, event.key);
  else chooseStance(quote, event.key);
  moveOn(quote);
}, true);
