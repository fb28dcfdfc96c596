// Single keys of the queue. They do nothing while somebody types, while a form or a list of keys is open, or where they
// were switched off in the list of keys.

import { keysOn, startSwitch } from "./keys_on.js";

const $ = (id) => document.getElementById(id);
const KEYS = { a: "accept", r: "reject", e: "edit", l: "link", n: "note", c: "confirm", b: "return", u: "undo", o: "open", j: "next", k: "before", f: "filters", "?": "help" };

/** `act(name)` does what a key stands for; what is in `once` a key that is held down doesn't do again. */
export function startKeys({ act, cancel, isBusy, once }) {
  startSwitch($("keys-on"));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (isBusy()) cancel();
      else if (event.target.matches("input, select, textarea")) event.target.blur();
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]") || isBusy() || !keysOn()) return;
    const name = KEYS[event.key];
    if (!name || (event.repeat && once.has(name))) return;
    event.preventDefault();
    act(name);
  });
}
