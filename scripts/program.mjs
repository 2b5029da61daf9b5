// Starting the release program, signing in to it and talking to it: what size, bench and shots share.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { access, mkdtemp } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
export const program = path.join(root, 'target/release/vitosha');

// The tokens of the demo.
export const demo = { write: 'demo-write', read: 'demo-read' };

// All that is known here of the sign-in form. Its hidden fields are sent back as they came.
const form = { page: '/sign-in', action: '/do/sign-in', token: 'token' };

// What must not outlive this process, however it ends.
const running = new Set();
const directories = new Set();
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  directories.forEach((directory) => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(1));
}

/**
 * Starts a program and waits for the line that says where it listens. `announce` captures the address.
 * @returns {Promise<{url: string, pid: number, stop: () => Promise<void>}>}
 */
export async function start(command, args, announce, { env = {}, patience = 30_000 } = {}) {
  await access(command).catch(() => {
    throw new Error(`${path.relative(root, command)} is missing: run make build`);
  });
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => {
    running.delete(child);
    resolve(`ended with ${signal ?? code}`);
  }));

  let said = '';
  const address = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-20_000);
        const found = said.match(announce);
        if (found) resolve({ url: found[1].replace(/\/$/, '') });
      });
    }
  });
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(resolve, patience, `said nothing of its address for ${patience / 1000} s`); });
  const outcome = await Promise.race([address, ended, late]);
  clearTimeout(timer);

  const stop = async () => {
    if (!running.has(child)) return;
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), 12_000);
    await ended;
    clearTimeout(impatient);
  };
  if (typeof outcome === 'string') {
    await stop();
    throw new Error(`${path.basename(command)} ${args.join(' ')} ${outcome}.\n${said}`);
  }
  return { ...outcome, pid: child.pid, stop };
}

/** Starts the dashboard on a free port, with a data directory of its own that is removed at the end. */
export async function startDashboard(args = ['--demo']) {
  const data = await mkdtemp(path.join(tmpdir(), 'vitosha-'));
  directories.add(data);
  return start(
    program,
    ['serve', ...args, '--addr', '127.0.0.1:0', '--data-dir', data],
    /Vitosha listens at (http:\/\/\S+)/,
  );
}

/** Starts the sandbox alone. */
export function startSandbox() {
  return start(program, ['sandbox', '--addr', '127.0.0.1:0'], /Sandbox listens at (http:\/\/\S+)/);
}

/** One request, answered with the bytes as they were sent: nothing is followed, nothing decompressed. */
export function request(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers, agent: false, timeout: 30_000 }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode, headers: response.headers, bytes, text: () => bytes.toString('utf8') });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${url} was not answered within 30 s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The value of an attribute in the text of one tag. */
export function attribute(tag, name) {
  const found = tag.match(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i'));
  return found && decoded(found[1] ?? found[2] ?? found[3]);
}

function decoded(text) {
  return text.replace(/&quot;/g, '"').replace(/&#(?:39|x27);/gi, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

function keepCookies(jar, response) {
  for (const line of response.headers['set-cookie'] ?? []) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
    if (value === '' || /;\s*max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
}

const header = (jar) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** Signs in through the form, as a browser without JavaScript does. Answers the Cookie header. */
export async function signIn(url, token = demo.write) {
  const jar = new Map();
  const page = await request(url + form.page, { headers: { accept: 'text/html' } });
  if (page.status !== 200) throw new Error(`GET ${form.page} answered ${page.status}`);
  keepCookies(jar, page);

  const forms = page.text().match(/<form\b[\s\S]*?<\/form>/gi) ?? [];
  const found = forms.find((text) => new RegExp(`\\sname=["']?${form.token}["'\\s>]`).test(text));
  if (!found) throw new Error(`${form.page} has no form with a field "${form.token}"`);
  const fields = new URLSearchParams();
  for (const tag of found.match(/<input\b[^>]*>/gi) ?? []) {
    const name = attribute(tag, 'name');
    if (name && name !== form.token && attribute(tag, 'type') === 'hidden') fields.append(name, attribute(tag, 'value') ?? '');
  }
  fields.append(form.token, token);

  const action = attribute(found.match(/<form\b[^>]*>/i)[0], 'action') ?? form.action;
  const answer = await request(new URL(action, url + form.page), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      origin: url,
      referer: url + form.page,
      cookie: header(jar),
    },
    body: fields.toString(),
  });
  keepCookies(jar, answer);
  const to = answer.headers.location ?? '';
  if (answer.status < 300 || answer.status > 399 || new URL(to, url).pathname === form.page) {
    throw new Error(`Signing in was refused: POST ${action} answered ${answer.status} ${to}`);
  }
  return header(jar);
}
