// Asking the server, and telling it; every answer is JSON, every failure a Failure with the words to show.

export const key = document.querySelector("meta[name=key]").content;

export class Failure extends Error {
  constructor(status, body) {
    super(body.error || "서버가 답하지 못했습니다.");
    this.status = status;
    this.rows = body.rows || [];
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Failure(0, { error: "서버에 닿지 않습니다. 터미널에서 아직 돌고 있는지 확인하십시오." });
  }
  const isJson = (response.headers.get("content-type") || "").startsWith("application/json");
  const body = isJson ? await response.json() : { error: (await response.text()).trim() };
  if (!response.ok) throw new Failure(response.status, body);
  return body;
}

export function ask(name, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined);
  return answer(fetch(`/api/${name}?${new URLSearchParams(given)}`));
}

export function send(name, body) {
  const headers = { "Content-Type": "application/json", "X-Key": key };
  return answer(fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(body) }));
}
