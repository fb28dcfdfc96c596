"use strict";
// Finding among many incidents: by words, status, count, place and time, and in which order. Without this script the
// list is whole, in the order in which it is written.
(() => {
  const by = (id) => document.getElementById(id);
  const list = by("list");
  if (!list || list.children.length < 6) return;
  const named = (rows) => rows.map((row) => row.querySelector("b, th").textContent);
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const sources = named([...document.querySelectorAll("#heard > li")]);
  const counts = named([...document.querySelectorAll("#counts tbody tr")]);
  const places = new Map();
  for (const spot of document.querySelectorAll("#where .spots > li")) {
    const name = spot.querySelector("b").textContent;
    for (const link of spot.querySelectorAll("a")) places.set(link.getAttribute("href"), name);
  }
  const rows = [...list.children].map((item, order) => {
    const [start = "", end = start] = item.dataset.d.split(" ");
    const href = item.querySelector("a").getAttribute("href");
    const place = places.get(href) || "";
    const heard = item.dataset.s.split(" ").filter(Boolean).map((at) => sources[at]);
    const top = new Map(item.dataset.m.split(" ").filter(Boolean).map((one) => one.split(":")));
    const text = plain([item.textContent, place, ...heard, ...[...top.keys()].map((at) => counts[at])].join(" \n "));
    const name = item.querySelector("a").textContent;
    return { item, order, start, end, place, top, text, name };
  });

  const fields = ["query", "status", "count", "place", "from", "to", "sort"].map(by);
  const [query, status, count, place, from, to, sort] = fields;
  for (const name of [...new Set(places.values())].sort((a, b) => a.localeCompare(b))) place.add(new Option(name));
  if (!places.size) place.parentElement.hidden = true;

  const keeps = (row, words) =>
    words.every((word) => row.text.includes(word)) &&
    (!status.value || row.item.dataset.t.split(" ").includes(status.value)) &&
    (!count.value || row.top.has(count.value)) &&
    (!place.value || row.place === place.value) &&
    (!(from.value || to.value) || (row.start && (!from.value || row.end >= from.value) && (!to.value || row.start <= to.value)));

  const high = (row) => {
    const some = count.value ? [row.top.get(count.value)] : [...row.top.values()];
    return Math.max(-1, ...some.filter(Boolean).map(Number));
  };
  const orders = {
    new: (a, b) => (a.start && b.start ? b.start.localeCompare(a.start) : Number(!a.start) - Number(!b.start)),
    old: (a, b) => (a.start && b.start ? a.start.localeCompare(b.start) : Number(!a.start) - Number(!b.start)),
    name: (a, b) => a.name.localeCompare(b.name),
    high: (a, b) => high(b) - high(a),
  };

  // Sources, counts and places of that name, to search by with one press.
  const also = (words) => {
    const box = by("also");
    box.replaceChildren();
    if (!words.length) return;
    const kinds = [["Sources", sources, query], ["Counts", counts, count], ["Places", [...new Set(places.values())], place]];
    for (const [title, names, field] of kinds) {
      const hits = names.filter((name) => words.every((word) => plain(name).includes(word))).slice(0, 6);
      if (!hits.length || (hits.length === 1 && plain(hits[0]) === words.join(" "))) continue;
      const line = document.createElement("p");
      line.append(`${title}: `);
      for (const name of hits) {
        const button = document.createElement("button");
        button.type = "button";
        button.dir = "auto";
        button.textContent = name;
        button.addEventListener("click", () => {
          query.value = field === query ? name : "";
          if (field === count) count.value = String(counts.indexOf(name));
          if (field === place) place.value = name;
          show();
          query.focus();
        });
        line.append(button);
      }
      box.append(line);
    }
  };

  let sorted = "";
  const show = () => {
    const words = plain(query.value).split(/\s+/).filter(Boolean);
    let number = 0;
    for (const row of rows) {
      row.item.hidden = !keeps(row, words);
      number += row.item.hidden ? 0 : 1;
    }
    const order = `${sort.value} ${sort.value === "high" ? count.value : ""}`;
    if (order !== sorted) {
      const compare = orders[sort.value] || (() => 0);
      list.append(...[...rows].sort((a, b) => compare(a, b) || a.order - b.order).map((row) => row.item));
      sorted = order;
    }
    const narrowed = fields.some((field) => field.value && field !== sort);
    by("found").textContent = narrowed ? `${number.toLocaleString("en")} of ${rows.length.toLocaleString("en")} incidents` : `${rows.length.toLocaleString("en")} incidents`;
    by("clear").hidden = !narrowed;
    by("order").hidden = sort.value !== "";
    also(words);
  };
  for (const field of fields) field.addEventListener("input", show);
  by("clear").addEventListener("click", () => {
    for (const field of fields) if (field !== sort) field.value = "";
    show();
    query.focus();
  });

  // A column of the timeline chooses its time.
  for (const link of document.querySelectorAll("a[data-from]")) {
    link.addEventListener("click", () => {
      from.value = link.dataset.from;
      to.value = link.dataset.to;
      show();
    });
  }
  by("find").hidden = false;
  show();
})();
