// A node with people for tests: the pages over an office on a real database, in this process, and a browser's way of asking them.

import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { loadLaw } from '../../src/adapters/files/law-store.ts';
import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import type { IdentityProvider, PeopleSettings } from '../../src/app/people/ports.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { dayOf } from '../../src/kernel/instant.ts';
import { DEFAULT_POLICY } from '../../src/law/profile.ts';
import { webApp } from '../../src/web/app.ts';
import { openAssets } from '../../src/web/assets.ts';
import { PAGE_LANGUAGES } from '../../src/web/messages.ts';
import { addressOf } from '../../src/web/people/address.ts';
import { peopleRoutes } from '../../src/web/people/routes.ts';
import { type AccessPorts, sessions } from '../../src/web/session.ts';
import { openOffice } from './office.ts';

export type Node = Awaited<ReturnType<typeof openNode>>;

export const CATALOGUES = loadCatalogues(PAGE_LANGUAGES);

/** `onClock`: the time of the machine, as a browser with a real clock needs it; else the office's own, moved by hand. */
export async function openNode(
  options: { settings?: Partial<PeopleSettings>; provider?: IdentityProvider; origin?: string; onClock?: boolean } = {},
) {
  const clock = options.onClock ? () => new Date().toISOString() as Instant : undefined;
  const office = await openOffice(options.settings, clock);
  const people = office.ports;
  const loaded = await loadLaw();
  if (!loaded.ok) throw new Error('no law');
  const { rules, hash, register } = loaded.value;
  const access: AccessPorts = {
    people,
    addressOf: addressOf(false),
    ...(options.origin !== undefined && { origin: options.origin }),
    ...(options.provider && { provider: options.provider }),
  };
  const defects: unknown[] = [];
  const app = webApp({
    book: openLawBook(rules, hash, register),
    policy: DEFAULT_POLICY,
    catalogues: CATALOGUES,
    assets: openAssets(['check', 'passkey']),
    today: () => dayOf(people.now()),
    log: { error: ({ err }) => void defects.push(err) },
    newId: () => 'id-of-test',
    sessions: sessions(access),
  });
  app.route('/', peopleRoutes(access));
  return {
    ...office,
    access,
    app,
    defects,
    /** Serves it on a port of its own, as `localhost`, where passkeys work. */
    listen: () =>
      new Promise<{ address: string; stop: () => Promise<void> }>((resolve) => {
        const server = serve({ fetch: app.fetch, port: 0, hostname: 'localhost' }, (info: AddressInfo) =>
          resolve({
            address: `http://localhost:${info.port}`,
            stop: async () => {
              server.close();
              if ('closeAllConnections' in server) server.closeAllConnections();
            },
          }),
        );
      }),
  };
}
