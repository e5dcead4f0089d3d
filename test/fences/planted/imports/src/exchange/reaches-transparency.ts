// Planted for the fences: the message format imports the log.
import { r as other } from '../transparency/reaches-law.ts';
export const r = other;
