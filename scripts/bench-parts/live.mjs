// A thousand tabs that follow one download: how often is the provider asked, and what does it cost?

import http from 'node:http';
import { asked, count, resident, used } from './shared.mjs';

const subscribers = Number(process.env.BENCH_SUBSCRIBERS ?? 1_000);
const seconds = Number(process.env.BENCH_LIVE_SECONDS ?? 20);

/** One tab: resolves when the first value has come; `heard` counts what comes. */
function follow(url, cookie, heard) {
  return new Promise((resolve, reject) => {
    const stream = http.get(url, { headers: { accept: 'text/event-stream', cookie }, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.setEncoding('utf8').on('data', (text) => {
        const values = text.split('"values"').length - 1;
        heard.values += values;
        if (values > 0) resolve(stream);
      });
      response.on('error', () => undefined);
    });
    stream.on('error', reject);
  });
}

export async function live(dashboard, cookie, sandbox, account) {
  console.log(`\n${count(subscribers)} tabs follow the ISOs of one account for ${seconds} s`);
  const [atRest, heard] = [await resident(dashboard.pid), { values: 0 }];
  const streams = [];
  // In groups, so that the listening queue does not decide.
  for (let begun = 0; begun < subscribers; begun += 50) {
    const group = Array.from({ length: Math.min(50, subscribers - begun) }, () => follow(`${dashboard.url}/live?feed=isos.`, cookie, heard));
    streams.push(...await Promise.all(group));
  }
  const before = { asked: await asked(sandbox, account), used: await used(dashboard.pid), heard: heard.values, at: Date.now() };
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const period = (Date.now() - before.at) / 1000;
  const [calls, processor] = [await asked(sandbox, account) - before.asked, await used(dashboard.pid) - before.used];
  console.log(`  calls of the provider                    ${(calls / period).toFixed(2).padStart(8)} per second`);
  console.log(`  values sent                              ${count((heard.values - before.heard) / period).padStart(8)} per second`);
  console.log(`  processor                                ${((processor / period) * 100).toFixed(1).padStart(8)} % of one core`);
  console.log(`  memory                                   ${(await resident(dashboard.pid)).toFixed(1).padStart(8)} MiB (${atRest.toFixed(1)} before)`);
  streams.forEach((stream) => stream.destroy());
}
