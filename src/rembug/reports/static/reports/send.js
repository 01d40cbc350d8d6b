// Sending: into the phone's store first, then out. A full phone sends directly, and says so.
import { drop, uuid7 } from './db.js';
import { enqueue, sendPhotos, sendWords } from './outbox.js';
import { element, say } from './says.js';
import { askForSync, begin, sendAll, show, watch } from './waiting.js';

const FIELDS = ['category', 'lon', 'lat', 'accuracy_m', 'located_by', 'area_code', 'landmark', 'text', 'signed_name', 'joins_incident'];
let begun = false;

function bodyOf(draft, isFlood, form) {
  const body = { language: form.dataset.lang };
  for (const name of FIELDS) if (draft.v[name] !== undefined && draft.v[name] !== '' && draft.v[name] !== null) body[name] = draft.v[name];
  for (const name of ['lon', 'lat']) body[name] = Math.round(body[name] * 1e6) / 1e6;
  if (draft.v.visibility === 'private') body.visibility = 'private';
  if (!isFlood) return { ...body, answers: draft.v.answers || {} };
  if (draft.v.depth_class === 'dry') return { ...body, claim: 'absent', depth_class: 'dry' };
  return { ...body, depth_class: draft.v.depth_class, since: draft.v.since, setting: draft.v.setting };
}

export async function send({ form, draft, photo, isFlood, shown }) {
  const body = bodyOf(draft, isFlood(), form);
  // A direct send whose answer was lost is repeated under its own key; other words are another report.
  if (draft.sent?.said !== JSON.stringify(body)) draft.sent = { said: JSON.stringify(body), id: uuid7() };
  // Bytes, not a Blob: on WebKit a stored Blob cannot be read any more once its row is written again.
  const bytes = await photo?.arrayBuffer().catch(() => null);
  const item = {
    id: draft.sent.id, made: draft.seen, title: shown(), body, state: 'kept', tries: 0, next: 0,
    photos: bytes ? [{ id: uuid7(), bytes, type: photo.type }] : [], lost: photo && !bytes ? 1 : 0,
  };
  watch(item.id);
  try {
    await enqueue(item);
  } catch {
    return direct(item, form);
  }
  try { localStorage.setItem('rembug.waiting', '1'); localStorage.removeItem('rembug.draft'); } catch { /* closed store */ }
  drop('draft', 'photo').catch(() => {});
  form.hidden = true;
  if (!begun) { begun = true; begin(); } else { await show(); sendAll(true); }
  askForSync();
  reveal();
  return true;
}

function reveal() {
  const frame = document.querySelector('[data-outbox-frame]');
  frame.hidden = false;
  frame.querySelector('h1').focus();
  frame.scrollIntoView();
}

// The phone's store is full: the report goes out from memory; only on success does the page move on.
async function direct(item, form) {
  const box = document.querySelector('[data-outbox]');
  const line = element('p', say('full'), { class: 'note warn', role: 'alert' });
  box.replaceChildren(line);
  reveal();
  const note = async (one, change) => Object.assign(one, change);
  try {
    await sendWords(item, note);
    if (item.code) await sendPhotos(item, note).catch(() => { item.lost = 1; });
  } catch {
    line.textContent = say('fullFailed');
    return false;
  }
  if (!item.code) { line.textContent = item.fault || say('refused'); return false; }
  form.hidden = true;
  line.className = 'note good';
  line.textContent = `${say('received', item.number)} ${item.lost ? say('photoLost') : ''}`;
  box.append(element('a', say('open'), { class: 'button first', href: `/r/${item.token}/` }));
  return true;
}
