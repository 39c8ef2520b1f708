// Keeps the country pages one has opened, so that they open again without a network. Network first: what is online
// is always what is shown.
const CACHE = 'pays-1';
const LIMIT = 80;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page that starts this worker was loaded before it: it sends the list of what it is made of.
self.addEventListener('message', (event) => {
  const own = event.data.filter((address) => new URL(address).origin === self.location.origin);
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) =>
        Promise.all(
          own.map((address) =>
            fetch(address, { cache: 'force-cache' }).then(
              (response) => response.ok && cache.put(address, response),
            ),
          ),
        ),
      ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request).then(
      (response) => {
        if (response.ok) event.waitUntil(keep(request, response.clone()));
        return response;
      },
      () => caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? Response.error()),
    ),
  );
});

async function keep(request, response) {
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - LIMIT)).map((key) => cache.delete(key)));
}
