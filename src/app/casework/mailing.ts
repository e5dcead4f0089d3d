// Word to people that something waits for them: an address and a link, and nothing of any case, for mail is read by many.

import { addMinutes } from '../../kernel/instant.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Called, Mail, MailAddresses, MailPorts } from './mail-ports.ts';

/** After so many failures a call is dropped: the work is on the list all the same. */
const MOST_TRIES = 8;

/** Sends what waits, one mail a person however many things there are. Sent at least once: a mail may come twice. */
export async function deliver(ports: MailPorts): Promise<{ readonly sent: number; readonly failed: number }> {
  const now = ports.now();
  const ended = { sent: 0, failed: 0 };
  for (const person of await ports.outbox.spread(now)) {
    const result = await ports.outbox.take(
      person,
      now,
      (to) => ports.send(mailFor(ports, to)),
      (tries) => (tries >= MOST_TRIES ? null : addMinutes(now, 2 ** tries)),
    );
    if (result !== 'nothing') ended[result]++;
  }
  return ended;
}

/** Sets where somebody gets word of their own work, or takes it back with an empty text; false: that is no address. */
export async function setMailAddress(addresses: MailAddresses, person: PersonId, typed: string): Promise<boolean> {
  const address = typed.trim();
  // A line break in an address would write headers of the attacker's own into a mail.
  if (address !== '' && (address.length > 254 || !/^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/.test(address)))
    return false;
  await addresses.set(person, address === '' ? null : address);
  return true;
}

/** The same words whatever waits. */
export function mailFor({ say, origin }: Pick<MailPorts, 'say' | 'origin'>, { language, address }: Called): Mail {
  const t = say(language);
  return { to: address, subject: t('mail.waits.subject'), text: t('mail.waits.text', { address: `${origin}/work` }) };
}
