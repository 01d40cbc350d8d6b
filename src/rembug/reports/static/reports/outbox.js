// The outbox: words and place first, photos after, each sent until the server has it, under a key made once.
// Runs in pages and in the service worker. An item leaves the phone's store only after the server's own answer.
import { all, drop, get, put } from './db.js';

const WEEK_S = 604800;
const channel = 'BroadcastChannel' in self ? new BroadcastChannel('rembug-outbox') : null;
const listeners = new Set();

export function onChange(listener) {
  listeners.add(listener);
  channel?.addEventListener('message', listener);
}

function tell() {
  listeners.forEach((listener) => listener());
  channel?.postMessage('changed');
}

export async function enqueue(item) {
  await put('outbox', item);
  navigator.storage?.persist?.();
  tell();
}

export const waiting = () => all('outbox');

export async function forget(id) {
  await drop('outbox', id);
  tell();
}

// One at a time over all tabs and the worker. Without locks (plain HTTP) the server's idempotency is what holds.
export function drain({ now = false } = {}) {
  const run = () => drainAll(now);
  return navigator.locks ? navigator.locks.request('rembug-outbox', run) : run();
}

async function drainAll(now) {
  const due = (await waiting()).filter((item) => item.state !== 'refused' && (now || item.next <= Date.now()));
  for (const item of due) if (!item.code) await step(item, sendWords);
  for (const item of due) if (item.code) await step(item, sendPhotos);
  const left = (await waiting()).filter((item) => item.state !== 'refused');
  return left.length ? Math.min(...left.map((item) => item.next)) : null;
}

async function step(item, send) {
  await keep(item, { state: 'sending' });
  try {
    await send(item, keep);
  } catch (fault) {
    const tries = item.tries + 1;
    // Doubling up to a quarter of an hour, half of it random: a thousand phones must not knock at one second.
    const wait = Math.max(fault.after || 0, Math.min(2000 * 2 ** tries, 900000) * (0.5 + Math.random() / 2));
    await keep(item, { state: item.code ? 'photo' : 'kept', tries, next: Date.now() + wait });
  }
  if (item.code && !item.photos.length) await finish(item);
}

async function keep(item, change) {
  Object.assign(item, change);
  // What the person removed stays removed; a full store does not stop the sending: a repeat is harmless.
  await get('outbox', item.id).then((known) => known && put('outbox', item)).catch(() => {});
  tell();
}

async function finish(item) {
  await put('receipts', { id: item.id, code: item.code, number: item.number, token: item.token, title: item.title, at: item.made, lost: item.lost || 0 });
  await drop('outbox', item.id);
  tell();
}

export const within = (ms) => AbortSignal.timeout?.(ms); // absent on old phones: then the browser's own limit

class Later extends Error {
  constructor(answer) {
    super('later');
    this.after = Number(answer?.headers.get('Retry-After') || 0) * 1000;
  }
}

export async function sendWords(item, note) {
  // An age, not a time: whatever the phone's clock shows, the server counts back from its own.
  const age = Math.min(Math.max((Date.now() - item.made) / 1000, 0), WEEK_S);
  const body = JSON.stringify({ ...item.body, id: item.id, age_s: Math.round(age) });
  let answer = await post(item.id, body, '');
  if (answer.status === 429) answer = await prove(item, answer, body, note);
  if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) throw new Later(answer);
  const told = await answer.json();
  if (!answer.ok) {
    const words = [told.detail, ...(told.errors || []).map((one) => one.message)].filter(Boolean).join(' ');
    await note(item, { state: 'refused', fault: words });
  } else if (!told.code || !told.receipt_token) {
    throw new Later(answer);
  } else {
    await note(item, { state: 'photo', tries: 0, next: 0, code: told.code, token: told.receipt_token, number: told.number });
  }
}

function post(id, body, proof) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id };
  if (proof) headers['X-Proof'] = proof;
  return fetch('/api/v1/reports', { method: 'POST', headers, body, signal: within(20000), keepalive: true });
}

async function prove(item, answer, body, note) {
  const { challenge } = await answer.clone().json();
  if (!challenge || !self.Worker) return answer; // a service worker cannot start one; a page will
  await note(item, { state: 'working' });
  return post(item.id, body, await solve(challenge));
}

function solve(challenge) {
  const worker = new Worker(new URL('./pow.js', import.meta.url));
  return new Promise((done, fail) => {
    worker.onmessage = (event) => done(event.data);
    worker.onerror = () => fail(new Error('proof'));
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

export async function sendPhotos(item, note) {
  while (item.photos.length) {
    const [photo, ...rest] = item.photos;
    const answer = await fetch(`/api/v1/reports/${item.code}/photos/${photo.id}`, {
      method: 'PUT',
      headers: { 'Content-Type': photo.type || photo.blob?.type || 'application/octet-stream', 'X-Receipt-Token': item.token },
      body: photo.bytes || photo.blob, // a Blob: put here by an older version
      signal: within(120000),
    });
    if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) throw new Later(answer);
    await note(item, { photos: rest, tries: 0, lost: (item.lost || 0) + (answer.ok ? 0 : 1) });
  }
}
