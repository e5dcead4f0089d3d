// Planted for the fences: a good reader of packs.
import { parse } from 'yaml';
import { z } from 'zod';
export const r = [parse, z];
