// A receipt that was opened on this phone is kept on this phone; what still waits is sent.
import { get, put } from './db.js';
import { begin } from './waiting.js';

const page = document.querySelector('[data-receipt]');
if (page) {
  const { receipt: code, number, title } = page.dataset;
  const token = location.pathname.split('/')[2];
  try {
    if (!(await get('receipts', code))) await put('receipts', { code, number, token, title, at: Date.now() });
  } catch {
    // A full or closed store: the page itself still works.
  }
}
begin();
