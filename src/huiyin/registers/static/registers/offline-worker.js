// The one service worker: while the server cannot be reached, the page for work without a network answers in its place.
// It keeps nothing by itself; what is kept, the page puts into the cache, and what is filled in, into the outbox.
const CACHE = "huiyin-offline";
const PAGE = "/registers/offline/";
const PATIENCE = 8000;
const UNREACHED = [502, 503, 504];
const FINGERPRINT = /\.[0-9a-f]{12}\.[a-z.]+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  const cache = await caches.open(CACHE);
  return cache.match(request, { ignoreVary: true });
}

async function instead(url) {
  const page = await kept(PAGE);
  if (!page) return Response.error();
  return url.pathname === PAGE ? page : Response.redirect(PAGE, 302);
}

async function visit(request, url) {
  const waiting = url.pathname === PAGE
    ? new Promise((_, give) => setTimeout(() => give(new Error("slow")), PATIENCE)) : new Promise(() => {});
  try {
    const answer = await Promise.race([fetch(request), waiting]);
    return UNREACHED.includes(answer.status) && (await kept(PAGE)) ? instead(url) : answer;
  } catch {
    return instead(url);
  }
}

async function asset(request, url) {
  const found = await kept(request);
  if (found && FINGERPRINT.test(url.pathname)) return found;
  try {
    return await fetch(request);
  } catch {
    return found ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request, url));
});
