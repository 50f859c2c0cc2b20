// The review's second tab: what was found, its passages lit, judged item by item with the same keys.
// What is decided shows at once and is confirmed by the server; if that fails, it is told and put back.

import { alertOf, fragment, send } from "./api.js";
import { byId, keepClearOfBar, placeInText, stack, watchText } from "./desk.js";
import { onKeys, showHelp } from "./keys.js";
import { light, lightOne, parseRanges, reveal } from "./lights.js";
import { selected } from "./offsets.js";
import { startOriginal } from "./original.js";

const report = document.querySelector(".review").dataset.report;
const list = byId("items");
const form = byId("filters");
const items = () => [...list.querySelectorAll(".item")];
const visible = () => items().filter((item) => !item.hidden);
const title = (item) => item.querySelector(".open").textContent;
const undoable = stack(`counterfoil-undo-items-${report}`);
const FIRST = { dates: "text", narratives: "text", voices: "speaker", figures: "value", attributions: "actor", observables: "value" };
const original = startOriginal();
let current = null;
let drafted = null; // the selection that is being added

// A voice covers whole paragraphs: voices are lit when they are asked for.
function relight() {
  const voices = form.elements.kind.value === "voices";
  light(
    items()
      .filter((item) => item.dataset.state !== "rejected" && !item.hidden && (voices || item.dataset.kind !== "voices"))
      .map((item) => ({
        key: item.id,
        group: item.dataset.state === "accepted" ? "accepted" : "found",
        words: item.dataset.ranges,
      })),
  );
  for (const place of document.querySelectorAll("[data-count]")) {
    const count = items().filter((item) => item.dataset.state === place.dataset.count).length;
    if (place.textContent !== String(count)) place.textContent = count;
  }
}

function applyFilters() {
  const wanted = { kind: form.elements.kind.value, state: form.elements.state.value };
  const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of items()) {
    const text = item.querySelector(".item-words").textContent.toLowerCase();
    const other =
      (wanted.kind && item.dataset.kind !== wanted.kind) ||
      // What was just judged stays until the reviewer moves to another view.
      (wanted.state && item.dataset.state !== wanted.state && !item.matches(".current, .just")) ||
      !words.every((word) => text.includes(word));
    item.hidden = Boolean(other);
  }
  for (const section of list.querySelectorAll("section[data-kind]")) {
    section.hidden = !section.querySelector(".item:not([hidden])");
    section.querySelector(".count").textContent = section.querySelectorAll(".item").length;
  }
  const perhaps = list.querySelector(".proposals");
  if (perhaps) perhaps.hidden = Boolean(words.length || wanted.state || !["", "actors"].includes(wanted.kind));
  byId("none").hidden = visible().length > 0;
  remember({ ...wanted, q: form.elements.q.value });
  relight();
}

function remember(wanted) {
  const query = new URLSearchParams({ tab: "found" });
  for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
  history.replaceState(null, "", `${location.pathname}?${query}${placeInText()}`);
  for (const back of document.querySelectorAll('input[name="back"]')) back.value = query.toString();
}

function focusOn(item, { scrollText = true, detail = false } = {}) {
  if (!item) return;
  if (current && current !== item) {
    current.classList.remove("current", "just");
    current.removeAttribute("aria-current");
    current.querySelector(".detail")?.remove();
  }
  current = item;
  item.classList.add("current");
  item.setAttribute("aria-current", "true");
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  const ranges = parseRanges(item.dataset.ranges);
  lightOne("focus", ranges);
  if (scrollText) reveal(ranges);
  original.follow(ranges);
  if (detail) showDetail(item);
}

