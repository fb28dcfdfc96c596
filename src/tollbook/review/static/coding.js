// Keys of blind coding: the page's own buttons and links, pressed. They do nothing while somebody types, or where they were
// switched off in the queue.

import { keysOn } from "./keys_on.js";

const PRESS = { a: "accept", r: "reject", j: "next", k: "before" };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const edit = document.getElementById("edit");
  if (event.key === "e" && edit) {
    event.preventDefault();
    edit.open = true;
    edit.querySelector("input").focus();
  } else if (event.key in PRESS) {
    document.getElementById(PRESS[event.key])?.click();
  }
});

// Enter in a field corrects; else the form's first button would accept.
document.querySelector("#edit")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  document.querySelector("#edit button").click();
});
