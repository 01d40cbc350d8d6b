// A phone with a bad network, on a table or in the water: what is sent waits here until the city has it; what is being written survives.
// Each form carries a random number (or a version), so that the city counts it once whatever happens.
const KEY = "rembug.keep.waiting";
// Plain HTTP has no crypto.randomUUID.
const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
const script = document.querySelector("script[data-waiting]");
const read = () => JSON.parse(localStorage.getItem(KEY) || "[]");
const write = (rows) => localStorage.setItem(KEY, JSON.stringify(rows));

function say(words, kind) {
  let box = document.getElementById("keep-says");
  if (!box) {
    box = document.createElement("p");
    box.id = "keep-says";
    box.setAttribute("role", "status");
    document.querySelector("main .wrap").prepend(box);
  }
  box.className = `note ${kind}`;
  box.textContent = words;
}

async function post(row) {
  const body = new URLSearchParams(row.body);
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) body.set("csrfmiddlewaretoken", token.value); // the one that was stored may be old
  const answer = await fetch(row.url, { method: "POST", body, credentials: "same-origin" });
  if (answer.status >= 500 || answer.status === 403) throw new Error(String(answer.status));
  return answer;
}

let draining = false;
async function drain() {
  if (draining) return;
  draining = true;
  try {
    for (let rows = read(); rows.length; rows = read()) {
      await post(rows[0]);
      write(read().filter((row) => row.id !== rows[0].id));
      if (!read().length) say(script.dataset.sent, "good");
    }
  } catch {
    if (read().length) say(script.dataset.waiting, "warn");
  } finally {
    draining = false;
  }
}

// The answer's own page takes the place of this one; what it says is said once, so it is not asked for again.
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.title = page.title;
  history.replaceState(null, "", answer.url);
  document.querySelector("main").focus();
  scrollTo(0, 0);
  bind();
}

async function send(form, event) {
  event.preventDefault();
  const seen = form.querySelector("input[name=seen_at]");
  if (seen) seen.value = new Date().toISOString(); // when it was seen, however late it is sent
  const body = new URLSearchParams(new FormData(form)).toString();
  const row = { id: uuid(), url: form.action || location.href, body };
  try {
    const answer = await post(row);
    if (answer.ok) forget(form);
    await show(answer);
  } catch {
    write([...read(), row]);
    say(script.dataset.waiting, "warn");
    form.reset();
    const next = form.querySelector("input[name=sheet], input[name=client_id]");
    if (next) next.value = uuid(); // what is filled in next is another one
  }
}

const place = (field) => `rembug.keep.draft.${field.dataset.draft}.${field.name}`;
const forget = (form) => form.querySelectorAll("[data-draft]").forEach((field) => localStorage.removeItem(place(field)));

function bind() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("submit", (event) => send(form, event));
  }
  for (const field of document.querySelectorAll("[data-draft]")) {
    const kept = localStorage.getItem(place(field));
    if (kept !== null) field.value = kept;
    field.addEventListener("input", () => localStorage.setItem(place(field), field.value));
  }
}

bind();
addEventListener("online", drain);
document.addEventListener("visibilitychange", () => document.hidden || drain());
drain();
