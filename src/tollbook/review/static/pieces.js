// Pieces of a page, fetched into their places.

const last = new Map(); // place → what was asked for it last
const flying = new Map(); // place → what is on its way to it

/** Fetches a piece of the page into its place. True once it is there; false where another was asked for meanwhile, which stands
 *  then, or where it can't be had. Of many asked for while one is on its way only the last is fetched. */
export async function bring(place, path) {
  const turn = Symbol(path);
  last.set(place, turn);
  await flying.get(place); // htmx would keep this one for later too, and tell nobody when it has come
  if (last.get(place) !== turn) return false;
  const asked = htmx.ajax("GET", path, { source: place, target: place, swap: "innerHTML" });
  const came = asked.then(() => true, () => false);
  flying.set(place, came);
  return (await came) && last.get(place) === turn;
}
