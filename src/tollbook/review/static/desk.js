// The desk: one claim chosen at a time, ruled on by keys or buttons; what a ruling changes is put in place, nothing is loaded
// anew. What is shown: desk_sheet.js. Rulings: desk_rulings.js. What is asked before one: desk_moves.js, by desk_asks.js.
// Words and offsets: desk_words.js. What the page holds: desk_page.js. The matrix: desk_matrix.js. Forms: desk_forms.js.
// Dragging: desk_drag.js.

import { showWaiting } from "./outbox.js";
import { REASONS, ask, panel, startAsks } from "./desk_asks.js";
import { startDragging } from "./desk_drag.js";
import { addForm, editForm, isPicking, startForms } from "./desk_forms.js";
import { cellOf, moveInMatrix } from "./desk_matrix.js";
import { grade, link, merge, note, split, takeBack } from "./desk_moves.js";
import { $, chosen, figure, incident, may, nameOf, report, toast } from "./desk_page.js";
import { leaveClash, outbox, rule, ruleAnyway, undo } from "./desk_rulings.js";
import { arrived, choose, openReport, show, step } from "./desk_sheet.js";
import { marksOf, selected, watchBlocks } from "./desk_words.js";
import { keysOn, startSwitch } from "./keys_on.js";
import { bring } from "./pieces.js";

// What is swapped in is final at once: classes that are set then must not be put back to what they were.
Object.assign(htmx.config, { defaultSettleDelay: 0, attributesToSettle: [] });

// ---- what keys and buttons do ----

/** True where what somebody else coded waits for this person's second look. */
const second = (what) => document.querySelector(`#inspector [data-do=${what}]`) !== null;

const claimed = () => figure() || "the claim";

const DO = {
  before: () => step(-1),
  behind: () => step(1),
  accept: () => rule("accept", "checked against the words", { told: `Accepted: ${figure()}`, state: "accepted" }),
  reject: () => chosen() && ask({
    title: "Reject the claim", words: figure(), choices: REASONS, reason: "Another reason", verb: "Reject",
    then: (why) => rule("reject", why, { told: `Rejected: ${figure()}`, state: "rejected" }),
  }),
  confirm: () => second("confirm") && rule("confirm", "checked against the words", { told: `Confirmed: ${figure()}`, state: "confirmed" }),
  return: () => second("return") && ask({
    title: "Send the claim back", words: "Whoever coded it is to look again; no figure changes.", verb: "Send back",
    then: (why) => rule("return", why, { told: `Sent back: ${figure()}`, state: "returned" }),
  }),
  edit: () => chosen() && editForm(chosen()),
  add: () => report() && addForm(report(), incident(), selected()),
  link: () => chosen() && link(),
  split: () => chosen() && split(),
  merge: () => merge(),
  note: () => chosen() && note(chosen(), claimed()),
  grade: () => chosen() && grade(chosen(), claimed()),
  history: () => chosen() && panel(`History of ${claimed()}`, `/claim/${chosen()}/history`),
  "note-incident": () => note(incident(), nameOf()),
  "grade-incident": () => grade(incident(), nameOf()),
  "history-incident": () => panel(`History of ${nameOf()}`, `/incident/${incident()}/history`),
  reports: () => panel(`Reports on ${nameOf()}`, `/desk/reports?incident=${incident()}`, true),
  undo,
  cell: () => cellOf(chosen())?.focus(),
  words: () => {
    const [mark] = marksOf(chosen());
    if (!mark) return;
    mark.tabIndex = -1;
    mark.focus();
    show(chosen());
  },
  help: () => $("help").showModal(),
  block: (button) => htmx.trigger(button.closest(".far"), "near"),
  "clash-mine": ruleAnyway,
  "clash-leave": leaveClash,
};
const FOR_CODERS = new Set(["accept", "reject", "edit", "add", "link", "split", "merge", "note", "grade", "undo", "confirm", "return"]);
const KEYS = { j: "behind", k: "before", a: "accept", r: "reject", e: "edit", l: "link", s: "split", m: "merge", n: "note", g: "grade", h: "history", u: "undo", i: "add", y: "confirm", b: "return", c: "cell", w: "words", "?": "help" };

document.addEventListener("keydown", (event) => {
  moveInMatrix(event);
  const busy = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  if (busy || document.querySelector("dialog[open]") || isPicking()) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if ((typing && !typing.closest("dialog:not([open])")) || !keysOn()) return;
  if (event.key === "J" || event.key === "K") return $(event.key === "J" ? "report-behind" : "report-before")?.click();
  const name = KEYS[event.key];
  if (!name || (FOR_CODERS.has(name) && !may)) return;
  event.preventDefault();
  DO[name]();
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const target = event.target.closest("[data-do], [data-withdraw], [data-sheet], [data-claim], #paper [data-c]");
  if (!target || target.id === "claim") return;
  if (target.dataset.do) DO[target.dataset.do]?.(target);
  else if (target.dataset.withdraw) takeBack(target.dataset.withdraw);
  else if ("sheet" in target.dataset) {
    const to = new URL(target.href);
    $("panel").close();
    openReport(`/desk/sheet?${new URLSearchParams({ report: decodeURIComponent(to.pathname.slice("/report/".length)), incident: incident() })}`);
  } else if (target.dataset.claim) choose(target.dataset.claim);
  else if (getSelection().isCollapsed) chooseNext(target.dataset.c.split(" "));
  else return;
  event.preventDefault();
});

/** Words of several claims: each click chooses the next of them. */
const chooseNext = (some) => choose(some[(some.indexOf(chosen()) + 1) % some.length]);

// ---- beginning ----

addEventListener("popstate", () => location.reload());
document.addEventListener("htmx:afterSettle", () => watchBlocks());
document.addEventListener("htmx:sendError", () => toast("No connection. Nothing you ruled is lost; try that again."));
document.addEventListener("htmx:responseError", (event) => toast(new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").body.textContent.trim()));
startSwitch($("keys-on"));
$("panel-query").addEventListener("input", () => bring("#panel-body", `/desk/reports?${new URLSearchParams({ incident: incident(), q: $("panel-query").value })}`));
showWaiting(outbox, $("outbox"));
startAsks();
if (may) {
  startForms({ rule, report, incident, chosen });
  startDragging({ link, merge, split });
}
arrived();
if (location.hash) $(location.hash.slice(1))?.focus();
