// Passkeys in the browser: fills the hidden fields of a form with what the device made or signed, and sends the form.
// Where the browser knows no passkeys, what needs them stays hidden and the same pages work by password and code.

type Begun = { readonly options: object; readonly token?: string };

const supported = (): boolean =>
  'PublicKeyCredential' in window && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

/** Asks the server for a challenge; `fields` go along as a form does. */
async function begin(address: string, fields: Record<string, string>): Promise<Begun> {
  const response = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Begun;
}

/** A new passkey for this site, as JSON. */
async function make(options: object): Promise<string> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return JSON.stringify(made.toJSON());
}

/** What a passkey of this site signs over the challenge, as JSON. */
async function sign(options: object): Promise<string> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  const signed = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  return JSON.stringify(signed.toJSON());
}

const field = (form: HTMLFormElement, name: string): HTMLInputElement | null =>
  form.querySelector(`input[name="${name}"]`);
const valueOf = (form: HTMLFormElement, name: string): string => field(form, name)?.value ?? '';
function fill(form: HTMLFormElement, name: string, value: string): void {
  const input = field(form, name);
  if (input) input.value = value;
}

/** What each kind of button does with its form before the form is sent. */
const WORK: { readonly [kind: string]: (form: HTMLFormElement, value: string) => Promise<void> } = {
  passkeyEnter: async (form, address) => {
    const { options, token = '' } = await begin(address, {});
    fill(form, 'assertion', await sign(options));
    fill(form, 'token', token);
  },
  passkeyMake: async (form, address) => {
    const known = { name: valueOf(form, 'name'), loginName: valueOf(form, 'loginName'), csrf: valueOf(form, 'csrf') };
    const { options } = await begin(address, known);
    fill(form, 'passkey', await make(options));
  },
  passkeySign: async (form, hash) => {
    const { options } = await begin('/step-up/challenge', { hash, csrf: valueOf(form, 'csrf') });
    fill(form, 'assertion', await sign(options));
  },
};

async function press(button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  const kind = Object.keys(WORK).find((name) => button.dataset[name] !== undefined);
  if (!form || kind === undefined || button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  form.querySelector('.passkey-failed')?.remove();
  try {
    // A form that makes a passkey under a proof needs both: the new key first, then the old one over the act.
    const also = form.dataset['passkeyFirst'];
    if (also !== undefined && valueOf(form, 'passkey') === '') await WORK['passkeyMake']?.(form, also);
    await WORK[kind]?.(form, button.dataset[kind] ?? '');
    form.submit();
  } catch {
    // Turned away, timed out, or no key for this site: the person is told, and may try again or use the other way.
    const said = document.createElement('p');
    said.className = 'field-error passkey-failed';
    said.setAttribute('role', 'alert');
    said.textContent = button.dataset['failed'] ?? '';
    button.after(said);
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

if (supported()) {
  for (const part of document.querySelectorAll('[data-passkey]')) part.removeAttribute('hidden');
  for (const part of document.querySelectorAll('[data-without-passkey]')) part.setAttribute('hidden', '');
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button');
    if (button) void press(button);
  });
  // Sent by password and code, a form that makes a passkey still has to make it first.
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey-first]'))
    form.addEventListener('submit', (event) => {
      if (valueOf(form, 'passkey') !== '') return;
      event.preventDefault();
      void WORK['passkeyMake']?.(form, form.dataset['passkeyFirst'] ?? '').then(
        () => form.submit(),
        () => undefined,
      );
    });
}
