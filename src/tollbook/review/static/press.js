// A press ends where it began: what arrives while a button is held down waits, or it would move from under the pointer, and the
// browser would make no click of it.

let isDown = false;
const waiting = [];

/** Resolves once no button is held down, its click told. */
export const released = () => (isDown ? new Promise((go) => waiting.push(go)) : Promise.resolve());

function end() {
  isDown = false;
  for (const go of waiting.splice(0)) setTimeout(go);
}

addEventListener("pointerdown", () => (isDown = true), true);
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, true);
addEventListener("blur", end); // of the window; a field's own doesn't come this far

// What a page asks for by itself (a poll, a search while somebody types, a block of text that comes near) is asked for again after.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, verb, path } = event.detail.requestConfig;
  if (!isDown || verb !== "get" || !elt.hasAttribute("hx-trigger")) return;
  event.detail.shouldSwap = false;
  released().then(() => elt.isConnected && htmx.ajax("GET", path, { source: elt }));
});
