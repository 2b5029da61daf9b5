// Two questions about the release. How fast is /servers with 50 rows, rendered on the server, beside a
// bare axum handler that sends the same bytes? And does memory grow when browsers go away?

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request, root, signIn, start, startDashboard, startSandbox } from './program.mjs';

const page = '/servers?per_page=50';
const rows = 50;
const connections = 32;
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const drops = Number(process.env.BENCH_DROPS ?? 20_000);
const atOnce = 64;

// What may differ between two answers with the same content.
// Leptos 0.9 also writes the nonce into crossorigin.
const volatile = [/\s(?:nonce|crossorigin)="[^"]*"/g, /'nonce-[^']*'/g, /(?<=name="once"[^>]*value=")[^"]*/g];
const steady = (bytes) => volatile.reduce((text, pattern) => text.replace(pattern, ''), bytes.toString('latin1'));

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const count = (n) => Math.round(n).toLocaleString('en-US');

/** A world of its own in the sandbox, large enough for a page of 50 rows, without a limit; its clock stands still, so that the same is said twice. */
async function world(sandbox) {
  const answer = await request(`${sandbox}/_sandbox/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seed: 'large', rate_limit: 100_000_000, freeze: true }),
  });
  if (answer.status < 200 || answer.status > 299) throw new Error(`The sandbox made no account: ${answer.status} ${answer.text()}`);
  return JSON.parse(answer.text());
}

async function fetched(url, cookie) {
  const answer = await request(url, { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
  if (answer.status !== 200) throw new Error(`GET ${url} answered ${answer.status} ${answer.headers.location ?? ''}`);
  return answer.bytes;
}

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

async function speed(dashboard, cookie) {
  const url = dashboard.url + page;
  const bytes = await fetched(url, cookie);
  const found = new Set(bytes.toString('utf8').match(/href="\/servers\/\d+"/g)).size;
  if (found !== rows) throw new Error(`${page} shows ${found} servers, wanted ${rows}`);

  const directory = await mkdtemp(path.join(tmpdir(), 'vitosha-bench-'));
  const copy = path.join(directory, 'page.html');
  await writeFile(copy, bytes);
  const bare = await start(path.join(root, 'target/bench/release/bare'), [copy], /Bare listens at (http:\/\/\S+)/);
  try {
    // Both send the same before anything is measured.
    const [ours, theirs] = [await fetched(url, cookie), await fetched(`${bare.url}/`)];
    if (ours.length !== theirs.length || steady(ours) !== steady(theirs)) {
      throw new Error('The dashboard and the bare server send different bytes, beyond nonces: nothing to compare.');
    }
    console.log(`${page}: both send the same ${count(ours.length)} bytes (nonces aside), ${rows} rows`);
    console.log(`${connections} connections, ${rounds} rounds of ${seconds} s each, side by side`);

    await load(url, cookie, 2);
    await load(`${bare.url}/`, undefined, 2);
    const results = [];
    for (let round = 1; round <= rounds; round += 1) {
      const measured = { dashboard: await load(url, cookie, seconds), bare: await load(`${bare.url}/`, undefined, seconds) };
      results.push(measured);
      console.log(`  round ${round}: dashboard ${count(measured.dashboard)}/s, bare ${count(measured.bare)}/s`);
    }
    const rate = (name) => median(results.map((result) => result[name]));
    console.log(`median: dashboard ${count(rate('dashboard'))}/s, bare ${count(rate('bare'))}/s, ratio ${(rate('dashboard') / rate('bare')).toFixed(4)} (1 : ${(rate('bare') / rate('dashboard')).toFixed(1)})`);
  } finally {
    await bare.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Resident memory of a process in MiB. */
async function resident(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s*(\d+) kB/m)[1]) / 1024;
}

/**
 * Sends one request and goes away: at once or a few milliseconds later ("before the headers"), or when
 * the first bytes come ("after the first bytes"). Answers whether bytes had come.
 */
function drop(url, cookie, afterBytes, i) {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    // Many addresses of this machine, so that the ports of none run out.
    const socket = net.connect({ host: hostname, port: Number(port), localAddress: `127.0.0.${2 + (i % 30)}` });
    let answered = false;
    socket.setTimeout(30_000, () => socket.destroy(new Error('a request was not answered within 30 s')));
    socket.on('error', (error) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
    socket.on('close', () => resolve(answered));
    socket.on('data', () => { answered = true; socket.destroy(); });
    socket.on('connect', () => {
      socket.write(`GET ${page} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nCookie: ${cookie}\r\n\r\n`, () => {
        if (!afterBytes) setTimeout(() => socket.destroy(), i % 4);
      });
    });
  });
}

async function dropped(dashboard, cookie, afterBytes) {
  let next = 0;
  let answered = 0;
  const worker = async () => {
    while (next < drops) {
      const i = next;
      next += 1;
      if (await drop(dashboard.url, cookie, afterBytes, i)) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // A page after it: the program still answers, and what was given up has been cleaned away.
  await fetched(dashboard.url + page, cookie);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return answered;
}

async function memory(dashboard, cookie) {
  const show = async (label, note = '') => {
    console.log(`  ${label.padEnd(46)}${(await resident(dashboard.pid)).toFixed(1).padStart(8)} MiB${note}`);
  };
  console.log('\nMemory of a dashboard just started (resident)');
  await show('at rest, nobody signed in');
  const session = cookie ?? await signIn(dashboard.url, dashboard.token);
  await fetched(dashboard.url + page, session);
  await show('after one page');
  for (const pass of [1, 2]) {
    const early = await dropped(dashboard, session, false);
    await show(`pass ${pass}: ${count(drops)} dropped before the headers`, early ? `  (${count(early)} had been answered by then)` : '');
    const late = await dropped(dashboard, session, true);
    await show(`pass ${pass}: ${count(drops)} dropped after the first bytes`, late < drops ? `  (${count(drops - late)} got none)` : '');
  }
}

const sandbox = await startSandbox();
try {
  const { read_token: token } = await world(sandbox.url);
  const args = ['--api-url', `${sandbox.url}/v1`];

  const fast = await startDashboard(args);
  try {
    await speed(fast, await signIn(fast.url, token));
  } finally {
    await fast.stop();
  }

  if (process.platform === 'linux') {
    const fresh = await startDashboard(args);
    try {
      await memory({ ...fresh, token });
    } finally {
      await fresh.stop();
    }
  } else {
    console.log('\nMemory is read from /proc: only on Linux.');
  }
} finally {
  await sandbox.stop();
}
