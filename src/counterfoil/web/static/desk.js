// What both tabs of the review share: the text that is pointed at, questions, and what can be undone.

import { coveringPoint, lightOne, parseRanges } from "./lights.js";

export const byId = (id) => document.getElementById(id);
const here = byId("here");
const textPane = document.querySelector(".text-pane");

// The paragraph that the address names: it stays there when filters are written to it.
export function placeInText() {
  return /^#p\d+$/.test(location.hash) ? location.hash : "";
}

// What is scrolled to must not end up under the bar that stays in place.
export function keepClearOfBar() {
  const bar = document.querySelector(".bar");
  new ResizeObserver(() => {
    const stays = getComputedStyle(bar).position === "sticky";
    bar.parentElement.style.scrollPaddingTop = stays ? `${bar.offsetHeight + 12}px` : "8px";
  }).observe(bar);
}

// What the pointer is over is told below the text; a click opens it, another click the next one there.
// `label` says what an entry is called, `open` is given the keys of all that covers the place.
export function watchText({ label, open }) {
  let frame = 0;
  const named = (key) => {
    const entry = byId(key);
    return entry ? label(entry) : "";
  };
  textPane.addEventListener("mousemove", (event) => {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const keys = coveringPoint(event.clientX, event.clientY);
      here.hidden = !keys.length;
      here.textContent = keys.slice(0, 4).map(named).join("  ·  ") + (keys.length > 4 ? `  ·  ${keys.length - 4} more` : "");
      lightOne("hover", keys.length ? parseRanges(rangesOfKey(keys[0])) : []);
    });
  });
  textPane.addEventListener("mouseleave", () => {
    here.hidden = true;
    lightOne("hover", []);
  });
  textPane.addEventListener("click", (event) => {
    if (!document.getSelection().isCollapsed) return; // somebody selects
    const keys = coveringPoint(event.clientX, event.clientY);
    if (keys.length) open(keys);
  });
}

function rangesOfKey(key) {
  return byId(key)?.dataset.ranges ?? "";
}

export async function ask(title, words, yes) {
  const dialog = byId("ask");
  byId("ask-title").textContent = title;
  byId("ask-words").textContent = words;
  byId("ask-yes").textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}

// What can be undone in this tab, kept over a reload.
export function stack(name) {
  const load = () => {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? "[]");
    } catch {
      return [];
    }
  };
  let kept = load();
  const store = () => {
    try {
      sessionStorage.setItem(name, JSON.stringify(kept.slice(-500)));
    } catch {
      // Storage may be off or full: undo then holds until the page is left.
    }
  };
  return {
    push: (ids) => { kept.push(ids); store(); },
    pop: () => { const ids = kept.pop(); store(); return ids; },
    remove: (ids) => {
      const at = kept.findLastIndex((one) => one.join() === ids.join());
      if (at >= 0) kept.splice(at, 1);
      store();
    },
    drop: (ids) => { kept = kept.filter((one) => !ids.every((id) => one.includes(id))); store(); },
  };
}
