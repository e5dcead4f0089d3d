// Planted for the fences: good on a server.
import { createHash } from 'node:crypto';
export const hash = createHash;
