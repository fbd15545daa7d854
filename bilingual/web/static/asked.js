// What the reviewer asked to see; it stands in the address, so that a page loaded again shows the same.

const NAMES = ["article", "status", "issue", "search"];
const STATES = { draft: "초안", accepted: "승인", edited: "수정", rejected: "반려" };

const said = new URLSearchParams(location.hash.slice(1));
export const filter = Object.fromEntries(NAMES.map((name) => [name, said.get(name) || ""]));
export const beginning = Number.parseInt(said.get("at"), 10) || 0;

export function remember(number) {
  const given = Object.entries(filter).filter(([, value]) => value);
  const place = new URLSearchParams([...given, ["at", String(number)]]);
  history.replaceState(null, "", `#${place}`);
}

export function toldAsked() {
  const issue = document.querySelector(`#issue option[value="${CSS.escape(filter.issue)}"]`)?.dataset.name;
  const parts = [
    filter.article ? "고른 기사" : "모든 기사",
    filter.status && STATES[filter.status],
    filter.issue && `확인할 점: ${issue}`,
    filter.search && `“${filter.search}”`,
  ];
  return `${parts.filter(Boolean).join(" · ")} ·`;
}
