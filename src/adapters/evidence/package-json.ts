// What stands in data/package.json of a package, read strictly as far as it is relied on (docs/spec/evidence.md, section 4).

import { z } from 'zod';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Id = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Words = z.string().max(10_000);

const PackageShape = z.object({
  form: z.literal('rogatory/evidence/v1'),
  id: Id,
  no: z.int().min(1),
  case: z.object({ id: Id, reference: z.string().regex(/^[A-Z]{2}-\d{4}-\d{6,12}$/) }),
  theirReference: Words,
  madeAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  office: z.object({ name: Words, state: z.string().regex(/^[A-Z]{2}$/) }),
  recipient: z.object({ name: Words, keys: z.array(z.string().max(3_000)).min(1).max(100) }),
  purpose: Words,
  asOf: z.int().min(1),
  timeStamp: z.union([z.literal('timestamp.tsr'), z.null()]),
  objects: z
    .array(
      z.object({
        id: Id,
        no: z.int().min(1),
        path: z.string().regex(/^data\/objects\/\d{4,9}-[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
        name: Words,
        mediaType: Words,
        size: z.int().min(1),
        sha256: Sha256,
      }),
    )
    .min(1)
    .max(10_000),
});
export type PackageJson = z.infer<typeof PackageShape>;

export function readPackageJson(input: unknown): Outcome<PackageJson> {
  const read = PackageShape.safeParse(input);
  if (read.success) return accept(read.data);
  const detail = read.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`)
    .join('; ');
  return refuse({ pointer: 'data/package.json', detail: `is not that of a package: ${detail}` });
}
