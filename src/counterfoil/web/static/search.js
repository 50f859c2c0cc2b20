// The search: `/` (or Ctrl+K) goes to the box anywhere; both boxes answer while one types.

const WAIT = 130; // milliseconds without a key before the workbench is asked

const box = document.getElementById("find");
const form = document.getElementById("search-form");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const anywhere = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  // The review has a search of its own under this key.
  const slash =
    event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target) && !document.querySelector(".review");
  if (!anywhere && !slash) return;
  const target = box ?? form?.elements.q;
  if (!target) return;
  event.preventDefault();
  if (!target.checkVisibility()) return location.assign("/search"); // no room for the box here
  target.focus();
  target.select();
});

function inField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

// Calls `ask` when typing pauses; a call that a later one has overtaken is given up.
function asYouType(ask) {
  let timer = 0;
  let underway = null;
  const stop = () => {
    clearTimeout(timer);
    underway?.abort();
  };
  const soon = () => {
    stop();
    timer = setTimeout(async () => {
      underway = new AbortController();
      try {
        await ask(underway.signal);
      } catch (error) {
        if (error.name !== "AbortError") told("The workbench does not answer. Is counterfoil serve still running?");
      }
    }, WAIT);
  };
  return { soon, stop };
}

function told(words) {
  const count = document.getElementById("result-count");
  if (count) count.textContent = words;
}

if (form) startPage();
if (box) startBox();

// The search page: what was found is put in the place of what was found before, and the address follows.
function startPage() {
  const typing = asYouType(async (signal) => {
    const query = wanted();
    const answer = await fetch(`/search?${withMore(query, { part: "1", typing: "1" })}`, { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    const template = document.createElement("template");
    template.innerHTML = html;
    document.getElementById("results").replaceWith(template.content.firstElementChild);
    const address = query.toString();
    history.replaceState(null, "", address ? `/search?${address}` : "/search");
    document.title = `${form.elements.q.value ? `${form.elements.q.value} · ` : ""}Search · Counterfoil`;
  });
  form.addEventListener("input", typing.soon);
  form.addEventListener("submit", typing.stop);

  function wanted() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) query.set(name, value);
    return query;
  }
}

function withMore(query, more) {
  return new URLSearchParams([...query, ...Object.entries(more)]).toString();
}

// The box at the top of every other page: a list beneath it, walked with the arrow keys.
function startBox() {
  const holder = box.form;
  const key = document.getElementById("find-key");
  key.hidden = false;
  if (document.querySelector(".review")) key.textContent = "Ctrl K";
  const list = document.createElement("div");
  list.id = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What was found");
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  holder.append(list, status);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  let options = [];
  let at = -1;

  const typing = asYouType(async (signal) => {
    const words = box.value.trim();
    if (!words) return close();
    const query = new URLSearchParams({ q: words, typing: "1", limit: "3" });
    const answer = await fetch(`/api/search?${query}`, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json(), words);
  });

  function show(found, words) {
    options = [];
    const groups = found.groups.map(groupOf);
    const all = element("div", "find-group");
    all.setAttribute("role", "group");
    all.setAttribute("aria-label", "Everything");
    all.append(optionOf(`/search?${new URLSearchParams({ q: words })}`, [
      element("span", "find-all", found.total ? `All ${found.total.toLocaleString("en")}${found.more ? "+" : ""} hits` : "Nothing has all of that. Search page"),
    ]));
    list.replaceChildren(...groups, all);
    status.textContent = found.total ? `${found.total} hits; arrow keys walk through them` : "Nothing found";
    at = -1;
    box.removeAttribute("aria-activedescendant");
    open(document.activeElement === box);
  }

  function groupOf(group) {
    const item = element("div", "find-group");
    item.setAttribute("role", "group");
    item.setAttribute("aria-label", group.label);
    const label = element("span", "find-label", group.label);
    label.setAttribute("aria-hidden", "true");
    item.append(label);
    for (const hit of group.hits) {
      if (!hit.page) continue;
      const quote = hit.kind === "quote";
      const parts = [];
      if (hit.kind === "technique") parts.push(element("code", "", hit.id), " ");
      parts.push(...marked(quote ? hit.text : hit.title));
      const words = [element("span", "find-title", parts)];
      const about = quote ? hit.report_title : [hit.date, hit.about].filter(Boolean).join(" · ");
      if (about) words.push(element("span", "find-about", about));
      item.append(optionOf(hit.page, words));
    }
    return item;
  }

  function optionOf(href, parts) {
    const option = element("div", "find-option", parts);
    option.id = `find-option-${options.length}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = href;
    option.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    option.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
      else go(href);
    });
    options.push(option);
    return option;
  }

  function move(to) {
    options[at]?.setAttribute("aria-selected", "false");
    at = (to + options.length + 1) % (options.length + 1);
    if (at === options.length) at = -1; // past either end: back in the box
    if (at < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[at].id);
  }

  function go(href) {
    close();
    location.assign(href);
  }

  function open(wide) {
    list.hidden = !wide;
    box.setAttribute("aria-expanded", String(wide));
  }

  function close() {
    open(false);
    at = -1;
    box.removeAttribute("aria-activedescendant");
  }

  box.addEventListener("input", typing.soon);
  box.addEventListener("focus", () => { if (options.length && box.value.trim()) open(true); });
  box.addEventListener("blur", () => { typing.stop(); close(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { if (options.length) open(true); return; }
      move(event.key === "ArrowDown" ? at + 1 : (at < 0 ? options.length : at) - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      go(options[at].dataset.href);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) box.blur();
      else close();
    }
  });
  holder.addEventListener("submit", (event) => {
    typing.stop();
    if (!box.value.trim()) {
      event.preventDefault();
      go("/search");
    }
  });
}

// Text only: what a report says is never read as HTML.
function element(tag, name, inner = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...(Array.isArray(inner) ? inner : [inner]));
  return made;
}

function marked(pieces) {
  return pieces.map((piece) => (piece.marked ? element("mark", "", piece.text) : piece.text));
}
