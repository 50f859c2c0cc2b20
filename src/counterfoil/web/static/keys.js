// Keys of the review: which does what, how to change them, and when they rest.

const KEPT = "counterfoil-keys";
const ACTIONS = {
  next: ["j", "next suggestion"],
  previous: ["k", "previous suggestion"],
  accept: ["a", "accept, and go on"],
  reject: ["r", "reject, and go on"],
  undo: ["u", "undo the last decision"],
  modality: ["m", "change how the text puts it"],
  edit: ["e", "edit its passage or code"],
  code: ["c", "code the selected text"],
  open: ["o", "show or hide the details"],
  original: ["v", "show or hide the original"],
  search: ["/", "search the suggestions"],
  help: ["?", "show these keys"],
};

let bound = { ...Object.fromEntries(Object.entries(ACTIONS).map(([name, [key]]) => [name, key])), ...stored() };

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return Object.fromEntries(Object.entries(kept).filter(([name, key]) => name in ACTIONS && typeof key === "string"));
  } catch {
    return {};
  }
}

let offered = ACTIONS; // action -> [its key, what it does here]

// The actions that have a handler; `words` say what they do, where that differs from the suggestions' review.
export function onKeys(handlers, words = {}) {
  const used = Object.entries(ACTIONS).filter(([name]) => handlers[name]);
  offered = Object.fromEntries(used.map(([name, [key, usual]]) => [name, [key, words[name] ?? usual]]));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || inField(event.target)) return;
    const name = Object.keys(bound).find((action) => bound[action] === event.key);
    if (!name || !handlers[name]) return;
    event.preventDefault();
    handlers[name](event);
  });
  const help = document.getElementById("help-open");
  help.hidden = false;
  help.addEventListener("click", showHelp);
  document.getElementById("keys-reset").addEventListener("click", () => {
    bound = Object.fromEntries(Object.entries(ACTIONS).map(([name, [key]]) => [name, key]));
    keep();
    tellKeys();
    list();
  });
  tellKeys();
}

// Buttons that name their key name the one that is bound now.
function tellKeys() {
  for (const place of document.querySelectorAll("kbd[data-key]")) place.textContent = bound[place.dataset.key];
}

function inField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

export function showHelp() {
  list();
  document.getElementById("keys").showModal();
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(bound));
  } catch {
    // Storage may be off: the keys then hold until the page is left.
  }
}

function list() {
  const rows = Object.entries(offered).map(([name, [, words]]) => {
    const row = document.createElement("div");
    row.className = "key-row";
    const label = document.createElement("span");
    label.id = `key-${name}`;
    label.textContent = words;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = bound[name];
    button.setAttribute("aria-label", `${words}: ${bound[name]}; press to change`);
    button.addEventListener("click", () => change(name, button));
    row.append(label, button);
    return row;
  });
  document.getElementById("keys-list").replaceChildren(...rows);
}

function change(name, button) {
  button.classList.add("waiting");
  button.textContent = "press…";
  const take = (event) => {
    if (event.key === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    button.removeEventListener("keydown", take);
    button.removeEventListener("blur", leave);
    if (event.key !== "Escape" && event.key.length === 1 && event.key !== " ") {
      const other = Object.keys(bound).find((action) => bound[action] === event.key);
      if (other) bound[other] = bound[name];
      bound[name] = event.key;
      keep();
      tellKeys();
    }
    list();
    document.getElementById(`key-${name}`).nextElementSibling.focus();
  };
  const leave = () => {
    button.removeEventListener("keydown", take);
    list();
  };
  button.addEventListener("keydown", take);
  button.addEventListener("blur", leave, { once: true });
}
