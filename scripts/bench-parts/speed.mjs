// How fast is /servers with 50 rows, rendered by the dashboard, beside two axum handlers that send the same bytes: one
// makes them from a compiled template, one merely has them?

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, start } from '../program.mjs';
import { count, fetched, median } from './shared.mjs';
import { template } from './template.mjs';

export const page = '/servers?per_page=50';
const rows = 50;
const connections = 32;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);

// What may differ between two answers with the same content.
// Leptos 0.9 also writes the nonce into crossorigin.
const volatile = [/\s(?:nonce|crossorigin)="[^"]*"/g, /'nonce-[^']*'/g, /(?<=name="(?:once|seal)"[^>]*value=")[^"]*/g];
const steady = (bytes) => volatile.reduce((text, pattern) => text.replace(pattern, ''), bytes.toString('latin1'));

/** Requests per second, by wrk. Anything but an answer of 2xx or 3xx, or a broken connection, is an error. */
function load(url, cookie, time) {
  return new Promise((resolve, reject) => {
    const args = ['-t1', `-c${connections}`, `-d${time}s`, '-H', 'Accept: text/html'];
    if (cookie) args.push('-H', `Cookie: ${cookie}`);
    const wrk = spawn('wrk', [...args, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    wrk.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
    wrk.on('error', reject);
    wrk.on('close', (code) => {
      const rate = said.match(/Requests\/sec:\s*([\d.]+)/);
      if (code !== 0 || !rate || /Non-2xx|Socket errors/.test(said)) reject(new Error(`wrk ${url}:\n${said}`));
      else resolve(Number(rate[1]));
    });
  });
}

export async function speed(dashboard, cookie) {
  const url = dashboard.url + page;
  const bytes = await fetched(url, cookie);
  const found = new Set(bytes.toString('utf8').match(/href="\/servers\/\d+"/g)).size;
  if (found !== rows) throw new Error(`${page} shows ${found} servers, wanted ${rows}`);

  const directory = await mkdtemp(path.join(tmpdir(), 'vitosha-bench-'));
  const copy = path.join(directory, 'page.html');
  await writeFile(copy, bytes);
  const compiled = await template(bytes.toString('utf8'), rows);
  const bare = await start(path.join(root, 'target/bench/release/bare'), [copy], /Bare listens at (http:\/\/\S+)/);
  const maud = await start(compiled.program, [compiled.rows], /Template listens at (http:\/\/\S+)/);
  const servers = { dashboard: [url, cookie], template: [`${maud.url}/`], bare: [`${bare.url}/`] };
  try {
    // All send the same before anything is measured.
    const ours = await fetched(url, cookie);
    for (const name of ['template', 'bare']) {
      const theirs = await fetched(...servers[name]);
      if (ours.length !== theirs.length || steady(ours) !== steady(theirs)) {
        throw new Error(`The dashboard and the ${name} server send different bytes, beyond nonces: nothing to compare.`);
      }
    }
    console.log(`${page}: all send the same ${count(ours.length)} bytes (nonces aside), ${rows} rows`);
    console.log(`the template: ${compiled.markups} kinds of rows, ${count(compiled.values)} values put in; the frame is literal`);
    console.log(`${connections} connections, ${rounds} rounds of ${seconds} s each, side by side`);

    for (const [address, its] of Object.values(servers)) await load(address, its, 2);
    const results = [];
    for (let round = 1; round <= rounds; round += 1) {
      const measured = {};
      for (const [name, [address, its]] of Object.entries(servers)) measured[name] = await load(address, its, seconds);
      results.push(measured);
      console.log(`  round ${round}: ${Object.entries(measured).map(([name, rate]) => `${name} ${count(rate)}/s`).join(', ')}`);
    }
    const rate = (name) => median(results.map((result) => result[name]));
    console.log(`median: ${Object.keys(servers).map((name) => `${name} ${count(rate(name))}/s`).join(', ')}`);
    for (const name of ['template', 'bare']) {
      const ratio = rate('dashboard') / rate(name);
      console.log(`  dashboard : ${name} = ${ratio.toFixed(4)} (1 : ${(1 / ratio).toFixed(1)})`);
    }
  } finally {
    await maud.stop();
    await bare.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
