// Evidence in the words of investigators' machines: CASE and UCO 1.4.0 as JSON-LD, with its context inside so that nothing is fetched.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Custody, EvidenceObject } from '../../domain/evidence/evidence.ts';
import type { PackageDraft } from './package-draft.ts';

const UCO = 'https://ontology.unifiedcyberontology.org/uco';
/** The prefixes used below. */
const CONTEXT = {
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': `${UCO}/action/`,
  'uco-core': `${UCO}/core/`,
  'uco-identity': `${UCO}/identity/`,
  'uco-observable': `${UCO}/observable/`,
  'uco-types': `${UCO}/types/`,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

type Node = { readonly '@id': string; readonly '@type': string; readonly [property: string]: unknown };
const ref = (id: string) => ({ '@id': id });
const urn = (id: string, part = ''): string => `urn:uuid:${id}${part}`;
const time = (value: string) => ({ '@type': 'xsd:dateTime', '@value': value });

/** The objects of a package, where they come from, and each step of their custody. */
export function caseUco(
  file: CaseFile,
  held: readonly EvidenceObject[],
  { office, recipient, roles, id }: PackageDraft,
) {
  const graph: Node[] = [];
  const add = (node: Node): { '@id': string } => {
    if (!graph.some((one) => one['@id'] === node['@id'])) graph.push(node);
    return ref(node['@id']);
  };
  const organisation = (at: string, name: string) =>
    add({ '@id': at, '@type': 'uco-identity:Organization', 'uco-core:name': name });
  const performer = (by: string) =>
    by === 'clock'
      ? add({
          '@id': urn(file.id, '#clock'),
          '@type': 'uco-core:UcoObject',
          'uco-core:name': 'The clock of the office',
        })
      : add({
          '@id': urn(by),
          '@type': 'uco-identity:Person',
          'uco-core:description': `${office.name}: ${roles[by]?.join(', ') ?? ''}`,
        });
  organisation(urn(file.id, '#office'), `${office.name} (${office.state})`);
  const inCase: { '@id': string }[] = [];
  for (const one of held) {
    const object = objectNode(one);
    inCase.push(add(object));
    const from =
      one.source.kind === 'redaction' ? file.evidence.objects.find((o) => o.object === sourceId(one)) : undefined;
    if (from) {
      add(objectNode(from));
      inCase.push(
        add({
          '@id': urn(one.object, '#from'),
          '@type': 'uco-observable:ObservableRelationship',
          'uco-core:source': ref(urn(one.object)),
          'uco-core:target': ref(urn(from.object)),
          'uco-core:kindOfRelationship': 'Redacted_From',
          'uco-core:isDirectional': true,
          ...(one.source.kind === 'redaction' ? { 'uco-core:description': one.source.removed } : {}),
        }),
      );
    }
    const record = add({
      '@id': urn(one.object, '#record'),
      '@type': 'case-investigation:ProvenanceRecord',
      'case-investigation:exhibitNumber': String(one.no),
      'uco-core:object': [ref(urn(one.object))],
      'uco-core:description': `Received from ${from ? `object ${from.no}` : one.receivedFrom}`,
    });
    inCase.push(record);
    let before: { '@id': string } | undefined;
    for (const [n, step] of one.custody.entries()) {
      const action = add({
        '@id': urn(one.object, `#step-${n + 1}`),
        '@type': 'case-investigation:InvestigativeAction',
        'uco-core:name': NAMES[step.what],
        'uco-core:description':
          step.what === 'packaged' || step.what === 'handed-over' ? NAMES[step.what] : step.detail || NAMES[step.what],
        'uco-action:startTime': time(step.at),
        'uco-action:endTime': time(step.at),
        'uco-action:performer': performer(step.by),
        'uco-action:object': [ref(urn(one.object))],
        ...(n === 0 ? { 'uco-action:result': [ref(urn(one.object)), record] } : {}),
        ...(before ? { 'case-investigation:wasInformedBy': [before] } : {}),
      });
      inCase.push(action);
      before = action;
    }
  }
  organisation(urn(id, '#recipient'), recipient.name);
  add({
    '@id': urn(file.id),
    '@type': 'case-investigation:Investigation',
    'uco-core:name': file.reference,
    'uco-core:description': `Request of ${file.requestingState} to ${file.requestedState}`,
    'case-investigation:investigationForm': 'case',
    'uco-core:object': inCase,
  });
  return { '@context': CONTEXT, '@graph': graph };
}

const sourceId = ({ source }: EvidenceObject): string => (source.kind === 'redaction' ? source.of : '');

const NAMES: { readonly [W in Custody['what']]: string } = {
  received: 'Taken in',
  redacted: 'Made by taking something out of another object',
  seen: 'Looked at',
  copied: 'Copied',
  'flag-answered': 'Answered for where it goes beyond the request',
  packaged: 'Put into a package',
  'handed-over': 'Handed over',
  confirmed: 'Arrival confirmed',
};

function objectNode({ object, name, size, mediaType, sha256 }: EvidenceObject): Node {
  const bytes = { '@type': 'xsd:integer', '@value': String(size) };
  return {
    '@id': urn(object),
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      {
        '@id': urn(object, '#file'),
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': name,
        'uco-observable:sizeInBytes': bytes,
      },
      {
        '@id': urn(object, '#content'),
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:mimeType': mediaType,
        'uco-observable:sizeInBytes': bytes,
        'uco-observable:hash': [
          {
            '@id': urn(object, '#sha256'),
            '@type': 'uco-types:Hash',
            'uco-types:hashMethod': 'SHA256',
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': sha256 },
          },
        ],
      },
    ],
  };
}
