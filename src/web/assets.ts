// Style sheet, fonts, icon and browser modules: everything a page needs besides itself, kept for ever under addresses that change with it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import type { AssetLinks, WebEnv } from './context.ts';
import { chineseFonts, sharedFonts } from './fonts.ts';
import type { PageLanguage } from './messages.ts';
import { browserModules } from './modules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The parts of the design system that our pages use, in its own cascade layers. */
const COMPONENTS = [
  'link',
  'button',
  'label',
  'paragraph',
  'heading',
  'list',
  'field',
  'input',
  'fieldset',
  'validation-message',
  'error-summary',
  'skip-link',
  'details',
  'table',
  'tag',
  'alert',
  'card',
  'breadcrumbs',
  'divider',
];
const OURS = [
  'theme',
  'frame',
  'parts',
  'home',
  'check',
  'law',
  'reference',
  'people',
  'casework',
  'intake',
  'deciding',
  'carrying-out',
  'evidence',
  'office',
  'verify',
  'figures',
  'notice',
  'oversight',
  'print',
];

type Asset = { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly compressible: boolean };

export type Assets = {
  readonly links: AssetLinks;
  readonly routes: () => Hono<WebEnv>;
  readonly find: (address: string) => Asset | undefined;
};

/** Reads what is served; `scripts` are the entries below src/web/enhance. */
export function openAssets(scripts: readonly string[]): Assets {
  const fixed = new Map<string, Asset>();
  const modules = browserModules(ROOT, scripts);
  const [shared, chinese] = [sharedFonts(), chineseFonts()];
  const fontFiles = new Map([...shared.files, ...chinese.files]);
  const sheet = (name: string, css: string): string => {
    const asset = text(css, 'text/css');
    const address = `/assets/${name}.${digest(asset.bytes)}.css`;
    fixed.set(address, asset);
    return address;
  };
  const site = sheet('site', `${designSystem()}\n${shared.css}\n${ours()}`);
  const zh = sheet('zh', chinese.css);
  fixed.set('/assets/icon.svg', text(readFileSync(join(ROOT, 'src/web/styles/icon.svg'), 'utf8'), 'image/svg+xml'));
  const find = (address: string): Asset | undefined => {
    const known = fixed.get(address);
    if (known) return known;
    const asset = read(address);
    if (asset) fixed.set(address, asset);
    return asset;
  };
  /** What is made or read only when it is first asked for. */
  const read = (address: string): Asset | undefined => {
    const font = fontFiles.get(address);
    if (font !== undefined)
      return { type: 'font/woff2', bytes: new Uint8Array(readFileSync(font)), compressible: false };
    const code = modules.find(address)?.code();
    return code === undefined ? undefined : text(code, 'text/javascript');
  };
  const css = (language: PageLanguage): string[] => (language === 'zh' ? [site, zh] : [site]);
  return { links: { css, script: modules.entry }, find, routes: () => routesOf(find) };
}

function routesOf(find: Assets['find']): Hono<WebEnv> {
  const squeezed = new Map<string, Uint8Array<ArrayBuffer>>();
  return new Hono<WebEnv>().get('/assets/*', (c, next) => {
    const asset = find(c.req.path);
    // Not ours to say: the page for what is not here needs the language of the reader.
    if (!asset) return next();
    const encoding = asset.compressible ? encodingFor(c.req.header('accept-encoding') ?? '') : null;
    c.header('content-type', asset.type);
    c.header(
      'cache-control',
      c.req.path === '/assets/icon.svg' ? 'public, max-age=86400' : 'public, max-age=31536000, immutable',
    );
    if (asset.compressible) c.header('vary', 'accept-encoding');
    if (encoding === null) return c.body(asset.bytes);
    const key = `${encoding} ${c.req.path}`;
    const body = squeezed.get(key) ?? squeeze(asset.bytes, encoding);
    squeezed.set(key, body);
    c.header('content-encoding', encoding);
    return c.body(body);
  });
}

type Encoding = 'br' | 'gzip';

const encodingFor = (accepted: string): Encoding | null =>
  /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;

/** Compressed once and kept: the best that can be had in a few milliseconds. */
const squeeze = (bytes: Uint8Array, encoding: Encoding): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    encoding === 'br'
      ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : gzipSync(bytes, { level: 9 }),
  );

const text = (content: string, type: string): Asset => ({
  type: `${type}; charset=utf-8`,
  bytes: new TextEncoder().encode(content),
  compressible: true,
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

function designSystem(): string {
  const folder = join(ROOT, 'node_modules/@digdir/designsystemet-css/dist');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return `@layer ds.theme, ds.base, ds.components;
${read('theme/designsystemet.css')}
@layer ds.base{${read('src/base.css')}}
@layer ds.components{${COMPONENTS.map((name) => read(`src/${name}.css`)).join('\n')}}`;
}

const style = (name: string): string => readFileSync(join(ROOT, 'src/web/styles', `${name}.css`), 'utf8');

/** Colours of the night stand once in their file and twice in the sheet: where chosen, and where the device is set so. */
function ours(): string {
  const night = style('night');
  return `${OURS.map(style).join('\n')}
@media screen{${night}}
@media screen and (prefers-color-scheme:dark){${night.replaceAll('"dark"', '"auto"')}}`;
}
