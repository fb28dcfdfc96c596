// Which claim is in focus, and the next ones: fetched before they are wanted, held while the page is looked at.

import { closeAsk } from "./queue_asks.js";
import { put, value } from "./queue_counts.js";
import { piece } from "./queue_list.js";
import { $, address, complain, csrf, gone, list, may, outbox, say, screen, waits } from "./queue_page.js";

const FEW = 12;
const PING = 60_000;
let isLoading = false;
let isAll = false;
let last = Promise.resolve();

const to = (path) => path + (address.includes("?") ? address.slice(address.indexOf("?")) : "");

/** Brings a claim to focus, or says that none is left. */
export function focusOn(claim, told = "") {
  closeAsk();
  const article = list.show(claim);
  $("none").hidden = Boolean(claim);
  for (const button of document.querySelectorAll(".acts [data-do]")) {
    if (!["undo", "help"].includes(button.dataset.do)) button.setAttribute("aria-disabled", !claim);
  }
  history.replaceState({ claim }, "");
  const heading = (article ?? $("none")).querySelector("h2");
  if (!document.activeElement?.closest(".acts, dialog")) heading.focus({ preventScroll: true });
  const focus = document.querySelector(".focus");
  if (focus.getBoundingClientRect().top < 0) focus.scrollIntoView();
  say([told, article?.dataset.spoken ?? $("none-words").textContent].filter(Boolean).join(" "));
  $("rest").textContent = list.size ? `${list.size.toLocaleString("en")} here${isAll ? ", and that is all" : ""}` : "";
  if (list.left < FEW) more();
}

/** What tells the server which claims are here goes one after another: a list from before the next ones came, told after
 * they were given, would give them away again. */
function inTurn(work) {
  last = last.then(work, work);
  return last;
}

const have = () => [...new Set([...list.claims, ...outbox.waiting.map((order) => order.claim ?? order.target)])];

export async function more() {
  if (isLoading || isAll) return;
  isLoading = true;
  await inTurn(fetchMore);
}

async function fetchMore() {
  const focused = list.current;
  try {
    for (let turn = 0; turn < 5 && !isAll; turn += 1) {
      const form = new URLSearchParams([["screen", screen], ["after", list.tail], ...have().map((one) => ["have", one])]);
      const found = await piece(to("/queue/more"), form, csrf);
      isAll = !found.querySelector("article.item");
      if (list.take(found, (claim) => waits(claim) || gone.has(claim))) break;
    }
    if (!focused && !list.current && list.size) focusOn(list.claims[0]);
    else if (!list.current) $("none-held").textContent = held();
  } catch (error) {
    if (!list.left) complain(error.message);
  } finally {
    isLoading = false;
  }
}

function held() {
  const count = value("held");
  return count ? `; ${count === 1 ? "one is" : `${count} are`} before somebody else` : "";
}

export async function ping() {
  if (may) await inTurn(tellHere);
}

async function tellHere() {
  const told = have();
  const answer = await fetch(to("/queue/ping"), {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": csrf },
    body: JSON.stringify({ screen, have: told }),
  }).catch(() => null);
  if (!answer?.ok) return;
  const { mine, counts, by } = await answer.json().catch(() => ({}));
  if (!mine) return;
  if (!outbox.waiting.length) put(counts, by);
  for (const claim of list.claims.filter((one) => told.includes(one) && !mine.includes(one))) drop(claim);
  isAll = false;
}

/** Somebody else has it now: this page was away for too long. */
function drop(claim) {
  const was = list.current === claim;
  const { next } = list.remove(claim);
  if (!was) return;
  complain("Somebody else has that claim before them now; nothing was ruled.");
  focusOn(next);
}

/** Looks again from the first item on. */
export function again() {
  isAll = false;
  list.tail = "";
  more();
}

addEventListener("online", () => {
  complain();
  ping();
  more();
});
addEventListener("pageshow", (event) => event.persisted && ping());
addEventListener("pagehide", () => may && navigator.sendBeacon("/queue/leave", new URLSearchParams({ csrf, screen })));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ping());
setInterval(() => document.visibilityState === "visible" && ping(), PING);
document.body.addEventListener("htmx:afterSwap", ping); // of more claims by now
