// What must hold on every page: headers, cookies, and the token that is never seen again.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { send } from '../support/forms.ts';
import { said, startConsole, temporary } from '../support/programs.ts';
import { expect, signInByForm, signOut, test, type Page } from '../support/test.ts';
import type { World } from '../support/world.ts';

/** One address of each kind of answer. */
async function addresses(world: World): Promise<string[]> {
  const [server, ticket] = [await world.server('web-1'), await world.ticket('No route')];
  const [[iso], [invoice]] = [await world.ask('/isos'), await world.ask('/invoices')];
  return [
    '/',
    '/sign-in',
    '/servers',
    `/servers/${server.id}`,
    `/servers/${server.id}?confirm=restart`,
    '/isos',
    '/isos/new',
    `/isos/${iso.id}`,
    '/invoices',
    `/invoices/${invoice.id}`,
    '/tickets',
    '/tickets/new',
    `/tickets/${ticket.id}`,
    '/servers?page=x',
    '/servers/0',
    '/nowhere',
    '/live?feed=isos.x&once=1',
    '/do/sign-out',
    '/healthz',
    '/robots.txt',
  ];
}

const look = (page: Page, address: string) => page.request.get(address, { maxRedirects: 0 });

test('security headers stand on every answer', async ({ page, world, baseURL }) => {
  await signInByForm(page, world.writeToken, '/isos');
  const all = await addresses(world);
  const [invoice] = await world.ask('/invoices');
  const answers = [
    ...(await Promise.all(all.map(async (address) => ({ address, answer: await look(page, address) })))),
    { address: 'a refused form', answer: await send(page, '/do/isos/add', {}, { origin: 'https://evil.example' }) },
    { address: 'a form that leads on', answer: await send(page, '/do/isos/add', {}) },
    { address: 'a file', answer: await send(page, `/invoices/${invoice.id}/pdf`, {}) },
  ];
  for (const { address, answer } of answers) {
    const headers = answer.headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, address).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'wasm-unsafe-eval'/);
    expect(policy, address).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "style-src 'self'"]) {
      expect(policy, address).toContain(rule);
    }
    expect(headers['x-content-type-options'], address).toBe('nosniff');
    expect(headers['x-frame-options'], address).toBe('DENY');
    expect(headers['referrer-policy'], address).toBe('same-origin');
    expect(headers['cross-origin-opener-policy'], address).toBe('same-origin');
    expect(headers['x-request-id'], address).toMatch(/^[0-9a-f]{16}$/);
    if (address !== '/robots.txt') expect(headers['cache-control'], address).toBe('no-store');
    expect(headers['access-control-allow-origin'], address).toBeUndefined();
    expect(headers.server, address).toBeUndefined();
  }
  const nonces = answers.map(({ answer }) => answer.headers()['content-security-policy'].match(/nonce-(\w+)/)![1]);
  expect(new Set(nonces).size, 'each answer has its own nonce').toBe(nonces.length);
  expect(baseURL).toBeTruthy();
});

test('scripts and styles last for ever, and are found by their content', async ({ page, world }) => {
  await signInByForm(page, world.writeToken, '/isos');
  const html = await (await look(page, '/isos')).text();
  const files = [...new Set(html.match(/\/pkg\/[\w.-]+/g))];
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const file of files) {
    expect(file).toMatch(/\.[\w-]{22}\.(js|wasm|css)$/);
    const answer = await look(page, file);
    expect(answer.status(), file).toBe(200);
    expect(answer.headers()['cache-control'], file).toBe('public, max-age=31536000, immutable');
    expect(answer.headers()['content-encoding'], file).toBe('br');
  }
});

