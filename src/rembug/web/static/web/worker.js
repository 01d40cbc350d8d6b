// Lets the page be read again without network.
addEventListener('load', () => navigator.serviceWorker?.register('/sw.js', { type: 'module' }).catch(() => {}));
