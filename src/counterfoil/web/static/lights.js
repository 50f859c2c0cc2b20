// Which spans are lit in the text. The CSS Custom Highlight API paints over one node for each paragraph, so that
// thousands of overlapping spans cost no elements; browsers without it get <mark> elements.

import { elementAt, offsetAtPoint, partsOf, rangesOf } from "./offsets.js";

const painted = typeof Highlight === "function" && CSS.highlights !== undefined;
const ORDER = ["found", "open-observed", "open-assessed", "open-warned", "open-negated", "accepted", "hover", "focus"];
let spans = []; // {start, end, group, key}, by start
const entries = new Map(); // key -> {group, words, painted: ranges of the document}
const shown = { hover: [], focus: [] }; // ranges as [start, end]
const groups = new Map();

export function parseRanges(words) {
  return words ? words.split(" ").map((word) => word.split("-").map(Number)) : [];
}

// Light these spans and no others: wanted are {key, group, words}. What was lit so before is left alone.
export function light(wanted) {
  const keys = new Set(wanted.map((entry) => entry.key));
  let changed = false;
  for (const [key, entry] of entries) {
    if (!keys.has(key)) changed = put(key, entry, null) || changed;
  }
  for (const next of wanted) {
    const entry = entries.get(next.key);
    if (entry?.group !== next.group || entry?.words !== next.words) changed = put(next.key, entry, next) || changed;
  }
  if (!changed) return;
  spans = [...entries].flatMap(([key, { group, words }]) =>
    parseRanges(words).map(([start, end]) => ({ start, end, group, key })),
  );
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  if (!painted) mark();
}

function put(key, before, next) {
  if (before) {
    for (const range of before.painted) highlightOf(before.group).delete(range);
    entries.delete(key);
  }
  if (next) {
    const ranges = painted ? parseRanges(next.words).flatMap(([start, end]) => rangesOf(start, end)) : [];
    for (const range of ranges) highlightOf(next.group).add(range);
    entries.set(key, { group: next.group, words: next.words, painted: ranges });
  }
  return true;
}

export function lightOne(group, ranges) {
  if (String(shown[group]) === String(ranges)) return;
  shown[group] = ranges;
  if (!painted) {
    if (group === "focus") mark();
    return;
  }
  const highlight = highlightOf(group);
  highlight.clear();
  for (const range of ranges.flatMap(([start, end]) => rangesOf(start, end))) highlight.add(range);
}

function highlightOf(group) {
  if (!groups.has(group)) {
    const highlight = new Highlight();
    highlight.priority = ORDER.indexOf(group);
    groups.set(group, highlight);
    CSS.highlights.set(group, highlight);
  }
  return groups.get(group);
}

// The keys of all spans that cover a code point, the shortest first.
export function covering(offset) {
  const found = [];
  for (const span of spans) {
    if (span.start > offset) break;
    if (offset < span.end) found.push(span);
  }
  found.sort((a, b) => a.end - a.start - (b.end - b.start));
  return [...new Set(found.map((span) => span.key))];
}

export function coveringPoint(x, y) {
  const offset = offsetAtPoint(x, y);
  return offset === null ? [] : covering(offset);
}

export function reveal(ranges) {
  if (!ranges.length) return;
  const [start, end] = ranges[0];
  const element = elementAt(start);
  if (!element) return;
  const pane = element.closest(".text-pane");
  element.scrollIntoView({ block: "nearest" }); // lays it out, if it was not yet
  const part = partsOf(start, end)[0];
  const range = document.createRange();
  const node = painted && part ? part.paragraph.node : element;
  if (painted && part) {
    range.setStart(node, part.start);
    range.setEnd(node, part.end);
  } else range.selectNodeContents(element);
  const box = range.getBoundingClientRect();
  const view = pane.getBoundingClientRect();
  const roomy = box.top >= view.top + 40 && box.bottom <= view.bottom - 40;
  if (!roomy) pane.scrollTop += box.top - view.top - Math.max(40, (view.height - box.height) / 3);
}

// The fallback: every paragraph is cut at the edges of its spans; the last group in ORDER wins.
let pending = false;
function mark() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => {
    pending = false;
    const all = [...spans, ...shown.focus.map(([start, end]) => ({ start, end, group: "focus" }))];
    const perParagraph = new Map();
    for (const span of all) {
      for (const part of partsOf(span.start, span.end)) {
        if (!perParagraph.has(part.paragraph)) perParagraph.set(part.paragraph, []);
        perParagraph.get(part.paragraph).push({ ...part, group: span.group });
      }
    }
    for (const element of document.querySelectorAll(".text .b:has(mark)")) element.textContent = element.textContent;
    for (const [paragraph, parts] of perParagraph) {
      const text = paragraph.element.textContent;
      const edges = [...new Set([0, text.length, ...parts.flatMap((part) => [part.start, part.end])])].sort((a, b) => a - b);
      const pieces = [];
      for (let index = 0; index + 1 < edges.length; index++) {
        const [from, to] = [edges[index], edges[index + 1]];
        const groups = parts.filter((part) => part.start <= from && to <= part.end).map((part) => part.group);
        if (groups.length) {
          const element = document.createElement("mark");
          element.className = groups.sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0];
          element.textContent = text.slice(from, to);
          pieces.push(element);
        } else pieces.push(text.slice(from, to));
      }
      paragraph.element.replaceChildren(...pieces);
    }
  });
}
