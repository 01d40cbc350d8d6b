{% load static %}// The service worker: pages from the network first, files from the phone first, the outbox in the background.
import { drain } from '{% static "reports/outbox.js" %}';

const SHELL = 'rembug-shell-{{ version }}';
const PAGES = 'rembug-pages';
const LESSONS = 'rembug-lessons'; // whoever opens the list has them all, for a village without network
const KEEP_PAGES = 24;
const shellPages = [{% for page in pages %}'{{ page }}', {% endfor %}];
const shellFiles = [{% for file in files %}'{{ file }}', {% endfor %}];
// Only what everybody may read is kept. Receipts, sign-in, staff pages and data are never on this list.
const LESSON = /^\/belajar\/(?!kelas\/)/;
const PUBLIC = /^\/($|peta\/|kejadian\/|laporan\/|wilayah\/|kalibrasi\/|rob\/|tentang\/|data\/$)/;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(shellFiles);
    await cache.addAll(shellPages.map((page) => new Request(page, { cache: 'reload' })));
    // What waits is in IndexedDB, out of reach of any version; pages come from the network: a new worker may start at once.
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('rembug-') && ![SHELL, PAGES, LESSONS].includes(name));
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(drain({ now: true }).then((next) => {
    if (next !== null) throw new Error('not all sent'); // the browser tries again later
  }));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request, address));
  else if (address.pathname.startsWith('/static/') || address.pathname === '/lapor/peta.svg') event.respondWith(file(request));
});

async function page(request, address) {
  try {
    const answer = await fetch(request);
    await remember(request, address, answer).catch(() => {}); // a full store must not hide the page
    return answer;
  } catch {
    const shell = await caches.open(SHELL);
    return (await shell.match(request, { ignoreSearch: true, ignoreVary: true }))
      || (await (await caches.open(PAGES)).match(request, { ignoreVary: true }))
      || (await (await caches.open(LESSONS)).match(request, { ignoreSearch: true, ignoreVary: true }))
      || shell.match('/luring/');
  }
}

async function remember(request, address, answer) {
  if (!answer.ok || answer.redirected || /no-store/.test(answer.headers.get('Cache-Control') || '')) return;
  if (shellPages.includes(address.pathname) && !address.search) {
    await (await caches.open(SHELL)).put(request, answer.clone());
  } else if (LESSON.test(address.pathname)) {
    await learn(request, address, answer.clone());
  } else if (PUBLIC.test(address.pathname)) {
    const cache = await caches.open(PAGES);
    await cache.put(request, answer.clone());
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, Math.max(kept.length - KEEP_PAGES, 0)).map((one) => cache.delete(one)));
  }
}

async function learn(request, address, answer) {
  const cache = await caches.open(LESSONS);
  await cache.put(request, answer.clone());
  if (address.pathname !== '/belajar/') return;
  const links = new Set([...(await answer.text()).matchAll(/href="(\/belajar\/[a-z0-9-]+\/)"/g)].map((found) => found[1]));
  for (const link of [...links].filter((one) => LESSON.test(one)).slice(0, KEEP_PAGES)) {
    const page = await fetch(link).catch(() => null);
    if (page && page.ok && !page.redirected) await cache.put(link, page);
  }
}

async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  // A name with a hash never changes its content; the pictures of the map are small and public.
  if (answer.ok && /\.[0-9a-f]{12}\.|peta\.svg/.test(request.url)) {
    await (await caches.open(PAGES)).put(request, answer.clone()).catch(() => {});
  }
  return answer;
}
