// Planted for the fences: what use cases need.
import type { Request } from '../domain/requests/request.ts';
export type Store = { load(): Request };
