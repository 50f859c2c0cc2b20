// The buttons of a card that make sense now: to decide, to change one's mind, to undo.

import { factsOf } from "./facts.js";

export function offer(card, state) {
  const offered = ["accepted", "rejected"].filter((verdict) => verdict !== state).map((verdict) => {
    const button = buttonOf(card, verdict === "accepted" ? "Accept" : "Reject", `/suggestions/${card.id}/decision`);
    [button.name, button.value] = ["verdict", verdict];
    return button;
  });
  if (state !== "open") offered.push(buttonOf(card, "Undo", `/suggestions/${card.id}/undo`));
  const had = document.activeElement.matches(".verdict button") && card.contains(document.activeElement);
  for (const button of card.querySelectorAll(".verdict button")) button.remove();
  card.querySelector(".said").after(...offered);
  if (had) offered.at(-1).focus({ preventScroll: true });
}

function buttonOf(card, word, action) {
  const button = document.createElement("button");
  button.className = word.toLowerCase();
  button.textContent = word;
  button.setAttribute("formaction", action);
  button.setAttribute("aria-label", `${word} ${factsOf(card).code}`);
  return button;
}
