// What the parts of the bench share: a world to measure in, and numbers as text.

import { readFile } from 'node:fs/promises';
import { request } from '../program.mjs';

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const count = (n) => Math.round(n).toLocaleString('en-US');

/** A world of its own in the sandbox, without a limit. */
export async function world(sandbox, settings) {
  const answer = await request(`${sandbox}/_sandbox/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rate_limit: 100_000_000, ...settings }),
  });
  if (answer.status < 200 || answer.status > 299) throw new Error(`The sandbox made no account: ${answer.status} ${answer.text()}`);
  return JSON.parse(answer.text());
}

export async function fetched(url, cookie) {
  const answer = await request(url, { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
  if (answer.status !== 200) throw new Error(`GET ${url} answered ${answer.status} ${answer.headers.location ?? ''}`);
  return answer.bytes;
}

/** Resident memory of a process in MiB. */
export async function resident(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s*(\d+) kB/m)[1]) / 1024;
}

/** Processor time that a process has used so far, in seconds. */
export async function used(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Linux counts in hundredths.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** How many requests a world has received. */
export async function asked(sandbox, account) {
  const journal = JSON.parse((await request(`${sandbox}/_sandbox/journal?account=${account}`)).text());
  return journal.length;
}