test('the session cookie: not for scripts, not for other sites, new at each sign-in', async ({ page, context, world }) => {
  await signInByForm(page, world.writeToken);
  const [first] = await context.cookies();
  expect(await context.cookies()).toHaveLength(1);
  expect(first).toMatchObject({ name: 'vitosha-dev', httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' });
  expect(first.value.length).toBeGreaterThanOrEqual(20);
  expect(first.value).not.toContain(world.writeToken);
  await signInByForm(page, world.writeToken);
  const [second] = await context.cookies();
  expect(second.value).not.toBe(first.value);
  // One that somebody planted is never taken over.
  await signOut(page);
  await context.clearCookies();
  await context.addCookies([{ ...first, value: 'AAAAAAAAAAAAAAAAAAAAAA' }]);
  await signInByForm(page, world.writeToken);
  expect((await context.cookies())[0].value).not.toBe('AAAAAAAAAAAAAAAAAAAAAA');
});

test('signing out clears what the browser kept', async ({ page, world }) => {
  await signInByForm(page, world.writeToken);
  const answer = await send(page, '/do/sign-out', {});
  expect(answer.headers()['clear-site-data']).toBe('"cache", "prefetchCache"');
  expect(answer.headers()['set-cookie']).toMatch(/vitosha-dev=;.*Max-Age=0|Expires=/i);
});

test('who is not signed in sees nothing', async ({ page, world }) => {
  await page.goto('/sign-in');
  for (const address of await addresses(world)) {
    const answer = await look(page, address);
    if (['/sign-in', '/healthz', '/robots.txt', '/do/sign-out'].includes(address)) continue;
    if (address.startsWith('/live')) {
      expect(answer.status()).toBe(401);
      continue;
    }
    expect(answer.status(), address).toBe(303);
    expect(answer.headers().location, address).toMatch(/^\/sign-in(\?next=|$)/);
    expect(await answer.text(), address).not.toContain('web-1');
  }
  const [invoice] = await world.ask('/invoices');
  expect((await send(page, `/invoices/${invoice.id}/pdf`, {})).headers().location).toMatch(/^\/sign-in/);
});

test('the token is in nothing that the console answers, writes down or stores', async ({ page, house, world, guard }) => {
  const data = temporary('data');
  const console = await startConsole({ sandbox: house.sandbox, data });
  guard.trusts(console.url);
  guard.expects(422, /^\//);
  const secret = world.writeToken;
  const texts = new Map<string, string>();
  await page.goto(`${console.url}/sign-in`);
  await page.getByLabel('API token').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  for (const address of await addresses(world)) {
    const answer = await page.request.get(console.url + address, { maxRedirects: 0 });
    texts.set(address, JSON.stringify(answer.headers()) + (await answer.text()));
  }
  // A live stream too, for its first messages.
  const live = await page.request.get(`${console.url}/live?feed=isos.x&feed=statuses.x&once=1`);
  texts.set('/live', await live.text());
  expect(await live.text()).toContain('"values"');
  // Refused forms, one of them with the token where it does not belong.
  for (const fields of [{}, { url: secret }, { once: secret, account: secret }]) {
    const answer = await send(page, '/do/isos/add', fields);
    texts.set(`a refused form ${Object.keys(fields)}`, JSON.stringify(answer.headers()) + (await answer.text()));
  }
  await world.force('*', { status: 500, times: 0 });
  texts.set('a page in trouble', await (await page.request.get(`${console.url}/invoices?page=2`)).text());
  await world.release();
  // A refused token must not come back either.
  const mistyped = `${secret.slice(0, -1)}x`;
  const refused = await send(page, '/do/sign-in', { token: mistyped, person: 'Ada' });
  texts.set('a refused sign-in', JSON.stringify(refused.headers()) + (await refused.text()));
  await console.stop();

  const log = said(console);
  expect(log, 'the log is written').toContain('/do/sign-in');
  texts.set('the log', log);
  for (const [what, text] of texts) {
    expect(text.includes(secret), `the token is in ${what}`).toBe(false);
    expect(text.includes(mistyped), `the refused token is in ${what}`).toBe(false);
  }
  const files = readdirSync(data);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const bytes = readFileSync(path.join(data, file));
    expect(bytes.includes(secret), `the token is in ${file}`).toBe(false);
    expect(bytes.includes(world.email), `the e-mail is in ${file}`).toBe(false);
  }
});

