// What a page of 50 servers costs the dashboard when there are 5,000 of them, beside one of an account that has just 50;
// and how often the provider is asked to show it, for the first time and again.

import { asked, count, fetched, used } from './shared.mjs';

const page = '/servers?per_page=50';
const pages = Number(process.env.BENCH_LIST_PAGES ?? 400);
const rounds = 3;

/** Processor time of the dashboard for a page, in milliseconds. */
async function cost(dashboard, cookie) {
  const before = await used(dashboard.pid);
  for (let made = 0; made < pages; made += 1) await fetched(dashboard.url + page, cookie);
  return ((await used(dashboard.pid) - before) * 1000) / pages;
}

/** `accounts`: name, cookie and world of each, the larger first. */
export async function list(dashboard, sandbox, accounts) {
  console.log(`\n${page}: ${pages} pages one after the other, ${rounds} rounds, side by side`);
  for (const { name, cookie, id } of accounts) {
    const calls = [await asked(sandbox, id)];
    for (let times = 0; times < 2; times += 1) {
      await fetched(dashboard.url + page, cookie);
      calls.push(await asked(sandbox, id));
    }
    console.log(`  ${name.padEnd(28)} calls of the provider: ${calls[1] - calls[0]} cold, ${calls[2] - calls[1]} warm`);
  }
  const costs = accounts.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, { cookie }] of accounts.entries()) costs[place].push(await cost(dashboard, cookie));
  }
  const least = costs.map((all) => Math.min(...all));
  for (const [place, { name }] of accounts.entries()) {
    console.log(`  ${name.padEnd(28)} ${least[place].toFixed(2).padStart(8)} ms of processor a page (${count(1000 / least[place])} a second)`);
  }
  console.log(`  ${accounts.map(({ name }) => name).join(' : ')} = ${(least[0] / least[1]).toFixed(2)}`);
}
