// What a first visit to a page loads: the page, and every script, stylesheet, WebAssembly module, icon
// and font that it names. Compressed with brotli at its best, as the release is delivered. Exits with 1
// when a budget of size-budget.json is exceeded.

import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { attribute, request, root, signIn, startDashboard } from './program.mjs';

const pages = [
  { path: '/sign-in', signedOut: true },
  { path: '/' },
  { path: '/servers' },
  { path: '/isos' },
  { path: '/invoices' },
  { path: '/tickets' },
];
const budgets = JSON.parse(await readFile(`${root}/scripts/size-budget.json`, 'utf8'));
const asset = /\.(?:js|mjs|css|wasm|svg|png|jpe?g|webp|avif|ico|woff2?|webmanifest)$/;

const brotli = (bytes) => brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
}).length;
const kinds = { js: 'script', mjs: 'script', css: 'style', wasm: 'wasm', html: 'page' };
const kind = (path) => kinds[path.split('.').pop()] ?? 'image';

/** The files of our own that a text names, as paths. */
function named(text, type, at, origin) {
  const found = [];
  if (type === 'page') {
    // Tags that load something; links to other pages do not.
    for (const tag of text.match(/<(?:link|script|img|use|source|image)\b[^>]*>/gi) ?? []) {
      if (/^<link/i.test(tag) && /\srel=["']?(?:alternate|canonical|next|prev)/i.test(tag)) continue;
      for (const name of ['href', 'src', 'xlink:href']) found.push(attribute(tag, name));
    }
    // The script that starts the islands names its two files in quotes.
    for (const [, script] of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/gi)) {
      for (const [, , path] of script.matchAll(/(["'`])([^"'`\s]+)\1/g)) if (!path.includes('${')) found.push(path);
    }
  } else if (type === 'style') {
    for (const [, , path] of text.matchAll(/url\(\s*(["']?)([^"')]+)\1\s*\)/g)) found.push(path);
    for (const [, path] of text.matchAll(/@import\s+["']([^"']+)["']/g)) found.push(path);
  } else if (type === 'script') {
    for (const [, path] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?["'](\.{0,2}\/[^"']+)["']/g)) found.push(path);
  }
  const paths = new Set();
  for (const path of found) {
    if (!path || path.startsWith('data:') || path.startsWith('#')) continue;
    let url;
    try { url = new URL(path, origin + at); } catch { continue; }
    if (url.origin === origin && asset.test(url.pathname)) paths.add(url.pathname);
  }
  return [...paths];
}

const measured = new Map();
async function measure(origin, path, cookie, isPage) {
  const key = isPage ? `page ${path} ${Boolean(cookie)}` : path;
  if (measured.has(key)) return measured.get(key);
  const headers = { ...(cookie && { cookie }), accept: isPage ? 'text/html' : '*/*' };
  const plain = await request(origin + path, { headers: { ...headers, 'accept-encoding': 'identity' } });
  if (plain.status !== 200) throw new Error(`GET ${path} answered ${plain.status}, wanted 200`);
  const served = await request(origin + path, { headers: { ...headers, 'accept-encoding': 'br' } });
  const type = isPage ? 'page' : kind(path);
  const text = ['page', 'style', 'script'].includes(type) ? plain.text() : '';
  const result = {
    path, type, raw: plain.bytes.length, brotli: brotli(plain.bytes), served: served.bytes.length,
    names: named(text, type, path, origin),
  };
  measured.set(key, result);
  return result;
}

/** The page and all that it loads, each once. */
async function firstLoad(origin, page, cookie) {
  const files = [await measure(origin, page.path, page.signedOut ? undefined : cookie, true)];
  const seen = new Set();
  for (let i = 0; i < files.length; i += 1) {
    for (const path of files[i].names) {
      if (seen.has(path)) continue;
      seen.add(path);
      files.push(await measure(origin, path, undefined, false));
    }
  }
  return files;
}

const sum = (files, column) => files.reduce((total, file) => total + file[column], 0);
const number = (n) => n.toLocaleString('en-US').padStart(11);
const short = (path) => (path.length > 46 ? `${path.slice(0, 20)}…${path.slice(-25)}` : path);
const row = (path, type, a, b, c) => console.log(`  ${short(path).padEnd(47)}${type.padEnd(7)}${a}${b}${c}`);

const dashboard = await startDashboard();
let exceeded = 0;
try {
  const cookie = await signIn(dashboard.url);
  row('Bytes of a first visit', '', '        raw', '  brotli 11', '     served');
  for (const page of pages) {
    const files = await firstLoad(dashboard.url, page, cookie);
    console.log(`\n${page.path}`);
    for (const file of files) row(file.path, file.type, number(file.raw), number(file.brotli), number(file.served));
    row('total', '', number(sum(files, 'raw')), number(sum(files, 'brotli')), number(sum(files, 'served')));

    if (!files.some((file) => file.type === 'style')) throw new Error(`${page.path} loads no stylesheet: is the site beside the program?`);
    for (const [name, limit] of Object.entries(budgets[page.path] ?? {})) {
      const used = sum(name === 'total' ? files : files.filter((file) => file.type === name), 'brotli');
      if (name !== 'total' && used === 0) throw new Error(`${page.path} has a budget for ${name}, but loads none`);
      const over = used > limit;
      exceeded += over ? 1 : 0;
      console.log(`  ${over ? '✗' : '✓'} ${name}: ${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} bytes (${Math.round((100 * used) / limit)} %)`);
    }
  }
} finally {
  await dashboard.stop();
}
for (const page of Object.keys(budgets)) {
  if (!pages.some(({ path }) => path === page)) throw new Error(`The budget names ${page}, which is not measured`);
}
if (exceeded > 0) {
  console.log(`\n${exceeded} budget${exceeded > 1 ? 's' : ''} exceeded (scripts/size-budget.json).`);
  process.exitCode = 1;
}
