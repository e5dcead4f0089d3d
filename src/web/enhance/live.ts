// Says that what a page shows has changed in the meantime, and how far something is that goes on. It moves nothing and reloads nothing:
// the reader decides.

const place = document.querySelector<HTMLElement>('[data-events]');
/** How far it is, from 0 to 1, with the words before it. */
const bar = document.querySelector<HTMLProgressElement>('progress[data-live]');
type Progress = { readonly share: number; readonly says: string };
let stream: EventSource | undefined;

/** Listens only while the page is looked at: a browser has few connections to a host, and a forgotten page needs none. */
function follow(): void {
  if (document.visibilityState === 'hidden') stop();
  else if (place !== null && stream === undefined && place.childElementCount === 1) listen(place);
}

function listen(place: HTMLElement): void {
  stream = new EventSource(place.dataset['events'] ?? '');
  stream.addEventListener('changed', () => tell(place));
  stream.addEventListener('progress', ({ data }) => show(JSON.parse(data) as Progress));
  // Trying again by itself would keep a session awake that nobody uses any more. Whoever waits for something is told to look.
  stream.addEventListener('error', bar === null ? stop : () => tell(place));
}

function tell(place: HTMLElement): void {
  stop();
  const words = place.querySelector('template');
  if (words !== null) place.append(words.content.cloneNode(true));
}

function show({ share, says }: Progress): void {
  if (bar === null) return;
  bar.value = share;
  if (bar.previousElementSibling !== null) bar.previousElementSibling.textContent = says;
}

function stop(): void {
  stream?.close();
  stream = undefined;
}

document.addEventListener('visibilitychange', follow);
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', follow);