function step(by) {
  const all = visible();
  const at = all.indexOf(current);
  focusOn(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
}

async function showDetail(item) {
  if (item.querySelector(".detail")) return item.querySelector(".detail");
  try {
    const detail = await fragment(`/items/${item.id}/detail`);
    if (current !== item || item.querySelector(".detail")) return item.querySelector(".detail");
    detail.querySelector(".take-selection").hidden = false;
    item.append(detail);
    item.scrollIntoView({ block: "nearest" });
    return detail;
  } catch (error) {
    alertOf(error);
    return null;
  }
}

function show(item, state, words) {
  item.classList.remove("open", "accepted", "rejected");
  item.classList.add(state, "just");
  item.dataset.state = state;
  item.querySelector(".said").textContent = words ?? (state === "open" ? "" : state);
  relight();
}

async function judge(item, verdict, { goOn = true } = {}) {
  if (!item) return;
  if (item.dataset.state === verdict) return goOn && step(1);
  const before = { state: item.dataset.state, said: item.querySelector(".said").textContent };
  show(item, verdict);
  item.classList.add("busy");
  undoable.push([item.id]);
  if (goOn) step(1);
  try {
    const [decision] = await send("/api/item-decisions", { items: [item.id], verdict });
    item.querySelector(".said").textContent = `${verdict} by ${decision.analyst}`;
    item.querySelector(".detail")?.remove();
  } catch (error) {
    undoable.remove([item.id]);
    show(item, before.state, before.said);
    alertOf(error, `${title(item)} was not ${verdict}. `);
    focusOn(item);
  } finally {
    item.classList.remove("busy");
  }
}

async function undo(ids) {
  const wanted = ids ?? undoable.pop();
  if (!wanted) {
    alertOf({ message: "Nothing to undo here.", hint: "An item that was decided earlier has its own Undo." });
    return;
  }
  try {
    const touched = await send("/api/item-decisions/undo", { items: wanted });
    if (ids) undoable.drop(ids);
    for (const one of touched) {
      if (one.item) await put(one.item);
      else {
        const gone = byId(one.id);
        if (gone && gone === current) {
          current = null;
          lightOne("focus", []);
        }
        gone?.remove();
        applyFilters();
      }
    }
  } catch (error) {
    if (!ids) undoable.push(wanted);
    alertOf(error, "Nothing was undone. ");
  }
}

// An item that is new or has changed takes its place in the list.
async function put(one) {
  const fresh = await fragment(`/items/${one.id}/card`);
  const there = byId(one.id);
  if (there) there.replaceWith(fresh);
  else (sectionOf(one.kind) ?? list).append(fresh);
  if (current && !current.isConnected) current = null;
  fresh.classList.add("just");
  applyFilters();
  fresh.hidden = false;
  if (fresh.closest("section")) fresh.closest("section").hidden = false;
  relight();
  focusOn(fresh);
}

function sectionOf(kind) {
  const there = list.querySelector(`section[data-kind="${kind}"]`);
  if (there) return there.querySelector(".items");
  const section = document.createElement("section");
  section.dataset.kind = kind;
  const heading = document.createElement("h3");
  heading.id = `kind-${kind}`;
  section.setAttribute("aria-labelledby", heading.id);
  const count = document.createElement("span");
  count.className = "count";
  heading.append(byId("add-kind").querySelector(`option[value="${kind}"]`).textContent, " ", count);
  const within = document.createElement("ul");
  within.className = "items";
  section.append(heading, within);
  byId("none").before(section);
  return within;
}

// e: the item's own form; a selected text is added to its passages.
async function edit() {
  if (!current) return;
  const passage = selected();
  const detail = await showDetail(current);
  if (!detail) return;
  detail.querySelector(".amend").open = true;
  if (passage) addPassage(detail, passage);
  detail.querySelector('[name^="f_"]').focus();
}

function addPassage(detail, passage) {
  const label = document.createElement("label");
  label.className = "check row-check";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "range";
  box.value = `${passage.start}-${passage.end}`;
  box.checked = true;
  const words = document.createElement("span");
  words.textContent = passage.quote;
  label.append(box, " ", words);
  detail.querySelector(".passages .field").before(label);
  document.getSelection().removeAllRanges();
}

function valuesOf(form) {
  const fields = {};
  for (const input of form.querySelectorAll('[name^="f_"]:not([name="f_aliases"])')) fields[input.name.slice(2)] = input.value;
  const aliases = form.querySelector('[name="f_aliases"]');
  if (!aliases) return { fields };
  const lines = aliases.value.split("\n").filter((line) => line.trim());
  const parted = lines.map((line) => [line, ...line.split(/\|(.*)/s)]);
  return { fields, aliases: parted.map(([, name, by = ""]) => ({ name: name.trim(), by: by.trim() })) };
}

async function amend(item, form) {
  if (form.elements.quote.value.trim()) return form.submit(); // words that were typed are looked for by the server
  const kept = [...form.querySelectorAll('[name="range"]:checked')].map((box) => parseRanges(box.value)[0]);
  if (!kept.length) return alertOf({ message: "An item needs a passage as its evidence.", hint: "" });
  try {
    const ranges = kept.map(([start, end]) => ({ start, end }));
    const one = await send(`/api/items/${item.id}/amend`, { ...valuesOf(form), ranges });
    undoable.push([item.id]);
    await put(one);
  } catch (error) {
    alertOf(error, "Nothing was changed. ");
  }
}

// c: the selected text becomes an item of its own.
async function openAdd() {
  drafted = selected();
  if (!drafted) {
    alertOf({ message: "Select some text of the report first.", hint: "Then press c, and say what it is." });
    return;
  }
  byId("add-quote").textContent = drafted.quote;
  const kind = byId("add-kind");
  kind.value = form.elements.kind.value || kind.value;
  byId("add-fields").replaceChildren();
  byId("add-item").returnValue = "";
  byId("add-item").showModal(); // before anything is waited for: a key pressed next must not decide
  kind.focus();
  await offerFields();
}

async function offerFields() {
  try {
    const kind = byId("add-kind").value;
    const fields = await fragment(`/items/fields/${kind}`);
    if (kind !== byId("add-kind").value) return; // another kind was chosen meanwhile: its answer counts
    byId("add-fields").replaceChildren(fields);
    const first = fields.querySelector(`[name="f_${FIRST[kind] ?? "name"}"]`);
    if (first) first.value = drafted.quote.replace(/\s+/g, " ").slice(0, 2000);
  } catch (error) {
    alertOf(error);
  }
}

byId("add-kind").addEventListener("change", offerFields);
byId("add-form").addEventListener("submit", (event) => {
  if (event.submitter?.value !== "yes") return;
  const kind = byId("add-kind").value;
  const body = { kind, ...valuesOf(byId("add-form")), ranges: [{ start: drafted.start, end: drafted.end }] };
  send(`/api/reports/${report}/items`, body)
    .then(async (one) => {
      undoable.push([one.id]);
      document.getSelection().removeAllRanges();
      await put(one);
    })
    .catch((error) => alertOf(error, "Nothing was added. "));
});
byId("add-open").addEventListener("click", (event) => {
  if (!selected()) return; // without a selection the plain form opens
  event.preventDefault();
  openAdd();
});

list.addEventListener("click", (event) => {
  const item = event.target.closest(".item");
  const link = event.target.closest("a");
  if (!item) return;
  if (event.target.closest(".take-selection")) {
    const passage = selected();
    if (passage) addPassage(item.querySelector(".detail"), passage);
    else alertOf({ message: "Select some text of the report first.", hint: "" });
  } else if (link?.matches(".open")) {
    event.preventDefault();
    focusOn(item, { detail: true });
  } else if (link?.matches(".show")) {
    event.preventDefault();
    reveal(parseRanges(link.dataset.range));
  } else if (!event.target.closest("button, input, textarea, select, summary, a, label")) focusOn(item);
});
list.addEventListener("submit", (event) => {
  const item = event.target.closest(".item");
  if (!item) return;
  event.preventDefault();
  if (event.target.matches(".amend-form")) amend(item, event.target);
  else if (event.submitter.matches(".undo")) undo([item.id]);
  else judge(item, event.submitter.value, { goOn: false });
});

form.addEventListener("submit", (event) => { event.preventDefault(); applyFilters(); });
form.addEventListener("change", applyFilters);
form.elements.q.addEventListener("input", applyFilters);
form.elements.q.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  event.target.blur();
  if (event.key === "Enter") focusOn(visible()[0]);
});
byId("apply").hidden = true;

function toggleDetail() {
  const detail = current?.querySelector(".detail");
  if (detail) detail.remove();
  else if (current) showDetail(current);
}

onKeys(
  {
    next: () => step(1),
    previous: () => step(-1),
    accept: () => judge(current, "accepted"),
    reject: () => judge(current, "rejected"),
    undo: () => undo(),
    edit,
    code: openAdd,
    open: toggleDetail,
    original: original.toggle,
    search: () => form.elements.q.focus(),
    help: showHelp,
  },
  {
    next: "next item",
    previous: "previous item",
    edit: "edit it; selected text is added to its passages",
    code: "add the selected text as an item",
    search: "search what was found",
  },
);
watchText({
  label: title,
  open: (keys) => focusOn(byId(keys[(keys.indexOf(current?.id) + 1) % keys.length]), { scrollText: false }),
});
keepClearOfBar();

const asked = list.querySelector(".item:has(.detail)") ?? byId(location.hash.slice(1)); // before the address is written anew
applyFilters();
if (asked?.matches(".item")) {
  asked.hidden = false;
  const opened = asked.querySelector(".detail");
  opened?.querySelector(".take-selection")?.removeAttribute("hidden");
  focusOn(asked);
}
