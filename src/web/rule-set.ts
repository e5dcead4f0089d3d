// The whole rule set as it is hashed: anyone can fetch it under its hash, hash it again, and keep the law an assessment was made under.

import { Hono } from 'hono';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { type RuleSet, sayingOf } from '../law/rule-set.ts';
import { ruleSetAddress } from './components/layout.ts';
import type { LawContext, WebEnv } from './context.ts';

/** What the law says, in canonical bytes; where in which file it says so is no part of it. */
export function ruleSetText(rules: RuleSet): string {
  return canonicalJson(sayingOf(rules) as unknown as Json);
}

export function ruleSetRoutes(book: LawContext['book']): Hono<WebEnv> {
  let text: string | undefined;
  return new Hono<WebEnv>().get(ruleSetAddress(book.hash), (c) => {
    text ??= ruleSetText(book.rules);
    return c.body(text, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
}
