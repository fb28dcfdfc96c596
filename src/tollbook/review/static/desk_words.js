// Words of the report and their places: offsets count code points, as the record does, never the page's own units.
// Each piece of text stands in an element that bears the offset of its first character (data-at).

/** How many code points a text has: a sign beyond the first plane is one, though the page counts two. */
export const points = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** What a piece holds in the record: its text, or the one sign that is only named in the page. */
const held = (piece) => (piece.dataset.sign ? String.fromCodePoint(parseInt(piece.dataset.sign, 16)) : piece.textContent);

/** From where to where a range reaches into a piece, in the page's own units. */
function reach(piece, range) {
  const length = held(piece).length;
  const inner = document.createRange();
  inner.selectNodeContents(piece);
  if (piece.dataset.sign) {
    const starts = range.comparePoint(piece.parentNode, [...piece.parentNode.childNodes].indexOf(piece)) >= 0;
    return starts ? [0, length] : [0, 0];
  }
  const from = range.compareBoundaryPoints(Range.START_TO_START, inner) > 0 ? range.startOffset : 0;
  const to = range.compareBoundaryPoints(Range.END_TO_END, inner) < 0 ? range.endOffset : length;
  return piece.contains(range.startContainer) || piece.contains(range.endContainer) ? [from, to] : [0, length];
}

/** What is selected in the report: {part, start, end, words}, blanks around it left out; null for nothing there. */
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = range.commonAncestorContainer;
  const part = (inside.nodeType === Node.ELEMENT_NODE ? inside : inside.parentElement)?.closest("[data-part]");
  if (!part?.closest("#paper")) return null;
  const found = [];
  for (const piece of part.querySelectorAll("[data-at]")) {
    if (!range.intersectsNode(piece)) continue;
    const [from, to] = reach(piece, range);
    const text = held(piece);
    if (to > from) found.push([Number(piece.dataset.at) + points(text.slice(0, from)), text.slice(from, to)]);
  }
  return joined(found, part.dataset.part);
}

function joined(found, part) {
  if (!found.length) return null;
  let [start] = found[0];
  let next = start;
  for (const [at, text] of found) {
    if (at !== next) return null; // a part of it is not loaded yet
    next = at + points(text);
  }
  const whole = found.map(([, text]) => text).join("");
  const words = whole.trim();
  if (!words) return null;
  start += points(whole.slice(0, whole.indexOf(words)));
  return { part, start, end: start + points(words), words };
}

/** The elements in which the words of a claim stand, first to last. */
export const marksOf = (claim) => document.querySelectorAll(`#paper [data-c~="${CSS.escape(claim)}"]`);

/** Draws a claim's chain into the text: its sentence, each source with its number, each cue word. */
export function drawChain(claim) {
  for (const old of document.querySelectorAll("#paper .chosen, #paper .source, #paper .cue, #paper .sentence")) {
    old.classList.remove("chosen", "source", "cue", "sentence");
    delete old.dataset.nth;
  }
  if (!claim) return;
  for (const piece of marksOf(claim)) piece.classList.add("chosen");
  const name = CSS.escape(`${claim}:`);
  for (const piece of document.querySelectorAll(`#paper [data-l*="${name}"]`)) {
    for (const link of piece.dataset.l.split(" ")) {
      if (!link.startsWith(`${claim}:`)) continue;
      const what = link.slice(claim.length + 1);
      if (what === "s") piece.classList.add("sentence");
      else if (what.endsWith("c")) piece.classList.add("cue");
      else {
        piece.classList.add("source");
        piece.dataset.nth = Number(what) + 1;
      }
    }
  }
  const seen = new Set();
  for (const piece of document.querySelectorAll("#paper .source")) {
    if (seen.has(piece.dataset.nth)) delete piece.dataset.nth;
    seen.add(piece.dataset.nth);
  }
}

/** Shows in each mark how its claims stand. */
export function drawStates(states) {
  for (const piece of document.querySelectorAll("#paper [data-c]")) {
    piece.dataset.state = piece.dataset.c.split(" ").map((claim) => states.get(claim) ?? "open").join(" ");
  }
}

/** Loads the block of a long text in which an offset lies; blocks that come near load themselves. */
export async function loadBlock(offset) {
  const far = [...document.querySelectorAll("#text .far")].find(
    (block) => Number(block.dataset.from) <= offset && offset < Number(block.dataset.to),
  );
  if (far) await htmx.ajax("GET", far.getAttribute("hx-get"), { target: far, swap: "outerHTML" });
}

const near = new IntersectionObserver(
  (seen) => {
    for (const one of seen) {
      if (!one.isIntersecting) continue;
      near.unobserve(one.target);
      htmx.trigger(one.target, "near");
    }
  },
  { rootMargin: "900px 0px" },
);

export const watchBlocks = () => document.querySelectorAll("#text .far").forEach((block) => near.observe(block));
