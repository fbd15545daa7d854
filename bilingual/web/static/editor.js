// Editing a target in its place: saved while it is written, never in the midst of a Korean syllable.

import { find, move, select } from "./list.js";
import { newEntry, save, takeBack } from "./saving.js";
import { warn } from "./say.js";

const DELAY = 900;
let open = null;

export const isOpen = (li) => open?.id === li?.dataset.id && open !== null;
export const hasUnsaved = () => open !== null && clean(open.box.value) !== open.saved;
// Before Safari's keydown for the Enter that ends a syllable composition is over already; its code tells.
export const composing = (event) => event.isComposing || event.keyCode === 229;
const clean = (text) => text.replace(/\s*[\n\r]+\s*/g, " ").trim();

export function begin(li, text = li.row.target) {
  if (isOpen(li)) return;
  if (open) finish();
  const box = li.querySelector(".edit");
  open = { id: li.dataset.id, box, saved: li.row.target, entry: newEntry(li.dataset.id), timer: 0, composing: false };
  li.querySelector(".text").hidden = true;
  box.hidden = false;
  box.value = text;
  fit(box);
  box.focus();
  if (text !== li.row.target) later();
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 4}px`;
}

function later() {
  clearTimeout(open.timer);
  open.timer = setTimeout(() => open && !open.composing && store(open), DELAY);
}

async function store(edit, override = {}) {
  const target = clean(edit.box.value);
  if (target === edit.saved && !override.again) return true;
  if (!target) return false;
  const before = edit.saved;
  edit.saved = target;
  try {
    return await save(edit.id, { target, status: "edited" }, edit.entry);
  } catch (failure) {
    edit.saved = before;
    if (failure.status === 409) conflict(edit.id, target);
    else warn(failure.message);
    return false;
  }
}

// Close the box and save what is in it; a text that was emptied goes back to what it was.
export function finish() {
  if (!open) return Promise.resolve(true);
  const edit = open;
  close();
  if (!clean(edit.box.value)) warn("빈 번역은 저장하지 않았습니다. 쓰지 않을 번역이면 반려하십시오.");
  return store(edit);
}

async function cancel() {
  const edit = open;
  const li = find(edit.id);
  close();
  if (edit.entry.batches.length || edit.saved !== li.row.target) {
    try {
      await takeBack(edit.entry);
    } catch (failure) {
      warn(failure.message);
    }
  }
}

function close() {
  clearTimeout(open.timer);
  const li = find(open.id);
  open.box.hidden = true;
  li.querySelector(".text").hidden = false;
  const inside = li.contains(document.activeElement) || document.activeElement === document.body;
  open = null;
  if (inside) li.focus({ preventScroll: true });
}

function conflict(id, mine) {
  const li = find(id);
  if (!li) return warn(`다른 창에서 바뀌어 저장하지 못했습니다: ${mine}`);
  if (isOpen(li)) close();
  const box = li.querySelector(".conflict");
  box.hidden = false;
  box.querySelector(".mine").textContent = mine;
  select(li);
  warn("이 문장은 다른 창에서 먼저 바뀌었습니다. 어느 번역으로 할지 고르십시오.");
}

export async function settle(li, which) {
  const box = li.querySelector(".conflict");
  const mine = box.querySelector(".mine").textContent;
  box.hidden = true;
  li.focus({ preventScroll: true });
  if (which === "theirs") {
    li.querySelector(".saving").textContent = "";
    return;
  }
  try {
    await save(li.dataset.id, { target: mine, status: "edited" });
  } catch (failure) {
    if (failure.status === 409) conflict(li.dataset.id, mine);
    else warn(failure.message);
  }
}

const list = document.getElementById("rows");
list.addEventListener("input", (event) => {
  if (!event.target.matches(".edit") || !open) return;
  fit(event.target);
  if (!event.isComposing) later();
});
list.addEventListener("compositionstart", (event) => {
  if (open && event.target === open.box) open.composing = true;
});
list.addEventListener("compositionend", (event) => {
  if (!open || event.target !== open.box) return;
  open.composing = false;
  later();
});
list.addEventListener("keydown", (event) => {
  if (!event.target.matches(".edit") || composing(event)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    cancel();
  } else if (event.key === "Enter") {
    event.preventDefault();
    finish();
    move(1);
  }
});
list.addEventListener("focusout", (event) => {
  if (open && event.target === open.box && document.hasFocus() && event.relatedTarget) finish();
});
