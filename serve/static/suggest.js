// Completes what is being typed; without an answer nothing happens.
const words = document.getElementById("words");
const begun = document.getElementById("begun");
const PAUSE_MS = 150;
let waiting;

async function suggest(text) {
  const response = await fetch(`${words.dataset.source}?${new URLSearchParams({ q: text })}`);
  if (!response.ok || words.value !== text) return;
  const { suggestions } = await response.json();
  begun.replaceChildren(...suggestions.map(({ text: value }) => Object.assign(document.createElement("option"), { value })));
}

words.addEventListener("input", () => {
  clearTimeout(waiting);
  const text = words.value;
  if (text.trim().length > 1 && text.length <= 100) waiting = setTimeout(() => suggest(text).catch(() => {}), PAUSE_MS);
});
