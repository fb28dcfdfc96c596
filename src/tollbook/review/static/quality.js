// Keys where coders differ: j and k go from claim to claim, a number makes the ruling of what was coded so. They do nothing
// while somebody types, or where they were switched off in the queue.

import { keysOn } from "./keys_on.js";

const all = [...document.querySelectorAll("article.differ")];
let at = all.findIndex((one) => one.querySelector("form"));

function go(to) {
  if (!all[to]) return;
  all[at]?.classList.remove("at");
  at = to;
  all[at].classList.add("at");
  all[at].focus();
}

all[at]?.classList.add("at");
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else all[at]?.querySelector(`button[value="${CSS.escape(event.key)}"]`)?.click();
});
