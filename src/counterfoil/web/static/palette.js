// The palette: all techniques, searched by number, name and the words of our definitions; then by the codebook's cues.

import { read } from "./api.js";

const dialog = document.getElementById("palette");
const search = document.getElementById("palette-search");
const list = document.getElementById("palette-list");
const about = document.getElementById("palette-about");
const modality = document.getElementById("palette-modality");
let techniques = null;
let found = [];
let at = 0;
let answer = null;
let cued = { words: "", hits: new Map() }; // technique -> the cue that holds the words
let asked = 0;
const SHORTEST = 3; // letters that are looked for among cues
const PAUSE = 120; // milliseconds without a key

// Ask for a technique; resolves to {technique, modality}, or null if it was left.
export async function choose({ title, quote = "", words = "", putting = "observed" }) {
  document.getElementById("palette-title").textContent = title;
  const shown = document.getElementById("palette-quote");
  shown.textContent = quote;
  shown.hidden = !quote;
  modality.value = putting;
  search.value = words;
  dialog.showModal(); // before anything is waited for: what is typed next is meant for the field, not for the review
  search.focus();
  search.select();
  const answered = new Promise((resolve) => {
    answer = resolve;
  });
  try {
    techniques ??= (await read("/api/techniques")).map((one) => ({ ...one, folded: fold(one) }));
  } catch (error) {
    dialog.close();
    throw error;
  }
  filter();
  return answered;
}

function fold(one) {
  return {
    name: one.name.toLowerCase(),
    all: `${one.id} ${one.name} ${one.tactic_name} ${one.definition} ${one.use_when}`.toLowerCase(),
  };
}

function filter() {
  if (!techniques) return; // still on their way
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (one) => {
    if (!words.every((word) => one.folded.all.includes(word))) return -1;
    return words.reduce((sum, word) => {
      if (one.id.toLowerCase() === word) return sum + 9;
      if (one.id.toLowerCase().startsWith(word)) return sum + 5;
      if (one.folded.name.startsWith(word)) return sum + 4;
      return sum + (one.folded.name.includes(word) ? 3 : 0);
    }, 0);
  };
  found = techniques.map((one) => [rank(one), one]).filter(([score]) => score >= 0);
  if (words.length) found.sort((a, b) => b[0] - a[0]);
  found = found.map(([, one]) => one);
  if (cued.words !== search.value) {
    cued = { words: search.value, hits: new Map() };
    askForCues();
  }
  const there = new Set(found.map((one) => one.id));
  const byId = new Map(techniques.map((one) => [one.id, one]));
  found.push(...[...cued.hits.keys()].filter((id) => byId.has(id) && !there.has(id)).map((id) => byId.get(id)));
  draw(words);
}

// What the cues say comes a moment later, below what was found by name and definition.
function askForCues() {
  clearTimeout(asked);
  const words = search.value;
  if (words.trim().length < SHORTEST) return;
  asked = setTimeout(async () => {
    try {
      const hits = await read(`/api/cues?q=${encodeURIComponent(words.slice(0, 200))}`);
      if (words !== search.value || !dialog.open) return;
      cued = { words, hits: new Map(hits.map((hit) => [hit.technique, hit.cue])) };
    } catch {
      return; // names and definitions were searched all the same
    }
    const chosen = found[at]?.id;
    filter();
    const index = found.findIndex((one) => one.id === chosen);
    if (index > 0) move(index);
  }, PAUSE);
}

function draw(words) {
  list.replaceChildren(
    ...found.map((one, index) => {
      const row = document.createElement("li");
      row.id = `option-${index}`;
      row.setAttribute("role", "option");
      if (one.parent && !words.length) row.className = "child";
      const code = document.createElement("code");
      code.textContent = one.id;
      row.append(code, one.name);
      row.addEventListener("click", () => { move(index); finish(); });
      row.addEventListener("mousemove", () => { if (at !== index) move(index, false); });
      return row;
    }),
  );
  move(0);
}

function move(index, scroll = true) {
  list.children[at]?.removeAttribute("aria-selected");
  at = Math.max(0, Math.min(index, found.length - 1));
  const row = list.children[at];
  row?.setAttribute("aria-selected", "true");
  if (scroll) row?.scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", row ? row.id : "");
  describe(found[at]);
}

function describe(one) {
  if (!one) {
    about.textContent = "No technique has all these words, in its definition or in a cue.";
    return;
  }
  const part = (tag, words, bold = "") => {
    const element = document.createElement(tag);
    if (bold) {
      const strong = document.createElement("b");
      strong.textContent = `${bold} `;
      element.append(strong);
    }
    element.append(words);
    return element;
  };
  about.replaceChildren(
    part("h3", `${one.id} ${one.name}`),
    part("p", `${one.tactic} ${one.tactic_name}`),
    part("p", one.definition),
    ...(one.use_when ? [part("p", one.use_when, "Use it when:")] : []),
    ...one.not_when.map((not) => part("p", `${not.when}${not.instead ? ` → ${not.instead}` : ""}`, "Not when:")),
    ...(cued.hits.has(one.id) ? [part("p", cued.hits.get(one.id), "Cue:")] : []),
  );
}

function finish() {
  if (!found[at]) return;
  const chosen = { technique: found[at].id, modality: modality.value };
  const resolve = answer;
  answer = null;
  dialog.close();
  resolve?.(chosen);
}

search.addEventListener("input", filter);
dialog.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.target.closest("header")) {
    event.preventDefault();
    finish();
  } else if (event.target === search && ["ArrowDown", "ArrowUp", "PageDown", "PageUp"].includes(event.key)) {
    event.preventDefault();
    move(at + { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]);
  }
});
dialog.addEventListener("close", () => {
  answer?.(null);
  answer = null;
});
