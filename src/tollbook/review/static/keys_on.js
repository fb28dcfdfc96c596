// Whether single keys do anything: switched off by a person for all pages, since to speech input a spoken word is many keys.

const NAME = "tollbook.keys";

export function keysOn() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

/** Makes a box that is ticked the switch. */
export function startSwitch(box) {
  box.checked = keysOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(NAME, box.checked ? "on" : "off");
    } catch {
      // none allowed: the switch holds for nothing but this look
    }
  });
}
