// Who is signed in, on every request: the session's cookie, forms that are ours, pages that are for some and not for all.
// Attacker: a page elsewhere that makes a signed-in browser send a form here; a name of another host that leads to this one.

import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { IdentityProvider, PeoplePorts, Site } from '../app/people/ports.ts';
import { may } from '../app/people/roles.ts';
import { readSession, type SignedIn } from '../app/people/sessions.ts';
import { Defect } from '../kernel/outcome.ts';
import { sayPage } from './people/say-page.ts';
import type { WebEnv } from './context.ts';

/** What signing in needs, from the place that puts the node together. */
export type AccessPorts = {
  readonly people: PeoplePorts;
  /** The address under which browsers reach this node, like `https://node.example`; without it, only this machine can sign in. */
  readonly origin?: string;
  /** The address of whoever asks, as far as it can be believed. */
  readonly addressOf: (c: Context) => string;
  readonly provider?: IdentityProvider;
};

/** Changes nothing and is filled in by scripts that know no session: it needs no token. */
const WITHOUT_TOKEN = ['/check'];
const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where this node is, for this request; undefined when it was reached under a name that nobody vouches for (DNS rebinding). */
export function siteOf({ origin }: AccessPorts, c: Context): Site | undefined {
  const url = new URL(origin ?? c.req.url);
  if (origin === undefined && !LOOPBACK.test(url.hostname)) return undefined;
  return { origin: url.origin, rpId: url.hostname };
}

/** Passkeys belong to a name; an address made of numbers has none (WebAuthn, section 5.1.2). */
export const passkeysWork = ({ rpId }: Site): boolean => !/^[\d.]+$|^\[/.test(rpId);

const cookieOf = (site: Site) =>
  site.origin.startsWith('https:')
    ? ({ name: '__Host-session', secure: true } as const)
    : ({ name: 'session', secure: false } as const);

/** Gives the browser its session, for as long as it is open. */
export function setSession(c: Context, site: Site, cookie: string): void {
  const { name, secure } = cookieOf(site);
  setCookie(c, name, cookie, { path: '/', httpOnly: true, sameSite: 'Strict', secure });
}
export function dropSession(c: Context, site: Site): void {
  const { name, secure } = cookieOf(site);
  deleteCookie(c, name, { path: '/', secure });
}

/** Sets `c.var.session` and the session of the page; refuses what comes from elsewhere. Programs (/api/) have no session. */
export function sessions(ports: AccessPorts): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (c.req.path.startsWith('/api/') || c.var.page === undefined) return next();
    const site = siteOf(ports, c);
    const cookie = site && getCookie(c, cookieOf(site).name);
    const session = cookie === undefined ? undefined : await readSession(ports.people, cookie);
    if (session) c.set('session', session);
    c.set('page', { ...c.var.page, session: session ?? null });
    if (!SAFE.includes(c.req.method)) {
      if (fromElsewhere(c, site, session !== undefined)) return c.html(sayPage(c.var.page, 'elsewhere'), 403);
      if (session && !WITHOUT_TOKEN.includes(c.req.path) && !(await carriesToken(c, session)))
        return c.html(sayPage(c.var.page, 'form'), 403);
    }
    await next();
    if (session) c.res.headers.set('cache-control', 'no-store');
  };
}

/**
 * Every browser of these years says by itself where a form comes from (Fetch Metadata). Our pages send no referrer, which
 * makes their `Origin` null, so that header can only speak against. What says neither is no browser and brings no session of one.
 */
function fromElsewhere(c: Context, site: Site | undefined, withSession: boolean): boolean {
  const fetchSite = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (fetchSite === undefined) return origin !== undefined ? origin !== site?.origin : withSession;
  return fetchSite !== 'same-origin' || (origin !== undefined && origin !== 'null' && origin !== site?.origin);
}

async function carriesToken(c: Context<WebEnv>, { csrf }: SignedIn): Promise<boolean> {
  const given =
    c.req.header('x-csrf') ??
    // Before the rest of a large form is read it is known whose it is: the token is its first field.
    (await (c.var.streamed?.first('csrf') ?? readFields(c).then((fields) => fields.get('csrf')))) ??
    '';
  const [a, b] = [Buffer.from(given), Buffer.from(csrf)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The fields of a form; of several with one name the last counts, `all` gives each. A form that cannot be read is an empty one. */
export async function readFields(c: Context): Promise<Map<string, string> & { all: (name: string) => string[] }> {
  const form = await c.req.formData().catch(() => new FormData());
  const pairs = [...(form as unknown as Iterable<[string, unknown]>)].filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.assign(new Map(pairs), {
    all: (name: string) => pairs.filter(([key]) => key === name).map(([, value]) => value),
  });
}

/** Who is signed in, on a page that asked for it with `requireSession` or `requireRole`. */
export function signedIn(c: Context<WebEnv>): SignedIn {
  const session = c.var.session;
  if (session === undefined) throw new Defect('a page for people of the office was reached by nobody');
  return session;
}

/** Sends whoever is not signed in to the door, and back afterwards. */
export const requireSession: MiddlewareHandler<WebEnv> = async (c, next) => {
  if (c.var.session === undefined) return toTheDoor(c);
  await next();
  c.res.headers.set('cache-control', 'no-store');
  return undefined;
};

/** For acts that the office's policy gives to some roles; one of the actions is enough. */
export function requireRole(...actions: readonly Parameters<typeof may>[1][]): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const { session } = c.var;
    if (session === undefined) return toTheDoor(c);
    if (!actions.some((action) => may(session.person.roles, action)))
      return c.html(sayPage(c.var.page, session.withheld.length > 0 ? 'withheld' : 'notYours'), 403);
    return next();
  };
}

function toTheDoor(c: Context<WebEnv>): Response {
  if (!SAFE.includes(c.req.method)) return c.redirect('/sign-in', 303);
  const { path, query } = c.var.page;
  const next = query.size > 0 ? `${path}?${query}` : path;
  return c.redirect(`/sign-in?${new URLSearchParams({ next })}`, 303);
}

/** A path of this node and nothing else: `//evil.example` and `/\evil.example` are other hosts to a browser. */
export const ownPath = (text: string | undefined, otherwise: string): string =>
  text !== undefined && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(text) ? text : otherwise;
