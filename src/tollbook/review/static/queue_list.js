// The items of the queue and the rows of its list, in one order: which is before the coder, which come next.

const $ = (id) => document.getElementById(id);

export class List {
  /** The claim in focus, "" for none. */
  current = "";
  /** The last claim that the server gave: what comes next comes after it. */
  tail = "";
  #rows = $("rows");
  #items = $("items");

  get claims() {
    return [...this.#rows.children].map((row) => row.dataset.claim);
  }

  get size() {
    return this.#rows.children.length;
  }

  /** How many items come after the one in focus. */
  get left() {
    const at = this.claims.indexOf(this.current);
    return at < 0 ? 0 : this.size - at - 1;
  }

  article(claim) {
    return this.#items.querySelector(`#item-${CSS.escape(claim)}`);
  }

  row(claim) {
    return [...this.#rows.children].find((row) => row.dataset.claim === claim);
  }

  /** Takes in what was fetched, but what is here already and what `skip` says; returns how many were new. */
  take(holder, skip = () => false) {
    let count = 0;
    for (const article of [...holder.querySelectorAll("article.item")]) {
      const { claim } = article.dataset;
      this.tail = claim;
      if (this.row(claim) || skip(claim)) continue;
      this.#items.append(article);
      this.#rows.append(rowOf(holder, claim));
      count += 1;
    }
    return count;
  }

  /** Puts an item before the one in focus, or behind it. */
  put({ article, row }, { behind = false } = {}) {
    const at = this.row(this.current);
    if (this.row(article.dataset.claim)) this.remove(article.dataset.claim);
    article.hidden = true;
    row.querySelector("button").removeAttribute("aria-current");
    this.#items.append(article);
    if (at) at[behind ? "after" : "before"](row);
    else this.#rows.append(row);
  }

  /** Takes an item away; returns it with its row, and which comes to focus instead. */
  remove(claim) {
    const row = this.row(claim);
    const article = this.article(claim);
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    article.remove();
    if (this.current === claim) this.current = "";
    return { article, row, next: next?.dataset.claim ?? "" };
  }

  /** Brings an item to focus; "" none. */
  show(claim) {
    if (this.current) {
      this.article(this.current).hidden = true;
      this.row(this.current).querySelector("button").removeAttribute("aria-current");
    }
    this.current = claim;
    if (!claim) return null;
    const button = this.row(claim).querySelector("button");
    button.setAttribute("aria-current", "true");
    this.#bring(button);
    const article = this.article(claim);
    article.hidden = false;
    return article;
  }

  /** Scrolls the list, and nothing else, so that a row is in sight. */
  #bring(button) {
    const [all, one] = [this.#rows.getBoundingClientRect(), button.getBoundingClientRect()];
    if (one.top < all.top) this.#rows.scrollTop += one.top - all.top;
    else if (one.bottom > all.bottom) this.#rows.scrollTop += one.bottom - all.bottom;
  }

  /** The claim so many rows on, or back. */
  beside(step) {
    const claims = this.claims;
    return claims[claims.indexOf(this.current) + step] ?? "";
  }
}

function rowOf(holder, claim) {
  const row = holder.querySelector(`template[data-row="${CSS.escape(claim)}"]`).content.firstElementChild.cloneNode(true);
  row.dataset.claim = claim;
  return row;
}

/** One item with its row, of a page's piece. */
export function only(holder) {
  const article = holder.querySelector("article.item");
  return { article, row: rowOf(holder, article.dataset.claim) };
}

/** What stands in the page instead of a figure's last ruling, until the page is loaded anew. */
export function notice(article, lines) {
  const place = article.querySelector(".clash");
  place.replaceChildren(
    ...lines.map((line) => {
      const one = document.createElement("p");
      one.textContent = line;
      return one;
    }),
  );
  place.hidden = !lines.length;
}

/** What a piece of a page holds; it is the app's own, and no script in it runs. */
export async function piece(path, form, csrf) {
  let answer;
  try {
    const asked = form && { method: "POST", headers: { "x-csrf-token": csrf }, body: form };
    answer = await fetch(path, { ...asked, headers: { ...asked?.headers, "hx-request": "true" } });
  } catch {
    throw new Error("No connection: what is here can be ruled on, no more comes until it is back.");
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) throw new Error(found.body.textContent.trim() || "The server didn’t answer as it should.");
  return found;
}
