// While somebody fills in a form: what is missing is worked out anew beside it. Nothing is saved by this; the buttons do that.

/** After so long without a key: shorter would ask at every word. */
const QUIET_MS = 700;

function begin(): void {
  const form = document.getElementById('form');
  if (!(form instanceof HTMLFormElement) || form.dataset['progress'] === undefined) return;
  const address = form.dataset['progress'];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const ask = async (): Promise<void> => {
    const mine = ++asked;
    const answer = await fetch(address, { method: 'POST', body: new FormData(form) }).catch(() => undefined);
    // A later question has been asked since, or there is nobody to answer: what stands there is left alone.
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('progress');
    const shown = document.getElementById('progress');
    if (fresh && shown && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), QUIET_MS);
  });
}

begin();
