// The pairs on the page: loaded fifty at a time, one of them current.

import { ask } from "./api.js";
import { drawRow, element, makeRow } from "./row.js";
import { filter, remember, toldAsked } from "./asked.js";
import { warn } from "./say.js";

const SIZE = 50;
const list = document.getElementById("rows");
const byId = (id) => document.getElementById(id);
const elements = () => [...list.querySelectorAll(".row")];
const watchers = [];
let shown = { before: 0, total: 0, rows: [] };
let asking = 0;

export const current = () => list.querySelector(".row.current");
export const find = (id) => elements().find((li) => li.dataset.id === id);
export const onCurrent = (watch) => watchers.push(watch);

export async function load(place = {}, { focus = "" } = {}) {
  const mine = ++asking;
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await ask("rows", { ...filter, ...place });
    if (mine !== asking) return;
    if (!answer.rows.length && answer.total) return await load({}, { focus });
    shown = answer;
    draw();
    const rows = elements();
    select(focus === "last" ? rows.at(-1) : rows[0], Boolean(focus));
  } catch (failure) {
    warn(failure.message);
  } finally {
    if (mine === asking) list.removeAttribute("aria-busy");
  }
}

function draw() {
  const children = [];
  let article = null;
  for (const row of shown.rows) {
    if (row.article !== article) {
      article = row.article;
      children.push(element("li", shown.titles[article] || article, { className: "article-head", lang: "en" }));
    }
    children.push(makeRow(row));
  }
  list.replaceChildren(...children);
  window.scrollTo(0, 0);
  byId("empty").hidden = shown.total > 0;
  byId("pager").hidden = shown.total <= SIZE;
  byId("previous").disabled = shown.before === 0;
  byId("next").disabled = shown.before + shown.rows.length >= shown.total;
  const numbers = [shown.before + 1, shown.before + shown.rows.length, shown.total].map((n) => n.toLocaleString());
  byId("range").textContent = `${numbers[0]}–${numbers[1]} / ${numbers[2]}`;
  byId("where").textContent = `${toldAsked()} ${numbers[2]}문장`;
}

export function select(li, focus = true) {
  if (!li) return;
  const top = li.getBoundingClientRect().top;
  for (const other of elements()) {
    other.classList.toggle("current", other === li);
    other.tabIndex = other === li ? 0 : -1;
  }
  window.scrollBy(0, li.getBoundingClientRect().top - top); // what opens and closes above must not move it
  if (focus) {
    li.focus({ preventScroll: true });
    li.scrollIntoView({ block: "nearest" });
  }
  remember(li.row.number);
  for (const watch of watchers) watch(li);
}

export async function move(step) {
  const rows = elements();
  const next = rows[rows.indexOf(current()) + step];
  if (next) select(next);
  else await turn(step);
}

export async function turn(step) {
  const { rows, before, total } = shown;
  if (step > 0 && before + rows.length < total) await load({ after: rows.at(-1).number }, { focus: "first" });
  else if (step < 0 && before > 0) await load({ before: rows[0].number }, { focus: "last" });
}

export function update(rows) {
  for (const row of rows) {
    const li = find(row.id);
    if (li) drawRow(li, row);
    shown.rows = shown.rows.map((old) => (old.id === row.id ? row : old));
  }
}

export const reload = () => load({ after: (shown.rows[0]?.number ?? 0) - 1 });

byId("previous").addEventListener("click", () => turn(-1));
byId("next").addEventListener("click", () => turn(1));

// A press selects when it is over, not when focus comes: rows that move under the pointer would lose the click.
let pressed = false;
document.addEventListener("pointerdown", () => (pressed = true), true);
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => (pressed = false), true);
list.addEventListener("focusin", (event) => {
  const li = event.target.closest(".row");
  if (li && li !== current() && !pressed) select(li, false);
});
