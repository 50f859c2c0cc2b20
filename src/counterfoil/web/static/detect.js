// The progress of a search, asked for again and again until it is done; then the page is shown as it ended.

const run = document.getElementById("run");
const lines = document.getElementById("run-lines");
const status = document.getElementById("run-status");

async function look() {
  const answer = await fetch(run.dataset.state);
  if (!answer.ok) return location.reload();
  const state = await answer.json();
  for (const line of state.lines.slice(lines.children.length)) {
    const item = document.createElement("li");
    item.textContent = line;
    lines.append(item);
    status.textContent = line;
  }
  if (state.stage !== "running") return location.reload();
  setTimeout(look, 400);
}

look();
