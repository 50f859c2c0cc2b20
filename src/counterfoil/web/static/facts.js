// What a card tells of itself, read once: a report has thousands, and each key asks them.

const known = new WeakMap();

export function factsOf(card) {
  if (!known.has(card)) known.set(card, read(card));
  return known.get(card);
}

function read(card) {
  const data = card.dataset;
  return {
    code: card.querySelector("code").textContent,
    name: card.querySelector(".open").textContent,
    tactic: data.tactic,
    modality: data.modality,
    voice: data.voice ?? "—",
    actor: data.actor ?? "—",
    coders: data.coders.split("|"),
    score: Number(data.score),
    start: parseInt(data.ranges, 10),
    ranges: data.ranges,
  };
}
