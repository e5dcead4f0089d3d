// Every engine and way of using it that is measured, each imported only when its turn comes.

import type { Judge, Prepare, Style } from './peer.ts';
import type { Work } from './work.ts';

export type Contender = {
  readonly id: string;
  readonly name: string;
  readonly ours: boolean;
  readonly style: Style | 'native';
  /** What it says besides the outcome. */
  readonly explains: string;
  readonly prepare: (work: Work) => Promise<Judge>;
};

const peer = (
  id: string,
  name: string,
  style: Style | 'native',
  explains: string,
  load: () => Promise<Prepare>,
): Contender => ({
  id,
  name,
  ours: false,
  style,
  explains,
  prepare: async (work) => (await load())(work.rules, style === 'native' ? 'plain' : style),
});

const styles = (id: string, name: string, explains: string, load: () => Promise<Prepare>): Contender[] =>
  (['plain', 'careful'] as const).map((style) => peer(`${id}-${style}`, name, style, explains, load));

const ours = (id: string, name: string, explains: string, prepare: Contender['prepare']): Contender => ({
  id,
  name,
  ours: true,
  style: 'native',
  explains,
  prepare,
});

const ALL_REASONS = 'each provision: citation, relied, missing, decidedBy';

export const CONTENDERS: readonly Contender[] = [
  ours('explained', 'Rogatory, explained', ALL_REASONS, async ({ law }) =>
    (await import('./peers/rogatory.ts')).explained(law),
  ),
  ours('assessed', 'Rogatory, full assessment', `${ALL_REASONS}; next questions ranked`, async ({ law }) =>
    (await import('./peers/rogatory.ts')).assessed(law),
  ),
  ours('outcomes', 'Rogatory, outcome only', 'nothing', async ({ law }) =>
    (await import('./peers/rogatory.ts')).outcomes(law, false),
  ),
  ours('resident', 'Rogatory, outcome only, kept as bits', 'nothing', async ({ law }) =>
    (await import('./peers/rogatory.ts')).outcomes(law, true),
  ),
  ...styles(
    'hand-written',
    'hand-written TypeScript',
    'nothing',
    async () => (await import('./peers/hand-written.ts')).prepare,
  ),
  ...styles(
    'json-logic-engine',
    'json-logic-engine 5.0.7',
    'nothing',
    async () => (await import('./peers/json-logic-engine.ts')).prepare,
  ),
  ...styles(
    'json-rules-engine',
    'json-rules-engine 7.3.1',
    'value of each condition',
    async () => (await import('./peers/json-rules-engine.ts')).prepare,
  ),
  ...styles('zen', 'zen-engine 0.54.0', 'nothing', async () => (await import('./peers/zen.ts')).prepare),
  ...styles(
    'zen-trace',
    'zen-engine 0.54.0 with trace',
    'value of each rule',
    async () => (await import('./peers/zen.ts')).prepareWithTrace,
  ),
  ...styles('cedar', 'cedar-wasm 4.13.0', 'ids of policies', async () => (await import('./peers/cedar.ts')).prepare),
  peer(
    'cedar-partial',
    'cedar-wasm 4.13.0 partial',
    'native',
    'what is left of each policy',
    async () => (await import('./peers/cedar.ts')).preparePartial,
  ),
  ...styles(
    'feelin',
    'feelin 8.2.0',
    'warnings: names not found',
    async () => (await import('./peers/feelin.ts')).prepare,
  ),
  peer(
    'publicodes',
    'publicodes 1.10.3',
    'native',
    'missing names, syntax tree',
    async () => (await import('./peers/publicodes.ts')).prepare,
  ),
];
