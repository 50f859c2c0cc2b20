// The original beside the text: the PDF's page, or the archived page, that holds what the review is at.

import { byId } from "./desk.js";

const KEPT = "counterfoil-original";
const pane = byId("original");
const review = document.querySelector(".review");
const base = `/reports/${review.dataset.report}/original`;
let at = 0; // the code point that is looked at
let page = 0; // the page that is shown
let frame = null;
let loaded = false; // the frame's page

// Returns what to do on its key, and what to tell it when the review moves on.
export function startOriginal() {
  if (!pane) return { toggle: null, follow: () => {} };
  const starts = (pane.dataset.pages ?? "").split(" ").filter(Boolean).map(Number);
  const toggle = byId("original-toggle");
  byId("original-link").hidden = true;
  toggle.hidden = false;

  function show(shown, { take = false } = {}) {
    pane.hidden = !shown;
    review.classList.toggle("with-original", shown);
    toggle.setAttribute("aria-expanded", String(shown));
    try {
      localStorage.setItem(KEPT, shown ? "shown" : "");
    } catch {
      // Storage may be off: the pane is then opened anew in each report.
    }
    if (shown) look();
    if (take) (shown ? pane : toggle).focus();
  }

  function look() {
    byId("original-alone").href = at ? `${base}?at=${at}` : base;
    if (pane.dataset.look === "pages") turnTo(Math.max(1, starts.findLastIndex((start) => start <= at) + 1));
    if (pane.dataset.look === "web") placeFrame();
  }

  function turnTo(number) {
    if (number === page || number < 1 || number > starts.length) return;
    page = number;
    const picture = document.createElement("img");
    picture.className = "facsimile";
    picture.width = 1200;
    picture.height = 1697; // of A4: the place is kept until the picture says its own size
    picture.alt = `Page ${page} of ${starts.length} of the original`;
    picture.src = `${base}/pages/${page}`;
    picture.addEventListener("load", () => {
      picture.width = picture.naturalWidth;
      picture.height = picture.naturalHeight;
    });
    picture.addEventListener("error", () => {
      const words = document.createElement("p");
      words.className = "empty";
      words.setAttribute("role", "alert");
      words.textContent = "This page cannot be drawn. The original can be downloaded from its own page.";
      picture.replaceWith(words);
    });
    byId("facsimile").replaceChildren(picture);
    byId("leaf").textContent = `Page ${page} of ${starts.length}`;
    byId("leaf-back").disabled = page === 1;
    byId("leaf-on").disabled = page === starts.length;
    pane.scrollTop = 0;
  }

  function placeFrame() {
    if (!frame) {
      const place = `${base}/archived#${anchorAt(at)}`;
      frame = document.createElement("iframe");
      frame.className = "archived";
      frame.setAttribute("sandbox", ""); // no scripts, no forms, no other origin's rights, no way out
      frame.referrerPolicy = "no-referrer";
      frame.title = `The archived page: ${pane.dataset.name}`;
      // Whoever moves on while the page comes would stop it: it is brought to the place once it is there.
      frame.addEventListener("load", () => {
        const first = !loaded;
        loaded = true;
        if (first && place !== `${base}/archived#${anchorAt(at)}`) placeFrame();
      });
      frame.src = place;
      byId("facsimile").replaceChildren(frame);
    } else if (loaded) {
      // As another address it would be a step in the tab's history.
      frame.contentWindow.location.replace(new URL(`${base}/archived#${anchorAt(at)}`, location.href));
    }
  }

  toggle.addEventListener("click", () => show(pane.hidden));
  byId("original-close").addEventListener("click", () => show(false, { take: true }));
  byId("leaf-back")?.addEventListener("click", () => turnTo(page - 1));
  byId("leaf-on")?.addEventListener("click", () => turnTo(page + 1));
  let before = "";
  try {
    before = localStorage.getItem(KEPT) ?? "";
  } catch {
    // as above
  }
  if (before) show(true);

  return {
    toggle: () => show(pane.hidden),
    follow: (ranges) => {
      if (!ranges.length) return;
      at = ranges[0][0];
      if (!pane.hidden) look();
    },
  };
}

// The paragraph that holds a code point: the archived page marks the same places.
function anchorAt(offset) {
  const parts = [...document.querySelectorAll(".text .b")];
  const index = parts.findLastIndex((part) => Number(part.dataset.start) <= offset);
  return parts[Math.max(0, index)]?.id ?? "";
}
