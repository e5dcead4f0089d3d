// Planted for the fences: a good file of the domain.
import { leaf } from '../../kernel/leaf.ts';
import type { Rule } from '../../law/rule.ts';
export type Request = Rule;
export const request: Request = leaf;
