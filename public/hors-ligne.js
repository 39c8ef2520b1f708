// Opens again without a network the pages that asked for it (src/components/layout/KeepOffline.astro). Network first:
// what is online is always what is shown. The other pages of its scope leave no trace here: on a phone that somebody
// else may open, what was read about passports or violence must not open again by itself.
const CACHE = 'pages-2';
const LIMIT = 80;
const PARTS = ['style', 'script', 'image', 'font'];

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// A page sends its address and the list of what it is made of.
self.addEventListener('message', (event) => {
  const own = event.data.filter((address) => new URL(address).origin === self.location.origin);
  event.waitUntil(
    Promise.all(
      own.map((address) =>
        fetch(address, { cache: 'force-cache' }).then((response) => keep(address, response)),
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
        event.waitUntil(refresh(request, response.clone()));
        return response;
      },
      () => caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? Response.error()),
    ),
  );
});

async function refresh(request, response) {
  const known = PARTS.includes(request.destination) || (await caches.match(request));
  if (known) await keep(request, response);
}

async function keep(request, response) {
  // A part of a recording (206) can't be kept.
  if (response.status !== 200) return;
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - LIMIT)).map((key) => cache.delete(key)));
}
