// The one boundary between the browser's UTF-16 offsets and the report's code points.
// Everywhere else (pages, API, database) an offset counts code points of the frozen text.
// A paragraph is one element with one text node; data-start and data-end say which code points it holds.

const paragraphs = [...document.querySelectorAll(".text .b")].map((element) => {
  if (element.childNodes.length > 1 || element.firstElementChild) element.textContent = element.textContent;
  const start = Number(element.dataset.start);
  const end = Number(element.dataset.end);
  const node = element.firstChild;
  // As many units as code points: nothing beyond the Basic Multilingual Plane, offsets are the same.
  return { element, node, start, end, plain: node.length === end - start };
});

function indexAt(offset) {
  let low = 0;
  let high = paragraphs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (paragraphs[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function toUnits(paragraph, points) {
  if (paragraph.plain) return Math.min(points, paragraph.node.length);
  const text = paragraph.node.data;
  let unit = 0;
  for (let point = 0; point < points && unit < text.length; point++) {
    unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

function toPoints(paragraph, units) {
  if (paragraph.plain) return units;
  return [...paragraph.node.data.slice(0, units)].length;
}

// A range of the report's text as [{paragraph, start, end}] in UTF-16 units, one part for each paragraph.
export function partsOf(start, end) {
  const parts = [];
  for (let index = indexAt(start); index < paragraphs.length && paragraphs[index].start < end; index++) {
    const paragraph = paragraphs[index];
    if (paragraph.end <= start) continue;
    const from = toUnits(paragraph, Math.max(start, paragraph.start) - paragraph.start);
    const to = toUnits(paragraph, Math.min(end, paragraph.end) - paragraph.start);
    if (from < to) parts.push({ paragraph, start: from, end: to });
  }
  return parts;
}

// The same as ranges of the document.
export function rangesOf(start, end) {
  return partsOf(start, end).map((part) => {
    const node = part.paragraph.node;
    return new StaticRange({ startContainer: node, startOffset: part.start, endContainer: node, endOffset: part.end });
  });
}

// The code point that stands at a point of the window; null beside the text.
export function offsetAtPoint(x, y) {
  let node, unit;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    if (!caret) return null;
    [node, unit] = [caret.offsetNode, caret.offset];
  } else {
    const caret = document.caretRangeFromPoint(x, y);
    if (!caret) return null;
    [node, unit] = [caret.startContainer, caret.startOffset];
  }
  const element = node.parentElement?.closest(".text .b");
  const paragraph = element && paragraphs.find((one) => one.element === element);
  if (!paragraph || !element.contains(node)) return null;
  const box = element.getBoundingClientRect();
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
  return paragraph.start + toPoints(paragraph, unit + unitsBefore(paragraph, node));
}

// What is selected of the report's text: {start, end, quote}, without blanks at its ends; null if nothing is.
export function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const inside = paragraphs.filter((one) => range.intersectsNode(one.element));
  if (!inside.length) return null;
  const [first, last] = [inside[0], inside[inside.length - 1]];
  let start = first.start + toPoints(first, edge(first, range.startContainer, range.startOffset, 0));
  let end = last.start + toPoints(last, edge(last, range.endContainer, range.endOffset, last.node.length));
  let quote = [...textBetween(start, end)];
  while (quote.length && !quote[0].trim()) { quote.shift(); start++; }
  while (quote.length && !quote[quote.length - 1].trim()) { quote.pop(); end--; }
  return quote.length ? { start, end, quote: quote.join("") } : null;
}

// The text of a range as it is shown, a line for each paragraph.
export function textBetween(start, end) {
  const parts = partsOf(start, end);
  return parts.map((part) => part.paragraph.element.textContent.slice(part.start, part.end)).join("\n");
}

export function elementAt(offset) {
  return paragraphs[indexAt(offset)]?.element ?? null;
}

function edge(paragraph, container, offset, otherwise) {
  if (!paragraph.element.contains(container)) return otherwise;
  if (container.nodeType === Node.TEXT_NODE) return unitsBefore(paragraph, container) + offset;
  return offset === 0 ? 0 : paragraph.element.textContent.length;
}

// Marks of the fallback split a paragraph's node: what stands before one of the parts.
function unitsBefore(paragraph, node) {
  if (node === paragraph.element.firstChild) return 0;
  let before = 0;
  const walker = document.createTreeWalker(paragraph.element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && walker.currentNode !== node) before += walker.currentNode.length;
  return before;
}
