// Planted for the fences: the log hashes with Node.
import { createHash } from 'node:crypto';
export const r = createHash;
