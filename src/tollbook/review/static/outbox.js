// Rulings on their way: each is kept in this tab until the server has it, and bears a key of its own, so that one that is
// sent twice is one event. Lost connection, server down, logged out, disk full: it stays, is shown as waiting, and goes
// out when it can, in the order in which it was made.
//
//   const outbox = new Outbox({ who: "ann", csrf });
//   outbox.addEventListener("sent", (event) => …);     // event.detail = { order, answer }
//   outbox.addEventListener("refused", (event) => …);  // { order, line, changed, since }: it is not in the record
//   const key = outbox.put({ target, action, values, why, seen, told: "accepted: 12 killed" });
//   outbox.take(key, { why: "undone" });               // true where it had not left yet, and now never will; one that
//                                                      // is on its way is withdrawn before anything else is sent
//   showWaiting(outbox, element);                      // a line that tells what waits, and a button to try again

const PAUSES = [1, 2, 5, 10, 30].map((seconds) => seconds * 1000);
const SENT = ["target", "action", "values", "why", "seen", "head", "key"];

/** What a page sends as the secret of its session. */
export function secret() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";
}

/** Thirty-two hex digits that no other intent has. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox extends EventTarget {
  #orders;
  #name;
  #to;
  #csrf;
  #timer = 0;
  #tries = 0;
  #flying = null;
  /** Why the first order waits: "", "connection", "door" (logged out) or the server's own line. */
  held = "";

  constructor({ who, csrf = secret(), to = "/rule" }) {
    super();
    this.#name = `tollbook.outbox.${who}`;
    this.#to = to;
    this.#csrf = csrf;
    this.#orders = this.#kept();
    addEventListener("online", () => this.now());
    addEventListener("beforeunload", (event) => this.#orders.length && this.held && event.preventDefault());
    if (this.#orders.length) queueMicrotask(() => this.now());
  }

  /** The orders that the server doesn't have yet, first made first. */
  get waiting() {
    return [...this.#orders];
  }

  /** Keeps an order and sends it, `next` before those that wait; returns its key. */
  put(order, { next = false } = {}) {
    const made = { values: {}, ...order, key: order.key ?? newKey() };
    this.#orders.splice(next ? Number(this.#flying !== null) : this.#orders.length, 0, made);
    this.#keep();
    this.#tell("kept", { order: made });
    this.#go();
    return made.key;
  }

  /** Takes back an order that has not left; one that has is withdrawn as soon as its number is known. */
  take(key, undo) {
    const at = this.#orders.findIndex((order) => order.key === key);
    if (at < 0) return false;
    const { left } = this.#orders[at];
    if (left) this.#orders[at].undo = undo;
    else this.#orders.splice(at, 1);
    this.#keep();
    this.#tell("changed", {});
    return !left;
  }

  /** Tries again at once. */
  now() {
    clearTimeout(this.#timer);
    this.#go();
  }

  async #go() {
    if (this.#flying || !this.#orders.length) return;
    const order = this.#orders[0];
    this.#flying = order.key;
    order.left = true; // from here on nobody but the server can tell whether it has it
    this.#keep();
    const { held, ...told } = await this.#sent(order);
    this.#flying = null;
    this.held = held ?? "";
    if (held) {
      this.#timer = setTimeout(() => this.#go(), PAUSES[Math.min(this.#tries++, PAUSES.length - 1)]);
      this.#tell("held", { order, why: held });
      return;
    }
    this.#tries = 0;
    this.#orders.shift();
    this.#keep();
    if (told.answer && order.undo) this.put({ ...order.undo, target: `#${told.answer.number}`, action: "withdraw" }, { next: true });
    this.#tell(told.answer ? "sent" : "refused", { order, ...told });
    this.#go();
  }

  /** What the server made of an order: `held` where it must be sent again, `answer`, or a refusal's `line`. */
  async #sent(order) {
    let answer;
    try {
      answer = await fetch(this.#to, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf-token": this.#csrf },
        body: JSON.stringify(Object.fromEntries(SENT.filter((name) => name in order).map((name) => [name, order[name]]))),
      });
    } catch {
      return { held: "connection" };
    }
    const isOurs = answer.headers.get("content-type")?.startsWith("application/json");
    const told = isOurs ? await answer.json().catch(() => null) : null;
    if (answer.ok && told) return { answer: told };
    if (!told && [401, 403, 421].includes(answer.status)) return { held: "door" };
    if (answer.status >= 500 || answer.status === 429 || !told) return { held: told?.line ?? "connection" };
    return { line: told.line, changed: told.changed ?? false, since: told.since ?? [] };
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
    if (kind !== "changed") this.dispatchEvent(new CustomEvent("changed", { detail: {} }));
  }

  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#orders));
    } catch {
      // no room, or none allowed: the page itself still has them
    }
  }
}

const LINES = {
  connection: (count) => `No connection. ${count} kept here, sent when it is back.`,
  door: (count) => `You are logged out. ${count} kept here; log in and come back to this page to send.`,
};

/** Shows in `line`, a live region, what waits and why; nothing is shown while all goes well. */
export function showWaiting(outbox, line) {
  const words = document.createElement("span");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try now";
  again.addEventListener("click", () => outbox.now());
  line.append(words, " ", again);
  line.hidden = true;
  outbox.addEventListener("changed", () => {
    const count = outbox.waiting.length;
    line.hidden = !(outbox.held && count);
    if (line.hidden) return;
    const counted = count === 1 ? "1 ruling is" : `${count} rulings are`;
    const told = LINES[outbox.held]?.(counted) ?? `${outbox.held} ${counted} kept here.`;
    if (words.textContent !== told) words.textContent = told;
  });
}
