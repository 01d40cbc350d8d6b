// The last page: what will be public, similar reports, 112 for words of need, the photo.
import { drop, get, put } from './db.js';
import { within } from './outbox.js';
import { element, say } from './says.js';

const ENDINGS = '(?:nya|lah|kah|kan|i|e|ne)?';

export function alarm(section, words, text) {
  const found = words.some((word) => word && new RegExp(`(?:^|[^\\p{L}\\d_])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}${ENDINGS}(?:$|[^\\p{L}\\d_])`, 'iu').test(text));
  section.querySelector('[data-emergency]').hidden = !found;
  return found;
}

export async function check(section, address, values, lines) {
  const box = section.querySelector('[data-preview]');
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== null && typeof value !== 'object') body.set(name, value);
  try {
    const answer = await fetch(address, { method: 'POST', body, signal: within(6000) });
    if (!answer.ok) throw new Error('check');
    box.innerHTML = await answer.text(); // our own server's template; the policy lets no script of it run
  } catch {
    const panel = element('div', '', { class: 'panel', 'data-public': '' });
    panel.append(...lines.filter(Boolean).map((line) => element('p', line)));
    box.replaceChildren(panel, element('p', say('noCheck'), { class: 'note' }));
  }
}

// One photo at a time: keeps the newest choice when a person chooses twice quickly.
let turn = 0;

export async function takePhoto(section, file, shrink) {
  const line = section.querySelector('[data-photo-says]');
  const mine = turn += 1;
  line.hidden = !file;
  if (!file) { await drop('draft', 'photo').catch(() => {}); return null; }
  line.textContent = '…';
  try {
    const blob = await shrink(file);
    if (mine !== turn) return null;
    line.textContent = say('photoReady', Math.ceil(blob.size / 1024));
    await put('draft', { id: 'photo', blob }).catch(() => {}); // a full phone: the photo lives as long as the page
    return blob;
  } catch {
    if (mine === turn) line.textContent = say('photoBad');
    return null;
  }
}

export async function photoOfDraft(section) {
  const kept = await get('draft', 'photo').catch(() => null);
  if (!kept) return null;
  const line = section.querySelector('[data-photo-says]');
  line.textContent = say('photoReady', Math.ceil(kept.blob.size / 1024));
  line.hidden = false;
  return kept.blob;
}
