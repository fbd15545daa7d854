// Keys of the page, alike on an English and a Korean keyboard.

import { composing } from "./editor.js";
import { current } from "./list.js";

const WRITING = "input, textarea, select, [contenteditable]";

// The letter on the key: 'a' also where the keyboard writes ㅁ.
export function letter(event) {
  if (/^[a-z0-9/?]$/i.test(event.key)) return event.key.toLowerCase();
  const named = /^(?:Key|Digit)([A-Z0-9])$/.exec(event.code);
  if (named) return named[1].toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.key;
}

export function listen(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event) || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(WRITING)) return;
    const name = letter(event);
    const moves = ["Enter", "ArrowDown", "ArrowUp"].includes(name);
    if (moves && !event.target.matches(".row, body, #rows")) return;
    const act = acts[name];
    if (!act || !current()) return;
    event.preventDefault();
    act();
  });
}
