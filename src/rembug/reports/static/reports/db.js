// The phone's own store: what waits to be sent, receipts, and the photo of an unfinished report.
const STORES = { outbox: 'id', receipts: 'code', draft: 'id' };
let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open('rembug', 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => { opened = undefined; };
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      done(asked.result);
    };
    asked.onerror = () => { opened = undefined; fail(asked.error); };
  });
  return opened;
}

// Answer only after the transaction is complete: a request's success alone may still be undone by a full disk.
async function run(store, mode, act) {
  const db = await open();
  return new Promise((done, fail) => {
    const transaction = db.transaction(store, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error || new DOMException('aborted', 'AbortError'));
    transaction.onerror = () => fail(transaction.error);
  });
}

export const all = (store) => run(store, 'readonly', (s) => s.getAll());
export const get = (store, key) => run(store, 'readonly', (s) => s.get(key));
export const put = (store, value) => run(store, 'readwrite', (s) => s.put(value));
export const drop = (store, key) => run(store, 'readwrite', (s) => s.delete(key));

// RFC 9562 version 7: 48 bits of milliseconds, then random. A wrong clock only changes the order, never the uniqueness.
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = Date.now();
  for (let i = 5; i >= 0; i -= 1) { bytes[i] = rest % 256; rest = Math.floor(rest / 256); }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
