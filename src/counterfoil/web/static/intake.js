// The progress of an intake, as the server tells it.

const sheet = document.getElementById("intake");
const progress = document.getElementById("intake-progress");
const counts = document.getElementById("intake-counts");
const source = new EventSource(`${sheet.dataset.events}?since=${sheet.dataset.version}`);

source.addEventListener("message", (event) => {
  const { items, counts: at, finished } = JSON.parse(event.data);
  for (const item of items) show(item);
  progress.value = at.done + at.failed;
  counts.textContent = `${at.done} done, ${at.failed} failed, of ${progress.max}`;
  if (finished) finish(at);
});

function show(item) {
  const row = document.getElementById(`item-${item.number}`);
  row.className = `source ${item.stage}`;
  row.querySelector(".stage").textContent = item.stage;
  const name = row.querySelector(".source-name");
  if (item.page) {
    const link = document.createElement("a");
    link.href = item.page;
    link.textContent = item.title || item.name;
    name.replaceChildren(link);
  }
  const told = item.stage === "done" ? `${item.suggestions} suggestion${item.suggestions === 1 ? "" : "s"}. ` : "";
  row.querySelector(".source-about").textContent = `${told}${item.message} ${item.hint}`.trim();
}

function finish(at) {
  source.close();
  document.getElementById("intake-head").textContent = "Done";
  document.title = "Done · Counterfoil";
  const links = document.querySelectorAll(".source-name a");
  // One report handed in alone: the reader wants to see it, unless there is something to read here first.
  const told = [...document.querySelectorAll(".source-about")].some((row) => !/^\d+ suggestions?\.$/.test(row.textContent));
  if (progress.max === 1 && at.done === 1 && links.length === 1 && !told) location.replace(links[0].href);
}
