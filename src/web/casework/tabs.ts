// The parts of a case and their addresses.

/** The tabs of a case, in the order of its life; each is a plain link. */
export const TABS = [
  'request',
  'assessment',
  'decision',
  'execution',
  'evidence',
  'secrecy',
  'letters',
  'timeline',
  'people',
] as const;
export type Tab = (typeof TABS)[number];

export const casePath = (reference: string, tab: Tab | '' = ''): string =>
  `/requests/${reference}${tab === '' || tab === 'request' ? '' : `/${tab}`}`;
