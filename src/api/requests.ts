// POST /api/requests and GET /api/requests/{reference}/status: programs of other offices hand requests in, and ask how far they are.
// Attacker: anyone on the network, and a program with somebody's key. Nothing is said to who shows no key; to who shows one,
// what is not theirs and what is not there look alike.

import { z } from '@hono/zod-openapi';
import type { Sender } from '../app/casework/api-intake.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { JSON_TYPE, readBody } from './body.ts';
import { type Api, type ApiPorts, type IntakeApi, json, operation } from './context.ts';
import { clip, problem, unusable } from './problem.ts';
import { acknowledgementShape, progressShape } from './shapes.ts';

/** Of what a sender's own name for a handing in is made: printable ASCII. */
const NAME = /^[\x21-\x7e]{1,255}$/;

/** The answer where no name was given, or none that can be used. */
export const unnamed = (): Response =>
  problem(
    'idempotency-key-missing',
    'send the header Idempotency-Key with a name of your own for this handing in, of 1 to 255 printable characters',
  );

export function requestRoutes(app: Api, ports: ApiPorts, intake: IntakeApi): void {
  operation(app, ports, {
    method: 'post',
    path: '/api/requests',
    id: 'handIn',
    withKey: true,
    headers: z.object({ 'idempotency-key': z.string().regex(NAME) }),
    body: {
      required: true,
      content: {
        [JSON_TYPE]: {
          schema: { $ref: '#/components/schemas/RequestFile' },
          example: JSON.parse(intake.example) as object,
        },
      },
    },
    status: 201,
    answers: acknowledgementShape,
    failures: [401, 413, 415, 422, 429],
    answer: async ({ context }) => {
      const sender = await senderOf(intake, context.req.header('authorization') ?? '');
      if (!sender.ok) return sender.faults[0] as Response;
      const body = await readBody(context);
      if (!body.ok) return body.faults[0] as Response;
      if (body.value.type !== JSON_TYPE)
        return problem('unsupported-media-type', `a request is handed in as ${JSON_TYPE}, one at a time`);
      const repetition = context.req.header('idempotency-key') ?? '';
      const ended = await intake.handIn(sender.value, repetition, body.value.text);
      switch (ended.is) {
        case 'acknowledged': {
          const { reference, at, missing } = ended;
          const status = `/api/requests/${reference}/status`;
          return json(
            {
              reference,
              receivedAt: at,
              acknowledgedAt: at,
              status,
              missing: missing.map(({ pointer, why, weight }) => ({ pointer: `/content${pointer}`, why, weight })),
            },
            { location: status, 'cache-control': 'no-store' },
            201,
          );
        }
        case 'faults':
          return unusable(ended.faults, 'not-received', 'no case was opened');
        case 'another-body':
          return problem(
            'idempotency-key-reused',
            'another request was handed in under this Idempotency-Key; no case was opened',
          );
      }
    },
  });
  operation(app, ports, {
    method: 'get',
    path: '/api/requests/{reference}/status',
    id: 'handedIn',
    withKey: true,
    params: z.object({ reference: z.string() }),
    answers: progressShape,
    failures: [401, 404, 429],
    answer: async ({ params: { reference }, context }) => {
      const sender = await senderOf(intake, context.req.header('authorization') ?? '');
      if (!sender.ok) return sender.faults[0] as Response;
      const progress = await intake.progress(sender.value, reference);
      return progress === undefined
        ? problem('not-found', `no request ${clip(reference)} was handed in by the holder of this key`)
        : json(progress, { 'cache-control': 'no-store' });
    },
  });
}

/** Whose key is shown (RFC 6750), or the problem to answer with. */
async function senderOf(intake: IntakeApi, header: string): Promise<Outcome<Sender, Response>> {
  const shown = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
  const known = await intake.recognise(shown);
  switch (known.is) {
    case 'valid': {
      const { id, office, state } = known.key;
      return accept({ key: id, office, state });
    }
    case 'too-often':
      return refuse(
        problem('too-often', `go on in ${known.seconds} seconds`, {
          headers: { 'retry-after': String(known.seconds) },
        }),
      );
    case 'expired':
    case 'unknown':
      return refuse(
        problem(
          'key-needed',
          known.is === 'expired'
            ? 'the key has expired; this office can make another'
            : 'show a key that this office made for you: Authorization: Bearer rogatory-intake-...',
          { headers: { 'www-authenticate': 'Bearer realm="rogatory"' } },
        ),
      );
  }
}
