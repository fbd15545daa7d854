// Decisions on their way: each pair's in order, tried again while the server is away, and what can be undone.

import { Failure, key, send } from "./api.js";
import { find, reload, select, update } from "./list.js";
import { calm, say, warn } from "./say.js";

const PAUSE = 2000;
const button = document.getElementById("undo");
const chains = new Map();
const watchers = [];
const done = JSON.parse(sessionStorage.getItem(key) || "[]");
let waiting = 0;

export const onSaved = (watch) => watchers.push(watch);
const changed = () => watchers.forEach((watch) => watch());

// An entry holds the batches of one act of the reviewer, so that an edit saved in steps is undone at once.
export const newEntry = (id) => ({ id, batches: [] });

export function record(entry, batch) {
  if (!entry.batches.length) done.push(entry);
  entry.batches.push(batch);
  keepDone();
}

function keepDone() {
  while (done.length > 500) done.shift();
  sessionStorage.setItem(key, JSON.stringify(done));
  button.disabled = !done.length;
}

// Save what is said of a pair after what was said before; true when it is on the disk, the row now on conflict.
export function save(id, said, entry = newEntry(id)) {
  waiting += 1;
  const before = chains.get(id) || Promise.resolve();
  const chain = before.then(() => attempt(id, said, entry)).finally(() => (waiting -= 1));
  chains.set(id, chain.catch(() => {}));
  return chain;
}

async function attempt(id, said, entry) {
  show(id, "저장하는 중…");
  try {
    const answer = await persist(id, said);
    if (answer.total) record(entry, answer.batch);
    update(answer.rows);
    show(id, answer.total ? "저장됨" : "");
    changed();
    return true;
  } catch (failure) {
    show(id, "저장 못 함");
    if (failure.status !== 409) throw failure;
    update(failure.rows);
    const now = failure.rows.find((row) => row.id === id);
    if (now && arrived(now, said)) return true;
    throw failure;
  }
}

async function persist(id, said) {
  for (;;) {
    try {
      const answer = await send("decide", { decisions: [{ id, version: find(id)?.row.version ?? said.version, ...said }] });
      calm();
      return answer;
    } catch (failure) {
      if (!(failure instanceof Failure) || failure.status !== 0) throw failure;
      warn(`${failure.message} 고친 내용은 이 창에 남아 있고, 닿는 대로 저장합니다.`);
      show(id, "기다리는 중…");
      await new Promise((wake) => setTimeout(wake, PAUSE));
    }
  }
}

// Whether what was said is there already: its answer may have been lost on the way.
const arrived = (now, said) => Object.entries(said).every(([name, value]) => now[name] === value);

function show(id, text) {
  const mark = find(id)?.querySelector(".saving");
  if (mark) mark.textContent = text;
}

export async function undo() {
  const entry = done.pop();
  keepDone();
  if (!entry) {
    say("되돌릴 것이 없습니다.");
    return;
  }
  await takeBack(entry);
  if (!entry.id) await reload();
  else if (find(entry.id)) select(find(entry.id));
  say("되돌렸습니다.");
}

export async function takeBack(entry) {
  const place = done.indexOf(entry);
  if (place >= 0) done.splice(place, 1);
  keepDone();
  await chains.get(entry.id);
  for (const batch of entry.batches.toReversed()) update((await send("undo", { batch })).rows);
  entry.batches = [];
  changed();
}

export const isSaving = () => waiting > 0;
keepDone();
