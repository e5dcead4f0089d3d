// Planted for the fences: a proof reads YAML.
import { parse } from 'yaml';
export const r = parse;
