// Rulings of the desk: sent at once and shown as made, taken back, and held up where somebody else ruled meanwhile.

import { Outbox } from "./outbox.js";
import { $, chosen, figure, incident, item, items, may, toast } from "./desk_page.js";
import { refresh } from "./desk_sheet.js";
import { drawStates } from "./desk_words.js";

const { who } = $("desk").dataset;
export const outbox = new Outbox({ who });

const mine = []; // those of this page that can be undone, the last at the end
let clash = null;

/** Sends a ruling on the chosen claim, or on what `target` names; it is shown as made at once. */
export function rule(action, why, { values = {}, target = chosen(), seen, head, told, state } = {}) {
  if (!may || !target) return;
  const one = item(target);
  const known = seen ?? (one ? Number(one.dataset.seen) : target === incident() ? Number($("side-head").dataset.seen) : undefined);
  const pending = outbox.waiting.some((order) => order.target === target);
  const order = { target, action, values, why, told: told ?? `${action}: ${figure()}`, claim: one ? target : "", was: one?.dataset.state };
  if (Number.isInteger(known) && !pending) order.seen = known;
  const shown = Number(head ?? $(target === incident() ? "side-head" : "claim")?.dataset.head);
  if (shown) order.head = shown;
  if (one && state) paint(target, state);
  outbox.put(order);
}

/** How a claim stands, shown before the server has said so. */
function paint(claim, state) {
  const one = item(claim);
  if (one) one.dataset.state = state;
  if (chosen() === claim) for (const chip of $("claim").querySelectorAll(".which .state")) ((chip.textContent = state), (chip.className = `state ${state}`));
  drawStates(new Map(items().map((each) => [each.dataset.claim, each.dataset.state])));
}

export function undo() {
  const waiting = outbox.waiting.findLast((order) => !order.undo && !order.undoes && !(order.left && order.action === "withdraw"));
  if (waiting) {
    const { claim, told, was } = waiting;
    const isKept = outbox.take(waiting.key, { why: "undone", told: `Undone: ${told}`, claim, undoes: true });
    if (claim && was) paint(claim, was);
    return toast(isKept ? `Not sent: ${told}.` : `To be undone: ${told}.`);
  }
  const last = mine.pop();
  if (last) return outbox.put({ target: `#${last.number}`, action: "withdraw", why: "undone", told: `Undone: ${last.told}`, claim: last.claim, undoes: true });
  const own = [...document.querySelectorAll("#inspector .rulings li:not(.gone)")].find((line) => line.dataset.who === who);
  if (own) return own.querySelector("[data-withdraw]")?.click();
  toast("There is nothing of yours to undo here.");
}

outbox.addEventListener("kept", ({ detail: { order } }) => toast(`${order.told}.`, !order.undoes));
outbox.addEventListener("held", () => document.dispatchEvent(new CustomEvent("desk:held")));
outbox.addEventListener("sent", async ({ detail: { order, answer } }) => {
  document.dispatchEvent(new CustomEvent("desk:ruled", { detail: { order } }));
  if (!order.undo && !order.undoes && order.action !== "withdraw") mine.push({ number: answer.number, told: order.told, claim: order.claim });
  if (!outbox.waiting.length) await refresh(order);
});
outbox.addEventListener("refused", async ({ detail }) => {
  const { order, line, changed, since } = detail;
  if (order.undo) return refresh(order); // it isn't in the record, as was wanted
  if (!document.dispatchEvent(new CustomEvent("desk:refused", { cancelable: true, detail }))) return; // its form says so
  toast(`Not made: ${line}.`);
  await refresh({ ...order, values: {} }); // where it would have led is not where one is
  if (changed) tellClash(order, since);
});

/** Another ruled meanwhile: both are shown, and nothing is written until somebody has looked. */
function tellClash(order, since) {
  const box = $("clash");
  if (!box || (order.claim && order.claim !== chosen())) return;
  clash = { order, seen: since[0]?.number };
  const others = since.map((one) => {
    const values = Object.entries(one.values).filter(([name]) => name !== "incident").map(([name, value]) => `${name} ${value ?? "none"}`).join(", ");
    return `${one.who}: ${one.action}${values ? ` (${values})` : ""}, “${one.why}” (#${one.number})`;
  });
  const words = document.createElement("p");
  const values = Object.entries(order.values).map(([name, value]) => `${name} ${value ?? "none"}`).join(", ");
  words.textContent = `While this was before you, ${others.join("; ")}. Yours was not made: ${order.action}${values ? ` (${values})` : ""}, “${order.why}”.`;
  const acts = document.createElement("p");
  for (const [name, label] of [["clash-mine", "Make mine too"], ["clash-leave", "Leave it as it is"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.do = name;
    button.textContent = label;
    acts.append(button, " ");
  }
  box.replaceChildren(words, acts);
}

/** Makes the ruling that was held up, now that the others' have been seen. */
export function ruleAnyway() {
  const { order, seen } = clash;
  const { key, left, ...again } = order;
  leaveClash();
  outbox.put({ ...again, seen, head: seen });
}

export const leaveClash = () => $("clash").replaceChildren();
