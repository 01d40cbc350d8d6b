// My page: the outbox and the receipts of this phone.
import { begin } from './waiting.js';

begin();
navigator.serviceWorker?.register('/sw.js', { type: 'module' }).catch(() => {});
