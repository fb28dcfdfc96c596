// The queue: one claim in focus, ruled on by keys or buttons. It goes at once and the next is there already; the ruling
// is on its way in the outbox, which keeps it until the server has it. What fails comes back with the reason.
// What the page holds: queue_page.js. The next ones: queue_next.js. Rulings: queue_rulings.js. Forms: queue_asks.js.
// Order of items: queue_list.js. Counts: queue_counts.js. Keys: queue_keys.js. What can be taken back: queue_undo.js.

import { showWaiting } from "./outbox.js";
import { closeAsk, openAsk, opened, startAsks } from "./queue_asks.js";
import { startKeys } from "./queue_keys.js";
import { again, focusOn, more } from "./queue_next.js";
import { $, canUndo, complain, list, may, outbox, root, typed, waits } from "./queue_page.js";
import { rule, takeBack } from "./queue_rulings.js";

// ---- what keys and buttons do ----

const DO = {
  accept: () => rule("accept", { why: "checked against the words" }),
  reject: () => openAsk("reject", list.article(list.current)),
  edit: () => openAsk("edit", list.article(list.current), typed.get(list.current)),
  link: () => openAsk("link", list.article(list.current)),
  note: () => openAsk("note", list.article(list.current)),
  confirm: () => isSecond() && rule("confirm", { why: "checked a second time against the words" }),
  return: () => isSecond() && openAsk("return", list.article(list.current)),
  undo: () => takeBack(),
  open: () => window.open(list.article(list.current).dataset.desk, "_blank", "noopener"),
  next: () => (list.beside(1) ? focusOn(list.beside(1)) : more()),
  before: () => list.beside(-1) && focusOn(list.beside(-1)),
  help: () => $("help").showModal(),
  close: () => $("help").close(),
  cancel: () => cancel(),
  again,
  filters: () => {
    $("filters").open = true;
    $("filter-text").focus();
  },
};
const RULES = new Set(["accept", "reject", "edit", "link", "note", "confirm", "return", "undo"]);
const ALWAYS = new Set(["undo", "help", "close", "cancel", "again", "filters"]);

/** Editors look second, at what somebody has coded. */
function isSecond() {
  const { state } = list.article(list.current).dataset;
  if (root.dataset.editor && state !== "open") return true;
  complain(root.dataset.editor ? "Nobody has coded this claim yet: there is nothing to confirm or to send back." : "");
  return false;
}

function act(name) {
  if (!(name in DO) || (RULES.has(name) && !may) || (!list.current && !ALWAYS.has(name))) return;
  DO[name]();
}

function cancel() {
  const name = opened();
  if (!name) return;
  closeAsk();
  list.article(list.current)?.querySelector("h2").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const { do: name, go } = event.target.closest("[data-do], [data-go]")?.dataset ?? {};
  if (go) focusOn(go);
  else if (name) act(name);
});

// ---- beginning ----

$("filter-form").addEventListener("change", (event) => event.target.matches("select") && $("filter-form").requestSubmit());
$("filter-form").addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value || (name === "state" && value === "open")) formData.delete(name);
});

if (may) startAsks(rule);
startKeys({ act, cancel, isBusy: opened, once: RULES });
showWaiting(outbox, $("outbox"));
list.take($("fetched"), waits);
$("fetched").replaceChildren();
canUndo();
focusOn(list.claims.find((claim) => claim === history.state?.claim) ?? list.claims[0] ?? "");
