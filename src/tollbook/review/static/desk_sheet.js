// What the desk shows: the chosen claim with its words and its chain, the report, and what a ruling changed in its place.

import { figures, placeInMatrix } from "./desk_matrix.js";
import { $, address, asked, chosen, incident, item, items, say, want } from "./desk_page.js";
import { drawChain, drawStates, loadBlock, marksOf, watchBlocks } from "./desk_words.js";
import { bring } from "./pieces.js";

let refreshing = 0;
let isTextOld = false;

/** Chooses a claim: its words, its chain, what was ruled on it. One of another report brings that report. */
export async function choose(claim, { quiet = false } = {}) {
  if (!claim) return;
  const one = item(claim);
  if (!one) return openReport(`/desk/sheet?${asked({ report: "", claim })}`);
  want(claim);
  for (const other of items()) other.toggleAttribute("aria-current", false);
  one.setAttribute("aria-current", "true");
  if (one.dataset.in === "text" && !marksOf(claim).length) await loadBlock(Number(one.dataset.start));
  drawChain(claim);
  show(claim);
  if (!quiet) say(`Claim ${items().indexOf(one) + 1} of ${items().length}. ${one.dataset.spoken}`);
  if (refreshing) return; // which brings the chosen claim when it is done
  const held = heldButton();
  if (!(await bring("#inspector", `/desk/claim?${asked({ claim })}`))) return;
  $("inspector").querySelector(held)?.focus();
  placeInMatrix(true);
  history.replaceState(null, "", address(claim));
}

/** The button of the inspector that has the focus, to give it back when the inspector is another. */
const heldButton = () => `[data-do="${document.activeElement?.closest("#inspector [data-do]")?.dataset.do ?? ""}"]`;

/** Brings a claim's words into sight, where they aren't. */
export function show(claim) {
  const [mark] = marksOf(claim);
  if (!mark) return;
  const box = mark.getBoundingClientRect();
  const paper = $("paper").getBoundingClientRect();
  const seen = box.top > Math.max(paper.top, 0) + 40 && box.bottom < Math.min(paper.bottom, innerHeight) - 40;
  if (!seen) mark.scrollIntoView({ block: "center" });
}

export async function openReport(path) {
  want("");
  if (!(await bring("#paper", path))) return;
  history.pushState(null, "", address(chosen()));
  $("paper").scrollTop = 0;
  arrived();
  say(`Report: ${$("title").textContent}. ${items().length} claims.`);
}

/** After a report has come into the page. */
export function arrived() {
  watchBlocks();
  drawChain(chosen());
  show(chosen());
  placeInMatrix(true);
}

export function step(by) {
  const some = items();
  if (!some.length) return;
  const at = some.findIndex((one) => one.dataset.claim === chosen());
  const next = some[at + by];
  if (next) choose(next.dataset.claim);
  else say(by > 0 ? "The last claim of this report." : "The first claim of this report.");
}

/** Puts in place what rulings changed: the claim, the list, the incident, the matrix; the scroll stays. */
export async function refresh(order = {}) {
  const before = figures();
  const held = heldButton();
  const target = order.values?.into ?? incident();
  isTextOld ||= order.action === "claim" || Boolean(order.undoes) || order.action === "withdraw";
  refreshing += 1;
  const isThere = await bring("#inspector", `/desk/after?${asked({ incident: target })}`);
  refreshing -= 1;
  if (!isThere) return;
  if ($("claim")?.dataset.claim !== chosen()) await choose(chosen(), { quiet: true }); // somebody went on meanwhile
  $("inspector").querySelector(held)?.focus();
  drawStates(new Map(items().map((one) => [one.dataset.claim, one.dataset.state])));
  if (isTextOld) await freshText();
  drawChain(chosen());
  placeInMatrix();
  for (const [id, text] of figures()) {
    if (before.size && before.get(id) !== text) $(id).classList.add("changed");
  }
}

/** A claim that came or went by hand: the text is marked anew, where one reads it. */
async function freshText() {
  isTextOld = false;
  const known = new Set(items().map((one) => one.dataset.claim));
  const marked = new Set([...document.querySelectorAll("#paper [data-c]")].flatMap((piece) => piece.dataset.c.split(" ")));
  const lacking = items().some((one) => !marked.has(one.dataset.claim) && !document.querySelector("#text .far"));
  if (!lacking && [...marked].every((claim) => known.has(claim))) return;
  const top = $("paper").scrollTop;
  await bring("#paper", `/desk/sheet?${asked()}`);
  $("paper").scrollTop = top;
  watchBlocks();
}
