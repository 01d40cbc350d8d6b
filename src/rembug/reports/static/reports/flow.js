// The report flow on one page: the same questions as without script, the draft kept on the phone at every step.
// Only this file is loaded at first; the rest comes with the first tap.
const form = document.querySelector('[data-flow]');
const stage = form.querySelector('[data-stage]');
const shelf = document.querySelector('[data-steps]').content;
const KEY = 'rembug.draft';
const DAY = 86400000;
const questions = [...stage.querySelectorAll('.step'), ...shelf.querySelectorAll('.step')];
const sections = new Map(questions.map((one) => [one.dataset.kind ? `detail:${one.dataset.kind}` : one.dataset.step, one]));
const kinds = new Map([...sections.get('what').querySelectorAll('[name=category]')].map((one) => [one.value, one]));
let ready = Promise.resolve(); // the question on the screen has got what it needs
const flow = { form, stage, draft: begin(), photo: null, spot: null, kinds, sections, save, next, isFlood };
flow.anew = () => Object.assign(flow, { photo: null, draft: begin(true) });

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } // a closed or broken store
}

// `seen` is when the person last said what stands there; the report's age is counted from it.
function begin(anew = false) {
  const kept = anew ? null : read(KEY);
  if (kept?.v && Date.now() - kept.at < DAY) return kept;
  return { step: 'what', at: Date.now(), seen: Date.now(), v: {} };
}

function save(change = {}) {
  Object.assign(flow.draft.v, change);
  flow.draft.at = Date.now();
  try { localStorage.setItem(KEY, JSON.stringify(flow.draft)); } catch { /* a full store: the page still holds it */ }
}

function isFlood() {
  return Boolean(kinds.get(flow.draft.v.category)?.hasAttribute('data-flood'));
}

function steps() {
  if (!isFlood()) return ['what', 'detail', 'place', 'review'];
  return flow.draft.v.depth_class === 'dry' ? ['what', 'depth', 'place', 'review'] : ['what', 'depth', 'since', 'place', 'review'];
}

function show(step, { push = true } = {}) {
  flow.draft.step = step;
  save();
  const section = sections.get(step === 'detail' ? `detail:${flow.draft.v.category}` : step);
  if (section.parentNode !== stage) stage.replaceChildren(section); // what the server says above its question stays
  const order = steps();
  const count = document.querySelector('[data-says]').dataset.count;
  for (const part of form.querySelectorAll('[data-back], [data-count]')) part.hidden = step === 'what';
  form.querySelector('[data-count]').textContent = count.replace('##', order.length).replace('#', order.indexOf(step) + 1);
  form.querySelector('[data-sos]').hidden = !isFlood();
  for (const field of section.querySelectorAll('input:not([type=file]), textarea')) restore(field);
  if (push) history.pushState({ step }, '');
  scrollTo(0, 0);
  section.querySelector('h1').focus({ preventScroll: true });
  if (step === 'place' || step === 'review') ready = import('./prepare.js').then((prepare) => prepare[step](section, flow)).catch(() => {});
}

function restore(field) {
  const { v } = flow.draft;
  const value = field.dataset.question ? v.answers?.[field.dataset.question] : v[field.name];
  if (value === undefined || field.type === 'image' || field.type === 'hidden') return;
  if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value;
  else field.value = value;
}

function next() {
  const order = steps();
  show(order[Math.min(order.indexOf(flow.draft.step) + 1, order.length - 1)]);
}

// The code of an answer did not come: the words and the taps so far stay, and the person is told to tap again.
function cut() {
  stage.querySelector('.cut-off')?.remove();
  const line = Object.assign(document.createElement('p'), { className: 'note warn cut-off', textContent: document.querySelector('[data-says]').dataset.cut });
  line.setAttribute('role', 'alert');
  stage.prepend(line);
  line.scrollIntoView({ block: 'nearest' });
}

// From the first tap on, everything the flow needs is here: the network may go at any moment.
const ahead = () => Promise.all([import('./prepare.js'), import('./photo.js'), import('./send.js')]).catch(() => {});

function saw(change) {
  flow.draft.seen = Date.now();
  ahead();
  save(change);
  next();
}

const by = (name) => async (element) => (await import('./prepare.js'))[name](element, flow);
const answer = {
  category: (button) => saw({ category: button.value }),
  depth_class: (button) => saw({ depth_class: button.value }),
  since: (button) => saw({ since: button.value, setting: stage.querySelector('[name=setting]:checked').value }),
  area_code: by('ward'),
  spot: (picture) => ready.then(() => by('tap')(picture)), // before, the map would be shown whole again after the tap
  go: (button) => (flow.draft.step === 'place' ? flow.draft.v.lon !== undefined && next() : by('answers')(button)),
  back: () => history.back(),
  check: by('again'),
  send: by('send'),
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  Promise.resolve(answer[event.submitter?.name]?.(event.submitter)).catch(cut);
});
// A photo counts from the moment it is chosen: `flow.photo` is a promise, and sending waits for it.
form.addEventListener('change', ({ target }) => {
  if (target.type !== 'file') return;
  const photo = flow.photo = import('./prepare.js').then((prepare) => prepare.photo(stage, target.files[0]));
  photo.catch(() => { if (flow.photo === photo) flow.photo = null; });
});
// A tap on the map counts also while the code that reads it is on its way.
form.addEventListener('click', ({ target, detail, offsetX, offsetY }) => {
  if (target.type === 'image') flow.spot = detail ? { x: offsetX, y: offsetY } : null;
});
form.addEventListener('input', ({ target }) => {
  if (target.type === 'file' || !target.name || target.dataset.question) return;
  save({ [target.name]: target.type === 'checkbox' && !target.checked ? '' : target.value });
});
addEventListener('popstate', ({ state }) => {
  form.hidden = false;
  show(flow.draft.v.category ? state?.step || 'what' : 'what', { push: false });
});

// Begin: with the answers that the page was given (tapped before this script was here, or "I see it too"), at the
// category that the address names, or where an unfinished report stopped.
const given = JSON.parse(form.dataset.given || 'null');
if (given && flow.draft.from !== given.from) {
  flow.draft = { ...begin(true), from: given.from, step: given.step };
  save(given.v);
}
const wanted = new URLSearchParams(location.search).get('hal');
if (kinds.has(wanted) && flow.draft.v.category !== wanted) {
  flow.draft = begin(true);
  save({ category: wanted });
  [, flow.draft.step] = steps();
}
const order = steps();
const reached = kinds.has(flow.draft.v.category) ? order.indexOf(flow.draft.step) : 0;
history.replaceState({ step: 'what' }, '');
for (const step of order.slice(1, Math.max(reached, 1))) history.pushState({ step }, '');
if (reached > 0) { ahead(); show(flow.draft.step); }
const later = self.requestIdleCallback || setTimeout;
// A phone that dies just after sending may have lost the mark, never the store: where there is one, it is asked.
const stores = async () => (await self.indexedDB?.databases?.().catch(() => [])) || [];
later(async () => {
  if (read('rembug.waiting') || (await stores()).some(({ name }) => name === 'rembug')) (await import('./waiting.js')).begin();
});
addEventListener('load', () => later(() => navigator.serviceWorker?.register('/sw.js', { type: 'module' }).catch(() => {})));
