// Rulings of the queue: the item goes at once, the ruling is on its way; what fails comes back with the reason, and
// what was ruled is taken back as soon as the server has a number for it.

import { move } from "./queue_counts.js";
import { notice, only, piece } from "./queue_list.js";
import { focusOn, ping } from "./queue_next.js";
import { canUndo, complain, gone, list, outbox, say, tell, typed, undo } from "./queue_page.js";

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

const SAID = { accept: "Accepted", reject: "Rejected", correct: "Corrected", link: "Linked", note: "Noted", confirm: "Confirmed", return: "Sent back" };
const BECOMES = { accept: "coded", correct: "coded", reject: "rejected", confirm: "confirmed", return: "returned" };

export function rule(action, { why, values = {}, name = "" }) {
  const claim = list.current;
  if (!claim) return;
  const article = list.article(claim);
  const { short, report, state } = article.dataset;
  const key = outbox.put({ target: claim, action, values, why, seen: Number(article.dataset.seen), head: Number(article.dataset.head) });
  const into = BECOMES[action];
  undo.push({ key, claim, report, action, short, number: 0, from: state, into: into ?? state });
  complain();
  canUndo();
  notice(article, []);
  tell(`${SAID[action]}: ${short}${name ? `, to ${name}` : ""}.`);
  if (!into) return stay(article, action, name, why);
  move(state, into);
  const { row, next } = list.remove(claim);
  gone.set(claim, { article, row });
  focusOn(next, `${SAID[action]}: ${short}. Next:`);
}

/** A note or another incident says nothing of the figure: the item stays until it is accepted or rejected. */
function stay(article, action, name, why) {
  notice(article, [action === "link" ? `Linked to ${name}. Accept it, or go on.` : `Noted: ${why}`]);
  article.querySelector("h2").focus({ preventScroll: true });
  say(`${SAID[action]}.`);
}

export async function takeBack() {
  const entry = undo.last();
  if (!entry) return;
  entry.wanted = true;
  const { key, number, claim, report, short } = entry;
  const back = { why: "taken back in the queue", claim, report, short };
  if (outbox.take(key, back)) undo.drop(key);
  else if (number) {
    undo.drop(key);
    outbox.put({ ...back, target: `#${number}`, action: "withdraw" });
  }
  undo.keep(); // one on its way stays, so that a refusal of it is known to be as wanted
  canUndo();
  move(entry.into, entry.from);
  tell(`Taken back: ${SAID[entry.action].toLowerCase()} ${entry.short}.`);
  if (list.row(entry.claim)) {
    notice(list.article(entry.claim), []);
    return focusOn(entry.claim, "Taken back.");
  }
  const kept = gone.get(entry.claim) ?? (await fetched(entry.claim, entry.report));
  gone.delete(entry.claim);
  if (!kept) return;
  list.put(kept);
  ping();
  focusOn(entry.claim, `Taken back. Again before you:`);
}

/** An item as the server has it now. */
async function fetched(claim, report) {
  try {
    return only(await piece(`/queue/item?${new URLSearchParams({ claim, report })}`));
  } catch (error) {
    complain(error.message);
    return null;
  }
}

outbox.addEventListener("sent", ({ detail: { order, answer } }) => {
  const claim = order.claim ?? order.target;
  const article = list.article(claim) ?? gone.get(claim)?.article;
  if (article) article.dataset.seen = answer.number;
  // A ruling made on the same item meanwhile was made knowing of this one.
  for (const other of outbox.waiting) if (other.target === claim) other.seen = answer.number;
  const entry = undo.of(order.key);
  if (!entry) return;
  entry.number = answer.number;
  if (entry.wanted) undo.drop(entry.key);
  undo.keep();
});

outbox.addEventListener("refused", async ({ detail: { order, line, changed, since } }) => {
  const claim = order.claim ?? order.target;
  const entry = undo.of(order.key);
  undo.drop(order.key);
  canUndo();
  if (entry?.wanted) return; // it isn't in the record, as was wanted
  if (entry) move(entry.into, entry.from);
  if (order.action === "correct") typed.set(claim, order.values);
  const others = since.map((one) => `${one.who} ${one.action}: ${one.why}`);
  const lines = [`Not recorded (${SAID[order.action]?.toLowerCase() ?? "undo"}): ${line}`, ...others];
  const report = order.report ?? list.article(claim)?.dataset.report ?? gone.get(claim)?.article.dataset.report ?? "";
  const fresh = changed || !gone.has(claim) ? await fetched(claim, report) : null;
  const kept = fresh ?? gone.get(claim);
  gone.delete(claim);
  if (!kept) return complain(lines.join(" "));
  notice(kept.article, lines);
  const is = list.current === claim;
  list.put(kept, { behind: !is });
  ping();
  kept.row.classList.add("back");
  complain(`${capital(lines.join(" "))} The claim is back, ${is || !list.current ? "before you" : "next in the list"}.`);
  if (is || !list.current) focusOn(claim);
});
