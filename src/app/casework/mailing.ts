// Word to people that something waits for them: an address and a link, and nothing of any case, for mail is read by many.

import { addMinutes } from '../../kernel/instant.ts';
import type { Called, Mail, MailPorts } from './mail-ports.ts';

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

/** The same words whatever waits. */
export function mailFor({ say, origin }: Pick<MailPorts, 'say' | 'origin'>, { language, address }: Called): Mail {
  const t = say(language);
  return { to: address, subject: t('mail.waits.subject'), text: t('mail.waits.text', { address: `${origin}/work` }) };
}
