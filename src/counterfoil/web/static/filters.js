// Filtering and ordering the cards on the page; the address follows, so that a reload or a link shows the same.

import { placeInText } from "./desk.js";
import { factsOf } from "./facts.js";

const NAMES = ["q", "tactic", "modality", "voice", "actor", "coder", "score", "state", "order"];
const DEFAULTS = { score: "0.2", order: "text" };

export function startFilters({ form, cards, changed }) {
  document.getElementById("apply").hidden = true;
  const all = () => Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));

  // What the server sent is filtered and in order, unless the browser filled in the form over a reload.
  function start() {
    const query = new URLSearchParams(location.search);
    const wanted = all();
    if (NAMES.some((name) => wanted[name] !== (query.get(name) ?? DEFAULTS[name] ?? ""))) return apply();
    remember(wanted);
    changed({});
  }

  function apply() {
    const wanted = all();
    const words = wanted.q.toLowerCase();
    const least = Number(wanted.score);
    let hints = 0;
    for (const card of cards()) {
      const facts = factsOf(card);
      const state = card.dataset.state;
      const open = state === "open";
      const other =
        (wanted.tactic && facts.tactic !== wanted.tactic) ||
        (wanted.modality && facts.modality !== wanted.modality) ||
        (wanted.voice && facts.voice !== wanted.voice) ||
        (wanted.actor && facts.actor !== wanted.actor) ||
        (wanted.coder && !facts.coders.includes(wanted.coder)) ||
        // A card that was just judged stays until the reviewer moves to another view.
        (wanted.state && state !== wanted.state && !card.matches(".current, .just")) ||
        (words && !`${facts.code} ${card.querySelector(".gist").textContent}`.toLowerCase().includes(words));
      const weak = open && facts.score < least && !card.matches(".current");
      if (open && facts.score < 0.2) hints += 1;
      card.hidden = Boolean(other || weak);
    }
    order(wanted.order);
    remember(wanted);
    changed({ hints: least > 0 ? hints : 0 });
  }

  function order(by) {
    const sorted = [...cards()];
    const places = new Map(sorted.map((card) => [card, factsOf(card)]));
    sorted.sort((one, other) => {
      const [a, b] = [places.get(one), places.get(other)];
      return by === "score" ? b.score - a.score || a.start - b.start : a.start - b.start || b.score - a.score;
    });
    if (sorted.some((card, index) => card !== card.parentElement.children[index])) {
      sorted[0].parentElement.append(...sorted);
    }
  }

  function remember(wanted) {
    const query = new URLSearchParams();
    for (const name of NAMES) if (wanted[name] && wanted[name] !== DEFAULTS[name]) query.set(name, wanted[name]);
    const words = query.toString();
    history.replaceState(null, "", `${location.pathname}${words ? `?${words}` : ""}${placeInText()}`);
    for (const back of document.querySelectorAll('input[name="back"]')) back.value = words;
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("change", apply);
  form.elements.q.addEventListener("input", apply);
  document.getElementById("reset").addEventListener("click", (event) => {
    event.preventDefault();
    for (const name of NAMES) form.elements[name].value = DEFAULTS[name] ?? "";
    apply();
  });
  return { apply, start, showHints: () => { form.elements.score.value = "0"; apply(); } };
}
