// Does memory grow when browsers go away?

import net from 'node:net';
import { signIn } from '../program.mjs';
import { count, fetched, resident } from './shared.mjs';
import { page } from './speed.mjs';

const drops = Number(process.env.BENCH_DROPS ?? 20_000);
const atOnce = 64;

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

export async function memory(dashboard, cookie) {
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
