// What the desk asks before a ruling that moves a claim or an incident, says something of it, or takes a ruling back.

import { ask } from "./desk_asks.js";
import { chosen, figure, incident, item, nameOf, report } from "./desk_page.js";
import { rule } from "./desk_rulings.js";

export function link(target = null, claim = chosen()) {
  const one = item(claim);
  ask({
    title: "Link the claim to another incident",
    verb: "Link",
    find: {
      but: one?.dataset.incident, report: report(), chosen: target,
      words: (to) => `“${one?.dataset.spoken ?? figure()}” will belong to ${to.name}. It leaves the incident it is in; undo brings it back.`,
    },
    why: "it tells of that event",
    then: (why, { incident: to }) => rule("link", why, { target: claim, values: { incident: to.id }, told: `Linked to ${to.name}` }),
  });
}

export function merge(target = null, from = { id: incident(), name: nameOf() }) {
  if (!from.id) return;
  ask({
    title: `Merge ${from.name}`,
    verb: "Merge",
    find: {
      but: from.id, report: report(), chosen: target,
      words: (to) => `All claims of ${from.name} will count under ${to.name}. ${from.name} stays as another name of it, and its figures are worked out anew. Undo takes them apart again.`,
    },
    why: "they are one event",
    then: (why, { incident: to }) => rule("merge", why, { target: from.id, values: { into: to.id }, told: `Merged into ${to.name}` }),
  });
}

export function split(claim = chosen()) {
  const one = item(claim);
  ask({
    title: "Split the claim off",
    words: `“${one?.dataset.spoken ?? figure()}” will start an incident of its own, to which others can be linked. It leaves the one it is in; undo brings it back.`,
    why: "it tells of another event", verb: "Split",
    then: (why) => rule("split", why, { target: claim, told: "Split off as an incident of its own" }),
  });
}

export const note = (target, about) =>
  ask({ title: `A note on ${about}`, words: "Words beside it; no figure changes.", reason: "Note", verb: "Keep", then: (why) => rule("note", why, { target, told: `Noted on ${about}` }) });

export const grade = (target, about) =>
  ask({ title: `Grade ${about}`, words: "How well it is attested, in your judgement.", grade: true, verb: "Grade", then: (why, { value }) => rule("grade", why, { target, values: { grade: value }, told: `Graded ${value}` }) });

export const takeBack = (number) =>
  ask({
    title: `Take back ruling #${number}`, words: "It no longer counts; it stays in the log.", verb: "Take back",
    then: (why) => rule("withdraw", why, { target: `#${number}`, told: `Took back #${number}` }),
  });
