// What the queue's page holds: whose it is, the items in order, what is on its way, what was ruled on; and how it speaks.

import { Outbox } from "./outbox.js";
import { List } from "./queue_list.js";
import { Undo } from "./queue_undo.js";

export const $ = (id) => document.getElementById(id);
export const root = $("queue");
export const { who, screen, csrf, address } = root.dataset;
export const may = Boolean(root.dataset.may);

export const list = new List();
export const outbox = new Outbox({ who, csrf });
export const undo = new Undo(who);
export const gone = new Map(); // what was ruled on in this page: claim → {article, row}
export const typed = new Map(); // what was typed into the form of an item that came back

/** True for an item that a ruling on its way is about. */
export const waits = (claim) => outbox.waiting.some((order) => (order.claim ?? order.target) === claim && order.action !== "withdraw");

export const say = (words) => ($("spoken").textContent = words);

export function tell(words) {
  $("told-words").textContent = words;
  $("told").querySelector("button")?.remove();
  if (!undo.size) return;
  const button = document.createElement("button");
  const key = document.createElement("kbd");
  button.type = "button";
  button.dataset.do = "undo";
  key.textContent = "u";
  button.append("Undo ", key);
  $("told").append(button);
}

export function canUndo() {
  document.querySelector(".acts [data-do=undo]")?.setAttribute("aria-disabled", !undo.size);
}

export function complain(line = "") {
  $("wrong").textContent = line;
  $("wrong").hidden = !line;
}
