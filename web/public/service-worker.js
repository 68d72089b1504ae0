// Keeps the page's own files, so that it opens at once, and tells kindly when the studio is not there.
// What the server answers (everything below /api and /s) is never kept.

const CACHE = 'phonoscope-shell-1';
const SHELL = ['/', '/icon.svg', '/manifest.webmanifest'];
const MOST_KEPT = 80;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const others = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith('phonoscope-') && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(others());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  // The name of each of these changes with what is in it.
  if (pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(request));
  else if (pathname === '/' || SHELL.includes(pathname)) event.respondWith(fromServerFirst(request, pathname));
});

async function fromCacheFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    await forgetOldest(cache);
  }
  return answer;
}

async function fromServerFirst(request, pathname) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(pathname, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(pathname);
    if (kept) return kept;
    throw error;
  }
}

async function forgetOldest(cache) {
  const old = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
  await Promise.all(old.slice(0, Math.max(0, old.length - MOST_KEPT)).map((request) => cache.delete(request)));
}
