// Mail over the operator's own server (RFC 5321), as a setting names it: `smtps://name:password@mail.example:465`.

import { createTransport } from 'nodemailer';
import type { Mail } from '../../app/casework/mail-ports.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

export type Mailer = { readonly send: (mail: Mail) => Promise<void>; readonly close: () => void };

/** How long a server may keep us waiting: a connection that hangs would keep a row locked. */
const PATIENCE = 20_000;

/** Opens the way to a server; nothing is sent yet. A server that cannot encrypt is used on the loopback alone. */
export function smtpMailer(url: string, from: string): Outcome<Mailer> {
  const wrong = (detail: string) => refuse({ pointer: 'ROGATORY_SMTP_URL', detail });
  const found = URL.canParse(url) ? new URL(url) : undefined;
  if (found === undefined || !/^smtps?:$/.test(found.protocol) || found.hostname === '')
    return wrong('must be the address of a mail server, like smtps://name:password@mail.example:465');
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from))
    return refuse({ pointer: 'ROGATORY_MAIL_FROM', detail: 'must be the e-mail address that mail comes from' });
  const secure = found.protocol === 'smtps:';
  const near = ['localhost', '127.0.0.1', '[::1]'].includes(found.hostname);
  const transport = createTransport({
    host: found.hostname.replace(/^\[|\]$/g, ''),
    port: Number(found.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !near,
    ...(found.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(found.username), pass: decodeURIComponent(found.password) } }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // What is sent is text of ours: nothing is read from disk or fetched because of it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return accept({
    send: async ({ to, subject, text }) => {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  });
}
