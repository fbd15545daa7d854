// Short messages at the foot of the page, read out by screen readers.

const timers = new Map();

function put(id, text, stay) {
  const box = document.getElementById(id);
  box.textContent = text;
  clearTimeout(timers.get(id));
  timers.set(id, setTimeout(() => (box.textContent = ""), stay));
}

export const say = (text) => put("message", text, 2500);
export const warn = (text) => put("alert", text, 9000);
export const calm = () => put("alert", "", 0);
