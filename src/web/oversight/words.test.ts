// Whatever the pages of oversight make a key of has its words, and no words are left over.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translatedMessages } from '../../adapters/files/message-store.ts';
import { STANDING } from '../../app/oversight/book-ports.ts';
import { STEP_FAULTS } from '../../app/oversight/prove.ts';
import { FIGURES } from '../../app/oversight/report.ts';
import { REFUSALS } from '../../domain/oversight/decide.ts';
import { RISKS, SAMPLE_KINDS } from '../../domain/oversight/drawing.ts';
import { ADDRESSEES, STANCES } from '../../domain/oversight/finding.ts';

const english = translatedMessages('en');
const code = ['src/web/oversight/*.ts', 'src/web/{components,office}/*.ts']
  .flatMap((pattern) => globSync(pattern))
  .filter((file) => !file.includes('.test.'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test('every refusal, risk, list, figure and fault is said in words', () => {
  const wanted = [
    ...REFUSALS.map((one) => `refusal.${one}`),
    ...RISKS.map((one) => `risk.${one}`),
    ...SAMPLE_KINDS.flatMap((one) => [`kind.${one}`, `kind.${one}.about`]),
    ...STANDING.flatMap((one) => [`list.${one}`, `list.${one}.about`, `list.${one}.how`, `list.${one}.none`]),
    ...FIGURES.map((one) => `figure.${one}`),
    ...STEP_FAULTS.map((one) => `fault.${one}`),
    ...ADDRESSEES.flatMap((one) => [`to.${one}`, `to.${one}.about`]),
    ...STANCES.map((one) => `stance.${one}`),
  ];
  for (const key of wanted) assert.ok(english[`oversight.${key}`] !== undefined, key);
});

test('no words of oversight are left over', () => {
  /** Keys as the code writes them, whole or up to the part that it puts in. */
  const written = [...code.matchAll(/oversight\.([A-Za-z.-]*(?:\$\{[^}]*\}[A-Za-z.-]*)*)/g)].map(([, key = '']) =>
    key.replaceAll(/[.]/g, '\\.').replaceAll(/\$\{[^}]*\}/g, '[A-Za-z-]+'),
  );
  const known = new RegExp(
    `^oversight\\.(?:${[...new Set(written)].filter((one) => one !== '').join('|')}|claim\\..+|step\\..+|fixed\\..+)$`,
  );
  const left = Object.keys(english).filter((key) => key.startsWith('oversight.') && !known.test(key));
  assert.deepEqual(left, []);
});
