// The review: moving, deciding, undoing, own codes. What is decided shows at once and is confirmed by the server;
// if that fails, it is told and put back. Moving never decides.

import { alertOf, fragment, send } from "./api.js";
import { ask, byId, keepClearOfBar, stack, watchText } from "./desk.js";
import { factsOf } from "./facts.js";
import { startFilters } from "./filters.js";
import { onKeys, showHelp } from "./keys.js";
import { light, lightOne, parseRanges, reveal } from "./lights.js";
import { selected } from "./offsets.js";
import { offer } from "./offer.js";
import { startOriginal } from "./original.js";
import { choose } from "./palette.js";

const review = document.querySelector(".review");
const report = review.dataset.report;
const list = document.getElementById("cards");

startReview();

function startReview() {
  const cards = () => list.querySelectorAll(":scope > .card");
  const visible = () => [...cards()].filter((card) => !card.hidden);
  const undoable = stack(`counterfoil-undo-${report}`);
  let current = null;
  const original = startOriginal();
  const filters = startFilters({ form: byId("filters"), cards, changed });

  function changed({ hints }) {
    if (hints !== undefined) tellHints(hints);
    byId("none").hidden = visible().length > 0;
    relight();
  }

  function tellHints(hints) {
    const note = byId("hints");
    note.replaceChildren();
    if (hints) {
      const link = document.createElement("a");
      link.href = "?score=0";
      link.id = "show-hints";
      link.textContent = `${hints} hint${hints === 1 ? "" : "s"} below 20\u00a0%`;
      note.append(" · ", link);
    }
  }

  function relight() {
    light(
      visible()
        .filter((card) => card.dataset.state !== "rejected")
        .map((card) => ({
          key: card.id,
          group: card.dataset.state === "accepted" ? "accepted" : `open-${card.dataset.modality}`,
          words: card.dataset.ranges,
        })),
    );
    tally();
  }

  function tally() {
    const counted = { open: 0, accepted: 0, rejected: 0 };
    for (const card of cards()) {
      if (card.dataset.state !== "open" || Number(card.dataset.score) >= 0.2) counted[card.dataset.state] += 1;
    }
    for (const [state, count] of Object.entries(counted)) {
      const place = document.querySelector(`[data-count="${state}"]`);
      if (place.textContent !== String(count)) place.textContent = count;
    }
  }

  function focusOn(card, { scrollText = true, take = true } = {}) {
    if (!card) return;
    if (current && current !== card) {
      current.classList.remove("current", "just");
      current.removeAttribute("aria-current");
      current.querySelector(".detail")?.remove();
    }
    current = card;
    card.classList.add("current");
    card.setAttribute("aria-current", "true");
    if (take) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const ranges = parseRanges(card.dataset.ranges);
    lightOne("focus", ranges);
    if (scrollText) reveal(ranges);
    original.follow(ranges);
    showDetail(card);
  }

  async function showDetail(card) {
    if (card.querySelector(".detail")) return;
    try {
      const detail = await fragment(`/suggestions/${card.id}/detail`);
      if (current !== card || card.querySelector(".detail")) return;
      detail.querySelector(".take-selection").hidden = false;
      card.append(detail);
      card.scrollIntoView({ block: "nearest" });
    } catch (error) {
      alertOf(error);
    }
  }

  function step(by) {
    const all = visible();
    const at = all.indexOf(current);
    focusOn(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
  }

  function show(card, state, words = "") {
    card.classList.remove("open", "accepted", "rejected");
    card.classList.add(state, "just");
    card.dataset.state = state;
    card.querySelector(".said").textContent = state === "open" ? "" : `${state}${words}`;
    offer(card, state);
    relight();
  }

  async function judge(card, verdict, { goOn = true } = {}) {
    if (!card || card.dataset.state === verdict) return goOn && step(1);
    const before = { state: card.dataset.state, said: card.querySelector(".said").textContent };
    show(card, verdict);
    card.classList.add("busy");
    undoable.push([card.id]);
    if (goOn) step(1);
    try {
      const [decision] = await send("/api/decisions", { suggestions: [card.id], verdict });
      card.querySelector(".said").textContent = `${verdict} by ${decision.analyst}`;
      refreshDetail(card);
    } catch (error) {
      undoable.remove([card.id]);
      show(card, before.state);
      card.querySelector(".said").textContent = before.said;
      alertOf(error, `${factsOf(card).code} was not ${verdict}. `);
      focusOn(card);
    } finally {
      card.classList.remove("busy");
    }
  }

  function refreshDetail(card) {
    if (card === current) {
      card.querySelector(".detail")?.remove();
      showDetail(card);
    }
  }

  async function undo(ids) {
    const wanted = ids ?? undoable.pop();
    if (!wanted) {
      alertOf({ message: "Nothing to undo here.", hint: "A suggestion that was decided earlier has its own Undo." });
      return;
    }
    try {
      const touched = await send("/api/decisions/undo", { suggestions: wanted });
      if (ids) undoable.drop(ids);
      for (const item of touched) {
        const card = byId(item.id);
        if (!card) continue;
        if (!item.decision && item.coder.startsWith("analyst ")) {
          if (current === card) { current = null; lightOne("focus", []); }
          card.remove();
        } else show(card, item.decision?.verdict ?? "open", item.decision ? ` by ${item.decision.analyst}` : "");
      }
      relight();
      const left = touched.map((item) => byId(item.id)).find((card) => card?.isConnected);
      if (left) {
        left.hidden = false;
        focusOn(left);
        refreshDetail(left);
      }
    } catch (error) {
      if (!ids) undoable.push(wanted);
      alertOf(error, "Nothing was undone. ");
    }
  }

  // A new or changed suggestion of the analyst's own takes its place in the list.
  async function put(item, replaced = null) {
    const fresh = await fragment(`/suggestions/${item.id}/card`);
    const there = byId(item.id);
    if (there) there.replaceWith(fresh);
    else list.append(fresh);
    if (current && !current.isConnected) current = null;
    if (replaced && replaced.id !== item.id) show(replaced, "rejected", ": put right");
    fresh.classList.add("just");
    undoable.push(replaced && replaced.id !== item.id ? [item.id, replaced.id] : [item.id]);
    filters.apply();
    fresh.hidden = false;
    relight();
    focusOn(fresh);
  }

  async function codeSelection() {
    const passage = selected();
    if (!passage) {
      alertOf({ message: "Select some text of the report first.", hint: "Then press c, and choose a technique." });
      return;
    }
    const chosen = await pick({ title: "Code the selection", quote: passage.quote });
    if (!chosen) return;
    try {
      const ranges = [{ start: passage.start, end: passage.end }];
      await put(await send(`/api/reports/${report}/codes`, { ...chosen, ranges }));
      document.getSelection().removeAllRanges();
    } catch (error) {
      alertOf(error, "The code was not stored. ");
    }
  }

  async function amend(card, change) {
    try {
      await put(await send(`/api/suggestions/${card.id}/amend`, change), card);
    } catch (error) {
      alertOf(error, "Nothing was changed. ");
    }
  }

  async function pick(options) {
    try {
      return await choose(options);
    } catch (error) {
      alertOf(error);
      return null;
    }
  }

  async function recode(card, words) {
    const chosen = await pick({
      title: `Instead of ${factsOf(card).code} ${factsOf(card).name}`,
      quote: card.querySelector(".words").textContent,
      words,
      putting: card.dataset.modality,
    });
    if (chosen) await amend(card, chosen);
  }

  // e: with text selected, that text becomes the passage; otherwise the code is changed.
  async function edit() {
    if (!current) return;
    const passage = selected();
    if (!passage) return recode(current, "");
    const words = `“${passage.quote}” becomes the passage of ${factsOf(current).code} ${factsOf(current).name}, which is accepted so.`;
    if (await ask("Change the passage?", words, "Change it")) {
      const card = current;
      document.getSelection().removeAllRanges();
      await amend(card, { ranges: [{ start: passage.start, end: passage.end }] });
    }
  }

  async function changeModality() {
    if (!current) return;
    const card = current;
    const dialog = byId("choose-modality");
    dialog.returnValue = "";
    dialog.showModal();
    dialog.querySelector(`button[value="${card.dataset.modality}"]`)?.focus();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    const chosen = dialog.returnValue;
    if (chosen && chosen !== card.dataset.modality) await amend(card, { modality: chosen });
    else card.focus();
  }

  async function acceptAll() {
    const waiting = visible().filter((card) => card.dataset.state === "open");
    if (!waiting.length) {
      alertOf({ message: "None of the suggestions shown waits for a decision.", hint: "" });
      return;
    }
    const words = "Each becomes a citation with your name. One Undo takes all of them back.";
    const count = `${waiting.length} suggestion${waiting.length === 1 ? "" : "s"}`;
    if (!(await ask(`Accept ${count}?`, words, `Accept ${count}`))) return;
    const ids = waiting.map((card) => card.id);
    for (const card of waiting) show(card, "accepted");
    try {
      const [decision] = await send("/api/decisions", { suggestions: ids, verdict: "accepted" });
      for (const card of waiting) card.querySelector(".said").textContent = `accepted by ${decision.analyst}`;
      undoable.push(ids);
    } catch (error) {
      for (const card of waiting) show(card, "open");
      alertOf(error, "Nothing was accepted. ");
    }
  }

  const handlers = {
    next: () => step(1),
    previous: () => step(-1),
    accept: () => judge(current, "accepted"),
    reject: () => judge(current, "rejected"),
    undo: () => undo(),
    modality: changeModality,
    edit,
    code: codeSelection,
    open: () => toggleDetail(),
    original: original.toggle,
    search: () => byId("filters").elements.q.focus(),
    help: showHelp,
  };
  onKeys(handlers);

  function toggleDetail() {
    const detail = current?.querySelector(".detail");
    if (detail) detail.remove();
    else if (current) showDetail(current);
  }

  byId("filters").elements.q.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      event.target.blur();
      if (event.key === "Enter") focusOn(visible()[0]);
    }
  });

  list.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    const link = event.target.closest("a");
    if (event.target.closest(".recode")) return recode(card, event.target.closest(".recode").dataset.code);
    if (event.target.closest(".take-selection")) return takeSelection(card);
    if (link?.matches(".open")) {
      event.preventDefault();
      focusOn(card);
    } else if (link?.matches(".show")) {
      event.preventDefault();
      reveal(parseRanges(link.dataset.range));
    } else if (!event.target.closest("button, input, textarea, select, summary, a")) focusOn(card, { take: false });
  });

  byId("amend").addEventListener("submit", (event) => {
    event.preventDefault();
    amendByForm(event.target, event.submitter);
  });
  byId("judge").addEventListener("submit", (event) => {
    event.preventDefault();
    const card = event.submitter.closest(".card");
    if (event.submitter.matches(".undo")) undo([card.id]);
    else judge(card, event.submitter.value, { goOn: false });
  });

  function takeSelection(card) {
    const passage = selected();
    const field = card.querySelector('textarea[name="quote"]');
    if (!passage) return alertOf({ message: "Select some text of the report first.", hint: "" });
    field.value = passage.quote;
    field.dataset.range = `${passage.start}-${passage.end}`;
    field.dataset.words = passage.quote;
  }

  function amendByForm(form, button) {
    const card = button.closest(".card");
    const fields = [...card.querySelectorAll('textarea[name="quote"]')].filter((field) => field.value.trim());
    const typed = fields.some((field) => field.value !== (field.dataset.words ?? field.defaultValue));
    if (typed) {
      form.action = button.getAttribute("formaction");
      return form.submit(); // words that were typed are looked for by the server
    }
    const ranges = fields.map((field) => parseRanges(field.dataset.range)[0]).map(([start, end]) => ({ start, end }));
    if (!ranges.length) return alertOf({ message: "A code needs a passage as its evidence.", hint: "" });
    return amend(card, { technique: form.elements.technique.value.trim(), modality: form.elements.modality.value, ranges });
  }

  byId("accept-all").addEventListener("submit", (event) => {
    event.preventDefault();
    acceptAll();
  });
  document.querySelector(".tally").addEventListener("click", (event) => {
    if (event.target.id === "show-hints") {
      event.preventDefault();
      filters.showHints();
    }
  });

  keepClearOfBar();

  watchText({
    label: (card) => `${factsOf(card).code} ${factsOf(card).name}, ${factsOf(card).modality}`,
    open: (keys) => {
      const at = keys.indexOf(current?.id);
      focusOn(byId(keys[(at + 1) % keys.length]), { scrollText: false });
    },
  });

  const asked = byId(location.hash.slice(1)); // before the filters write the address anew
  filters.start();
  if (asked?.matches(".card")) {
    asked.hidden = false;
    focusOn(asked);
  }
}
