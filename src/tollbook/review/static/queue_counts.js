// How far the queue is: at once by what was ruled here, from time to time by what the server says.

const SHOWN = 5; // as in queue_progress.html
const place = (name) => document.querySelector(`[data-count=${name}]`);

export const value = (name) => Number(place(name)?.dataset.value ?? 0);

function set(name, to) {
  if (!place(name)) return;
  place(name).dataset.value = Math.max(0, to);
  place(name).textContent = value(name).toLocaleString("en");
}

/** One claim goes from a state into another. */
export function move(from, into) {
  if (from === into) return;
  set(from, value(from) - 1);
  set(into, value(into) + 1);
}

/** What the server says: counts by state, and how many each person ruled on last. */
export function put(counts, by) {
  for (const [name, count] of Object.entries(counts)) set(name, count);
  const people = Object.entries(by).sort(([, one], [, other]) => other - one);
  const told = people.slice(0, SHOWN).map(([name, count]) => `${name} ${count.toLocaleString("en")}`);
  if (people.length > SHOWN) told.push(`${people.length - SHOWN} more`);
  document.getElementById("by").textContent = told.length ? `ruled by ${told.join(", ")}` : "";
}
