// What may be done about the form of a request, and to whose request.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '../../kernel/instant.ts';
import { acknowledge, amend, link, send, sendBack, supplement, withdraw } from './decide.ts';
import { evolve } from './evolve.ts';
import { initial, type RequestEvent, type RequestState } from './request.ts';

const AT = '2028-03-01T09:00:00.000Z' as Instant;
const after = (state: RequestState, ...events: readonly RequestEvent[]): RequestState =>
  events.reduce((so, event) => evolve(so, event, AT), state);
const incoming = after(initial, { type: 'request.received', channel: 'letter', content: {}, documents: [] });
const own = after(initial, { type: 'request.drafted', content: {} });

type Decided = ReturnType<typeof acknowledge>;
const codes = (decided: Decided): readonly string[] => (decided.ok ? [] : decided.faults.map(({ code }) => code));
const events = (decided: Decided): readonly RequestEvent[] => (decided.ok ? decided.value : []);

test('what another State sent is acknowledged, returned and supplemented; what we wrote ourselves is sent', () => {
  assert.deepEqual(codes(send(incoming)), ['requests.not-ours']);
  for (const decided of [acknowledge(own), sendBack(own, ['missing /purpose'], ''), supplement(own, {}, [])])
    assert.deepEqual(codes(decided), ['requests.not-incoming']);
  for (const decided of [
    acknowledge(incoming),
    sendBack(incoming, ['missing /purpose'], ''),
    supplement(incoming, {}, []),
    send(own),
  ])
    assert.equal(events(decided).length, 1);
});

test('a second acknowledgement says nothing new', () => {
  assert.deepEqual(events(acknowledge(after(incoming, ...events(acknowledge(incoming))))), []);
});

test('a change made from older words than the case has now is refused', () => {
  const changed = after(incoming, { type: 'request.supplemented', content: {}, documents: [] });
  assert.deepEqual(codes(amend(changed, {}, 'A slip.', 1)), ['requests.content-changed']);
  assert.deepEqual(codes(supplement(changed, {}, [], 1)), ['requests.content-changed']);
  assert.equal(events(amend(changed, {}, 'A slip.', 2)).length, 1);
});

test('a request is tied to another one once in each way, and never to itself', () => {
  const tied = link(own, 'BB-2028-000002', 'related', 'BB-2028-000001');
  assert.equal(events(tied).length, 1);
  assert.deepEqual(events(link(after(own, ...events(tied)), 'BB-2028-000002', 'related')), []);
  assert.deepEqual(codes(link(own, 'BB-2028-000001', 'duplicate', 'BB-2028-000001')), ['requests.link-itself']);
});

test('nothing more is done about a request that was withdrawn', () => {
  const gone = after(incoming, ...events(withdraw(incoming, 'They found the account themselves.')));
  for (const decided of [
    acknowledge(gone),
    sendBack(gone, [], 'x'),
    supplement(gone, {}, []),
    amend(gone, {}, 'x'),
    withdraw(gone, 'x'),
  ])
    assert.deepEqual(codes(decided), ['requests.withdrawn']);
});
