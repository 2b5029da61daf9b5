// What a first visit to each page loads: the page, and every script, stylesheet, WebAssembly module, icon
// and font that it names. Compressed with brotli at its best, as the release is delivered. Exits with 1
// when a budget of size-budget.json is exceeded: `page` is measured by all its files together (`total`), its
// WebAssembly and its style; every other page by what it adds to that (`beyond`), its own HTML included.

import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { attribute, request, root, signIn, startDashboard } from './program.mjs';

// All pages of the router: server/tests/grid.rs holds this table against it.
const pages = JSON.parse(await readFile(`${root}/end2end/support/pages.json`, 'utf8'));
const budget = JSON.parse(await readFile(`${root}/scripts/size-budget.json`, 'utf8'));
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

// What was measured already.
const measured = new Map();
async function measure(origin, path, cookie, isPage, wanted = 200) {
  const key = isPage ? `page ${path} ${Boolean(cookie)}` : path;
  if (measured.has(key)) return measured.get(key);
  const headers = { ...(cookie && { cookie }), accept: isPage ? 'text/html' : '*/*' };
  const plain = await request(origin + path, { headers: { ...headers, 'accept-encoding': 'identity' } });
  if (plain.status !== wanted) throw new Error(`GET ${path} answered ${plain.status}, wanted ${wanted}`);
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
async function firstLoad(origin, path, cookie, status) {
  const files = [await measure(origin, path, cookie, true, status)];
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

/** Where a page is: of an object the first that its list links to. */
async function addressOf({ route, objects, id, query = '' }, origin, cookie) {
  if (objects === undefined) return route.replace(/\{\w+\}/, id) + query;
  const list = route.slice(0, route.indexOf('/{id}'));
  const answer = await request(origin + list, { headers: { accept: 'text/html', cookie } });
  const first = answer.text().match(new RegExp(`href="${list}/(\\d+)["?#]`));
  if (!first) throw new Error(`${list} links to no object of its own (it answered ${answer.status})`);
  return route.replace('{id}', first[1]) + query;
}

const sum = (files) => files.reduce((total, file) => total + file.brotli, 0);
const number = (n) => n.toLocaleString('en-US').padStart(10);
const short = (path) => (path.length > 46 ? `${path.slice(0, 20)}…${path.slice(-25)}` : path);
const types = ['page', 'script', 'style', 'wasm', 'image'];

let exceeded = 0;
function hold(what, used, limit) {
  const over = used > limit;
  exceeded += over ? 1 : 0;
  console.log(`${over ? '✗' : '✓'} ${what}: ${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} bytes (${Math.round((100 * used) / limit)} %)`);
}

const dashboard = await startDashboard();
try {
  const cookie = await signIn(dashboard.url);
  const loads = new Map();
  for (const page of pages) {
    const path = await addressOf(page, dashboard.url, cookie);
    const files = await firstLoad(dashboard.url, path, page.open ? undefined : cookie, page.status);
    if (!files.some((file) => file.type === 'style')) throw new Error(`${path} loads no stylesheet: is the site beside the program?`);
    loads.set(path, files);
  }
  const main = loads.get(budget.page);
  if (!main) throw new Error(`The budget names ${budget.page}, which is no page`);

  console.log(`${budget.page}, file by file`.padEnd(54), '       raw brotli 11    served');
  for (const file of main) console.log(`  ${short(file.path).padEnd(46)} ${file.type.padEnd(6)}${number(file.raw)}${number(file.brotli)}${number(file.served)}`);

  const shared = new Set(main.map(({ path }) => path));
  const beyond = (files) => sum(files.filter(({ path }) => !shared.has(path)));
  console.log(`\n${'First visit, brotli 11'.padEnd(24)}${types.map((type) => type.padStart(10)).join('')}     total      adds`);
  for (const [path, files] of loads) {
    const columns = types.map((type) => number(sum(files.filter((file) => file.type === type))));
    console.log(`${path.padEnd(24)}${columns.join('')}${number(sum(files))}${number(beyond(files))}`);
  }

  console.log('');
  hold(`${budget.page}, all files together`, sum(main), budget.total);
  for (const type of ['wasm', 'style', 'image']) {
    const used = sum(main.filter((file) => file.type === type));
    if (used === 0) throw new Error(`${budget.page} has a budget for ${type}, but loads none`);
    hold(`${budget.page}, ${type}`, used, budget[type]);
  }
  const others = [...loads].filter(([path]) => path !== budget.page);
  const [most, files] = others.reduce((one, other) => (beyond(other[1]) > beyond(one[1]) ? other : one));
  hold(`what another page adds, at most (${most})`, beyond(files), budget.beyond);
} finally {
  await dashboard.stop();
}
if (exceeded > 0) {
  console.log(`\n${exceeded} budget${exceeded > 1 ? 's' : ''} exceeded (scripts/size-budget.json).`);
  process.exitCode = 1;
}
