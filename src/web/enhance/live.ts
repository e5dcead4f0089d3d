// Says that what a page shows has changed in the meantime. It moves nothing and reloads nothing: the reader decides.

const place = document.querySelector<HTMLElement>('[data-events]');
let stream: EventSource | undefined;

/** Listens only while the page is looked at: a browser has few connections to a host, and a forgotten page needs none. */
function follow(): void {
  if (document.visibilityState === 'hidden') stop();
  else if (place !== null && stream === undefined && place.childElementCount === 1) listen(place);
}

function listen(place: HTMLElement): void {
  stream = new EventSource(place.dataset['events'] ?? '');
  stream.addEventListener('changed', () => {
    stop();
    const words = place.querySelector('template');
    if (words !== null) place.append(words.content.cloneNode(true));
  });
  // Trying again by itself would keep a session awake that nobody uses any more.
  stream.addEventListener('error', stop);
}

function stop(): void {
  stream?.close();
  stream = undefined;
}

document.addEventListener('visibilitychange', follow);
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', follow);
