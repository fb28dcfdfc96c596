// What this tab ruled and can take back, the last first; kept over a reload.

const MOST = 100;

export class Undo {
  #entries;
  #name;

  constructor(who) {
    this.#name = `tollbook.queue.undo.${who}`;
    this.#entries = this.#kept();
  }

  /** How many can be taken back. */
  get size() {
    return this.#entries.filter((entry) => !entry.wanted).length;
  }

  /** `{key, claim, report, action, short, number, from}`; `number` is that of the ruling, 0 until the server told it. */
  push(entry) {
    this.#entries.push(entry);
    this.#entries.splice(0, this.#entries.length - MOST);
    this.keep();
  }

  /** The last one that isn't taken back yet. It stays with `wanted` until `drop`: what is on its way has no number yet. */
  last() {
    return this.#entries.findLast((entry) => !entry.wanted);
  }

  of(key) {
    return this.#entries.find((entry) => entry.key === key);
  }

  drop(key) {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.keep();
  }

  keep() {
    try {
      sessionStorage.setItem(this.#name, JSON.stringify(this.#entries));
    } catch {
      // no room, or none allowed: the page itself still has them
    }
  }

  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#name) ?? "[]");
    } catch {
      return [];
    }
  }
}
