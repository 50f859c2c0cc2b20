// Calls of the JSON API, what is still on its way, and how a failure is told.

const saved = document.getElementById("saved");
const alerts = document.getElementById("alerts");
let underway = 0;

export class Problem extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

let last = Promise.resolve();

// Writes go out one after another, in the order in which they were made: an undo never overtakes its decision.
export function send(path, body) {
  underway += 1;
  saved.textContent = "Saving…";
  const sent = last.then(() => post(path, body));
  last = sent.catch(() => {});
  return sent;
}

async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw await problemOf(answer);
    return await answer.json();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("The workbench does not answer.", "Is counterfoil serve still running? What was saved is saved.");
  } finally {
    underway -= 1;
    if (!underway) saved.textContent = "All saved";
  }
}

async function problemOf(answer) {
  try {
    const problem = await answer.json();
    return new Problem(problem.detail, problem.hint);
  } catch {
    return new Problem(`The workbench answered with ${answer.status}.`, "");
  }
}

export async function fragment(path) {
  const answer = await fetch(path, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Problem(`The workbench answered with ${answer.status}.`, "Reload the page.");
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content.firstElementChild;
}

export async function read(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

export function alertOf(error, before = "") {
  const box = document.createElement("div");
  box.className = "alert";
  const words = document.createElement("strong");
  words.textContent = `${before}${error.message}`;
  box.append(words);
  if (error.hint) {
    const hint = document.createElement("p");
    hint.textContent = error.hint;
    box.append(hint);
  }
  alerts.append(box);
  setTimeout(() => box.remove(), 12000);
}

addEventListener("beforeunload", (event) => {
  if (underway) event.preventDefault();
});
