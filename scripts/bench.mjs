// What the release costs: pages beside a compiled template and a bare server, the way from a click to the next page in a
// browser, a page of a long list beside one of a short, memory when browsers go away, reads through the gateway beside
// reads without it, a thousand open tabs, a long list decoded. Ratios of one run; nothing is asserted.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { request, root, signIn, startDashboard, startSandbox } from './program.mjs';
import { list } from './bench-parts/list.mjs';
import { live } from './bench-parts/live.mjs';
import { memory } from './bench-parts/memory.mjs';
import { paint } from './bench-parts/paint.mjs';
import { world } from './bench-parts/shared.mjs';
import { speed } from './bench-parts/speed.mjs';

// `make bench ARGS="reads live"`: only these parts.
const wanted = process.argv.slice(2);
const linux = process.platform === 'linux';

const sandbox = await startSandbox();
// Its clock stands still, so that the same is said twice.
const still = await world(sandbox.url, { seed: 'large', freeze: true });
const api = `${sandbox.url}/v1`;

async function withDashboard(measure) {
  const dashboard = await startDashboard(['--api-url', api]);
  try {
    await measure(dashboard);
  } finally {
    await dashboard.stop();
  }
}

/** A program of this workspace that measures by itself. */
function example(name, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(root, 'target/release/examples', name), args, { env: { ...process.env, ...env }, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}`))));
  });
}

const parts = {
  pages: () => withDashboard(async (dashboard) => speed(dashboard, await signIn(dashboard.url, still.read_token))),
  paint: () => withDashboard(async (dashboard) => {
    const usual = await world(sandbox.url, { seed: 'typical', freeze: true });
    await paint(dashboard, await signIn(dashboard.url, usual.read_token));
  }),
  list: () => withDashboard(async (dashboard) => {
    const fifty = await world(sandbox.url, { seed: 'fifty', freeze: true });
    const all = await world(sandbox.url, { seed: 'large', freeze: true });
    const accounts = [];
    for (const [name, { id, read_token }] of [['50 of 5,000', all], ['50 of 50', fifty]]) {
      accounts.push({ name, id, cookie: await signIn(dashboard.url, read_token) });
    }
    await list(dashboard, sandbox.url, accounts);
  }),
  memory: () => withDashboard((dashboard) => memory({ ...dashboard, token: still.read_token })),
  live: () => withDashboard(async (dashboard) => {
    const moving = await world(sandbox.url, { seed: 'typical' });
    // Something must change for as long as it is followed.
    await request(`${api}/isos`, {
      method: 'POST',
      headers: { authorization: `Bearer ${moving.write_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: 'https://mirror.example.org/slow.iso?seconds=600' }),
    });
    await live(dashboard, await signIn(dashboard.url, moving.read_token), sandbox.url, moving.id);
  }),
  reads: async () => {
    console.log('\nReads of single servers, 32 at a time, side by side');
    await example('reads', [api], { VITOSHA_BENCH_TOKEN: still.read_token });
  },
  decode: async () => {
    console.log('\nA list of 5,000 servers decoded');
    await example('decode', []);
  },
};

try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    // Memory and processor time are read from /proc.
    if (!linux && ['list', 'memory', 'live'].includes(name)) console.log(`\n${name}: only on Linux`);
    else await measure();
  }
} finally {
  await sandbox.stop();
}
