// Makes `/verify` work: a file that is chosen is read and checked here, in the browser, and this node's log is fetched as anybody would.

import {
  parsePolicy,
  type Said,
  Unusable,
  type Verdict,
  verifyCase,
  verifyEvidence,
  verifyLog,
  verifyReceipt,
  verifyReport,
} from '../../../verify/verify.ts';

const byId = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;
const words = new Map(
  [...byId<HTMLTemplateElement>('verify-words').content.querySelectorAll<HTMLElement>('[data-key]')].map((one) => [
    one.dataset['key'] ?? '',
    one.textContent ?? '',
  ]),
);
const inWords = ({ key, facts }: Said): string =>
  (words.get(key) ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));

const chosen = (id: string): File | undefined => byId<HTMLInputElement>(id).files?.[0];
const policy = async () => {
  const file = chosen('verify-policy');
  return file === undefined ? undefined : parsePolicy(await file.text());
};

/** What a file is can be seen from how it begins. */
async function checkFile(file: File): Promise<Verdict> {
  const start = await file.slice(0, 64).text();
  const trusted = await policy();
  if (start.startsWith('c2sp.org/tlog-proof')) return verifyReceipt(await file.text(), trusted);
  // Members of a report stand in their order, however it is set out; no other file begins with this one.
  if (/^\s*\{\s*"commitment"\s*:/.test(start)) return verifyReport(await bytesOf(file), trusted);
  // The archive of an export is named by its case alone, that of a package by its number as well.
  const isPackage = start.startsWith('age-encryption') || /^[^/]*-\d+-\d+-\d+\//.test(start);
  return isPackage ? verifyEvidence(piecesOf(file), trusted) : verifyCase(await bytesOf(file), trusted);
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** A package may be larger than the memory of a browser. */
async function* piecesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function checkLog(): Promise<Verdict> {
  const bar = byId<HTMLProgressElement>('verify-progress');
  const fetched = async (path: string): Promise<Uint8Array | undefined> => {
    const answer = await fetch(`/log/${path}`, { credentials: 'omit' });
    if (answer.status === 404 || answer.status === 410) return undefined;
    if (!answer.ok) throw new Unusable(`/log/${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  return verifyLog(fetched, await policy(), await chosen('verify-since')?.text(), (done, of) => {
    bar.max = of;
    bar.value = done;
  });
}

async function run(name: string, work: () => Promise<Verdict>): Promise<void> {
  const [result, heading, bar] = [byId('verify-result'), byId('verify-answer'), byId('verify-progress')];
  const say = (key: string): void => {
    heading.textContent = words.get(key) ?? '';
    byId('verify-status').textContent = heading.textContent;
  };
  for (const part of ['wrong', 'shown', 'open']) byId(`verify-${part}`).hidden = true;
  byId('verify-of').textContent = name;
  result.dataset['answer'] = 'reading';
  result.hidden = false;
  bar.hidden = false;
  say('reading');
  try {
    const verdict = await work();
    const answer = verdict.proven ? 'proven' : 'notProven';
    result.dataset['answer'] = answer;
    say(answer);
    for (const part of ['wrong', 'shown', 'open'] as const) list(part, verdict[part].map(inWords));
  } catch (error) {
    result.dataset['answer'] = 'unusable';
    say('unusable');
    list('wrong', [error instanceof Error ? error.message : String(error)]);
  }
  bar.hidden = true;
  result.focus();
}

function list(part: 'wrong' | 'shown' | 'open', sentences: readonly string[]): void {
  const box = byId(`verify-${part}`);
  box.hidden = sentences.length === 0;
  box.querySelector('ul')?.replaceChildren(
    ...sentences.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
}

byId('verify-file').addEventListener('change', () => {
  const file = chosen('verify-file');
  if (file !== undefined) void run(file.name, () => checkFile(file));
});
byId('verify-log').addEventListener('click', () => void run(`${location.origin}/log`, checkLog));
byId('verify').hidden = false;
