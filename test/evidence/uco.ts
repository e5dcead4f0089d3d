// Holds a CASE/UCO description against the SHACL shapes of both ontologies, which lie beside the checkout. Fetches nothing.

import { existsSync, globSync, readFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { VECTORS } from './vectors.ts';

const FOLDER = `${VECTORS}/case-uco`;

let validator: SHACLValidator | undefined;
function shapes(): SHACLValidator {
  if (validator) return validator;
  const store = new Store();
  for (const file of globSync(`${FOLDER}/{co,uco,ontology,owl}/**/*.ttl`))
    store.addQuads(new Parser({ baseIRI: 'https://ontology.example/' }).parse(readFileSync(file, 'utf8')));
  // What a SPARQL engine would have to say (the form of identifiers, for information) is left out.
  for (const { subject, object } of store.getQuads(null, 'http://www.w3.org/ns/shacl#sparql', null, null))
    store.removeQuads([...store.getQuads(subject, 'http://www.w3.org/ns/shacl#sparql', object, null)]);
  // Everything that is imported is here already.
  store.removeQuads(store.getQuads(null, 'http://www.w3.org/2002/07/owl#imports', null, null));
  validator = new SHACLValidator(store as never, { allowNamedNodeInList: true } as never);
  ontology = store;
  return validator;
}
let ontology: Store | undefined;

export const problemsIn = {
  skip: existsSync(FOLDER) ? (false as const) : 'the ontologies are not here',
  /** What the authors of the ontologies give as right and as wrong, by the names of their files. */
  examples: () => globSync(`${FOLDER}/tests/*.json`),
  /** Violations and warnings of the shapes; what is only said for information is not among them. */
  document: async (text: string, lenient = false): Promise<string[]> => {
    const quads = (await jsonld.toRDF(JSON.parse(text), {
      format: 'application/n-quads',
      documentLoader: async (url: string) => {
        throw new Error(`it would fetch ${url}`);
      },
    } as never)) as unknown as string;
    const by = shapes();
    // Classes are looked up along their hierarchy, which stands in the ontologies.
    const data = new Store(ontology?.getQuads(null, 'http://www.w3.org/2000/01/rdf-schema#subClassOf', null, null));
    data.addQuads(new Parser().parse(quads));
    const report = await by.validate(data as never);
    return report.results
      .filter(
        ({ severity }) => !severity?.value.endsWith('#Info') && !(lenient && severity?.value.endsWith('#Warning')),
      )
      .map(
        ({ focusNode, path, message }) => `${focusNode?.value} ${path?.value}: ${message.map(({ value }) => value)}`,
      );
  },
};
