// Show what waits on this phone, and send it: on load, when the network or the page comes back, by a button.
import { all } from './db.js';
import { drain, forget, onChange, waiting } from './outbox.js';
import { element, say } from './says.js';

let timer;

export async function sendAll(now = false) {
  clearTimeout(timer);
  const next = await drain({ now });
  if (next !== null) timer = setTimeout(sendAll, Math.max(next - Date.now(), 1000));
}

export function begin() {
  addEventListener('online', () => sendAll(true));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sendAll(true));
  onChange(show);
  show();
  sendAll(true);
}

export async function askForSync() {
  const worker = await navigator.serviceWorker?.getRegistration?.();
  await worker?.sync?.register('outbox').catch(() => {});
}

function shareText({ body, title }) {
  return [title, body.text, body.landmark, `https://maps.google.com/?q=${body.lat},${body.lon}`].filter(Boolean).join('\n');
}

function stateOf(item) {
  if (item.state === 'refused') return `${say('refused')}. ${item.fault}`;
  if (item.state === 'working') return say('working');
  if (item.code) return `${say('received', item.number)} ${say('photoWaits')}`;
  return item.state === 'sending' ? say('sending') : `${say('kept')}. ${navigator.onLine ? '' : say('offline')} ${say('later')}`;
}

function line(item) {
  const row = element('li', '', { 'data-item': item.id, 'data-state': item.code ? 'received' : item.state });
  row.append(element('b', item.title), element('br'), element('span', stateOf(item), { role: 'status' }));
  const doors = element('div', '', { class: 'row' });
  if (item.code) doors.append(element('a', say('open'), { class: 'button first', href: `/r/${item.token}/` }));
  else {
    const again = element('button', say('again'), { class: 'button', type: 'button' });
    again.onclick = () => sendAll(true);
    const share = element('a', say('whatsapp'), { class: 'button', href: `https://wa.me/?text=${encodeURIComponent(shareText(item))}`, rel: 'noreferrer' });
    doors.append(...(item.state === 'refused' ? [] : [again]), share);
  }
  if (item.state === 'refused') {
    const away = element('button', say('remove'), { class: 'button danger', type: 'button' });
    away.onclick = () => forget(item.id);
    doors.append(away);
  }
  row.append(doors);
  return row;
}

function receiptLine({ code, number, token, title, lost }) {
  const row = element('li', '', { 'data-receipt-of': code, 'data-state': 'received' });
  row.append(element('b', title), element('br'), element('span', say('received', number), { role: 'status' }));
  if (lost) row.append(element('p', say('photoLost'), { class: 'note warn' }));
  const doors = element('div', '', { class: 'row' });
  doors.append(element('a', say('open'), { class: 'button first', href: `/r/${token}/` }));
  row.append(doors);
  return row;
}

// On the flow's page only what was sent from this page is shown as received; my page shows all receipts.
const fresh = new Set();
let turn = 0;
export const watch = (id) => fresh.add(id);

export async function show() {
  const box = document.querySelector('[data-outbox]');
  if (!box) return;
  const mine = turn += 1;
  const [items, receipts] = await Promise.all([waiting(), all('receipts')]);
  if (mine !== turn) return; // a later look is on its way
  const list = document.querySelector('[data-receipt-list]');
  const sorted = receipts.sort((a, b) => b.at - a.at);
  const rows = items.map(line);
  if (list) list.replaceChildren(...sorted.map(receiptLine));
  else rows.push(...sorted.filter((one) => fresh.has(one.id)).map(receiptLine));
  const frame = element('ul', '', { class: 'outbox' });
  frame.append(...rows);
  box.replaceChildren(frame);
  box.closest('[data-outbox-frame]').hidden = !rows.length;
  if (!items.length) try { localStorage.removeItem('rembug.waiting'); } catch { /* closed store */ }
  document.querySelector('[data-receipts]')?.toggleAttribute('hidden', !receipts.length);
  document.querySelector('[data-nothing]')?.toggleAttribute('hidden', Boolean(items.length || receipts.length));
}
