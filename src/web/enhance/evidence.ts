// Sends a file of any size in parts before its form is sent: with progress, each part with its hash, and on after a break.

type Upload = { readonly id: string; readonly partSize: number; readonly size: number; at: number };

/** Tries of one part before somebody is told; the last waits half a minute. */
const TRIES = 6;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function begin(): void {
  // Hashes need a secure page; on any other the form goes as it is.
  if (!globalThis.crypto?.subtle) return;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]'))
    form.addEventListener('submit', (event) => {
      const input = form.querySelector<HTMLInputElement>('input[type=file]');
      const file = input?.files?.[0];
      if (!input || !file || file.size === 0) return;
      event.preventDefault();
      void send(form, input, file);
    });
}

async function send(form: HTMLFormElement, input: HTMLInputElement, file: File): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (button) button.disabled = true;
  const bar = document.createElement('progress');
  bar.max = file.size;
  bar.setAttribute('aria-label', file.name);
  input.after(bar);
  const address = form.dataset['upload'] ?? '';
  const csrf = form.querySelector<HTMLInputElement>('input[name=csrf]')?.value ?? '';
  try {
    const upload = await uploadOf(address, csrf, file);
    while (upload.at < file.size) {
      bar.value = upload.at;
      await sendPart(`${address}/${upload.id}`, csrf, file, upload);
    }
    bar.value = file.size;
    // It comes in place of one that arrived before.
    form.querySelector('[data-arrived]')?.remove();
    const arrived = { upload: upload.id, fileName: file.name, fileType: file.type, fileSize: String(file.size) };
    for (const [name, value] of Object.entries(arrived))
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    input.disabled = true;
    form.submit();
  } catch {
    // What came is kept; the same file chosen again goes on from there.
    const word = form.querySelector('.upload-failed') ?? document.createElement('p');
    word.className = 'ds-validation-message upload-failed';
    word.setAttribute('role', 'alert');
    word.textContent = form.dataset['failed'] ?? '';
    bar.replaceWith(word);
    if (button) button.disabled = false;
    input.focus();
  }
}

/** An upload that was begun for this file before, or a new one. */
async function uploadOf(address: string, csrf: string, file: File): Promise<Upload> {
  const known = sessionStorage.getItem(keyOf(address, file));
  if (known) {
    const found = await fetch(`${address}/${known}`);
    if (found.ok) return (await found.json()) as Upload;
  }
  const begun = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': csrf },
    body: JSON.stringify({ size: file.size }),
  });
  if (!begun.ok) throw new Error(String(begun.status));
  const upload = (await begun.json()) as Upload;
  sessionStorage.setItem(keyOf(address, file), upload.id);
  return upload;
}

async function sendPart(address: string, csrf: string, file: File, upload: Upload): Promise<void> {
  const part = await file.slice(upload.at, upload.at + upload.partSize).arrayBuffer();
  const digest = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', part))));
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(address, {
      method: 'PUT',
      headers: {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${upload.at}-${upload.at + part.byteLength - 1}/${file.size}`,
        'content-digest': `sha-256=:${digest}:`,
        'x-csrf': csrf,
      },
      body: part,
    }).catch(() => undefined);
    const said = answer && ((await answer.json().catch(() => undefined)) as { is?: string; at?: number } | undefined);
    // Taken, or the server knows of more than we do: on from where it says.
    if ((said?.is === 'taken' || said?.is === 'out-of-order') && typeof said.at === 'number') {
      upload.at = said.at;
      return;
    }
    if (attempt === TRIES || (answer && answer.status !== 422 && answer.status < 500))
      throw new Error(said?.is ?? 'lost');
    await wait(1_000 * 2 ** (attempt - 1));
  }
}

/** The same file of the same form, as far as a browser can tell. */
const keyOf = (address: string, file: File): string =>
  `upload ${address} ${file.name} ${file.size} ${file.lastModified}`;

begin();
