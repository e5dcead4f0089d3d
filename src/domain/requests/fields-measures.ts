// The measures a request can ask for, and the families of them that the form treats alike.

/** As in law/measures.yaml; a test holds the two together. */
export const MEASURES = [
  'preservation',
  'traffic-path',
  'subscriber-data',
  'traffic-data',
  'content-data',
  'realtime-traffic',
  'interception',
  'emergency-disclosure',
  'spontaneous-information',
  'police-cooperation',
  'joint-investigation',
  'extradition',
  'transfer-of-person',
  'transfer-of-proceedings',
  'witness-hearing',
  'service-of-documents',
  'confiscation',
  'asset-return',
] as const;
export type Measure = (typeof MEASURES)[number];

export const isMeasure = (text: unknown): text is Measure => (MEASURES as readonly unknown[]).includes(text);

/** Measured against a live stream of data, not against what is stored. */
export const LIVE: readonly Measure[] = ['realtime-traffic', 'interception'];
/** What people said to one another comes into view. */
export const REVEALING: readonly Measure[] = ['content-data', 'interception'];
/** Deep enough that most laws want a judge: traffic and content, stored or live. */
export const DEEP: readonly Measure[] = ['traffic-data', 'content-data', ...LIVE];
/** Data are named, account by account and category by category. */
export const DATA: readonly Measure[] = [
  'preservation',
  'traffic-path',
  'subscriber-data',
  ...DEEP,
  'emergency-disclosure',
];
/** Held now, asked for later. */
export const HOLDS: readonly Measure[] = ['preservation', 'traffic-path'];
/** Offered by the one State, not asked for by the other. */
export const OFFERED: readonly Measure[] = ['spontaneous-information'];
/** The general lanes of mutual legal assistance. */
export const GENERAL: readonly Measure[] = MEASURES.filter(
  (measure) => !DATA.includes(measure) && !OFFERED.includes(measure),
);
/** Everything that one State asks of another. */
export const ASKED: readonly Measure[] = MEASURES.filter((measure) => !OFFERED.includes(measure));
/** A person is sought, moved, heard or served, so the request must say who. */
export const OF_PERSONS: readonly Measure[] = [
  'extradition',
  'transfer-of-person',
  'witness-hearing',
  'service-of-documents',
];
