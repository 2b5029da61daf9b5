// What people mistype and what others send on purpose: a clear word at its place, nothing lost, nothing broken.

import { fieldsOf, send, withoutBrowserChecks } from '../support/forms.ts';
import { alive, expect, heading, row, signIn, test } from '../support/test.ts';
import { World } from '../support/world.ts';

test.describe('the token', () => {
  for (const { what, token, words } of [
    { what: 'empty', token: '', words: "Paste the token from the provider's client area." },
    { what: 'only spaces', token: '   ', words: "Paste the token from the provider's client area." },
    { what: '10 kB long', token: 'a'.repeat(10_240), words: 'This is longer than any token.' },
    { what: 'not ASCII', token: 'жетон-на-Ада', words: 'This is not a token' },
    { what: 'in two parts', token: 'sandbox write', words: 'This is not a token' },
    { what: 'with a null', token: 'sandbox\u0000write', words: 'This is not a token' },
  ]) {
    test(`${what}: refused in its own words, without asking the provider`, async ({ page, guard, house }) => {
      guard.expects(422, '/sign-in');
      const unknown = async () => {
        const journal: { token: string }[] = await (await fetch(`${house.sandbox.url}/_sandbox/journal`)).json();
        return journal.filter((entry) => entry.token === 'unknown').length;
      };
      const before = await unknown();
      await page.goto('/sign-in?next=%2Fisos');
      await withoutBrowserChecks(page);
      await page.getByLabel('API token').fill(token);
      await page.getByLabel('Your name').fill('Ада');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByRole('alert')).toContainText(words);
      await expect(page.getByLabel('Your name')).toHaveValue('Ада');
      await expect(page.getByText('You will be led to /isos afterwards.')).toBeVisible();
      expect(await unknown()).toBe(before);
    });
  }

  test('empty: the browser says so before anything is sent', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('API token')).toBeFocused();
    await expect(page).toHaveURL('/sign-in');
  });

  test('with spaces around it: it is taken', async ({ page, world }) => {
    await page.goto('/sign-in');
    await page.getByLabel('API token').fill(`  ${world.writeToken} `);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(heading(page, 'Overview')).toBeVisible();
  });
});

test.describe('ids that are none', () => {
  for (const { path, what } of [
    { path: '/servers', what: 'server' },
    { path: '/isos', what: 'ISO' },
    { path: '/invoices', what: 'invoice' },
    { path: '/tickets', what: 'ticket' },
  ]) {
    test(`${path}/…: 404 that helps`, async ({ page, world, guard }) => {
      guard.expects(404, /^\//);
      await signIn(page, world.writeToken, '/invoices');
      for (const id of ['abc', '-1', '0', '99999999', '1e9', '18446744073709551616', '7%20', '%00', '%F0%9F%92%A9', "1'--"]) {
        const answer = await page.goto(`${path}/${id}`);
        expect(answer!.status(), id).toBe(404);
        await expect(page.getByText(`There is no ${what} here.`), id).toBeVisible();
      }
      await expect(page.getByRole('main')).toContainText(`You are signed in as ${world.email}`);
    });
  }

  test('those of another account: as if they were not there', async ({ page, world, house, guard }) => {
    guard.expects(404, /^\//);
    const other = await World.make(house.sandbox, { seed: 'small' });
    const [server, [iso], [invoice], ticket] = await Promise.all([
      other.server('web-1'),
      other.ask('/isos'),
      other.ask('/invoices'),
      other.ticket('No route'),
    ]);
    await signIn(page, world.writeToken, '/servers');
    for (const address of [`/servers/${server.id}`, `/isos/${iso.id}`, `/invoices/${invoice.id}`, `/tickets/${ticket.id}`]) {
      const answer = await page.goto(address);
      expect(answer!.status(), address).toBe(404);
      await expect(page.getByRole('main')).toContainText('belong to another account');
    }
    const pdf = await send(page, `/invoices/${invoice.id}/pdf`, {});
    expect(pdf.headers().location).toBe(`/invoices/${invoice.id}?failed=not-found`);
  });

  test('an address that is none: 404 with ways on', async ({ page, world, guard }) => {
    guard.expects(404, /^\//);
    await signIn(page, world.writeToken, '/servers');
    for (const address of ['/nowhere', '/servers/1/2/3', '/<script>alert(1)</script>', '/%2e%2e/%2e%2e/etc/passwd']) {
      expect((await page.goto(address))!.status(), address).toBe(404);
    }
    expect((await page.request.get('/pkg/nothing.js')).status()).toBe(404);
    await page.goto('/nowhere');
    await expect(heading(page, 'There is no such page')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Invoices' }).click();
    await expect(heading(page, 'Invoices')).toBeVisible();
  });
});

test.describe('page numbers', () => {
  test.use({ seed: 'typical' });

  for (const list of ['/servers', '/invoices', '/tickets']) {
    test(`of ${list}: nonsense is said, the far end too`, async ({ page, world, guard }) => {
      guard.expects(422, /page=/);
      guard.expects(404, /page=/);
      await signIn(page, world.writeToken, list);
      for (const [number, status, words] of [
        ['0', 422, 'There is no page “0”: pages are whole numbers from 1.'],
        ['x', 422, 'There is no page “x”'],
        ['-1', 422, 'There is no page “-1”'],
        ['1.5', 422, 'There is no page “1.5”'],
        ['99999999999999999999', 422, 'There is no page “99999999999999999999”'],
        ['1000000000', 404, 'There is no page 1000000000.'],
        ['77', 404, 'There is no page 77.'],
      ] as const) {
        const answer = await page.goto(`${list}?page=${number}`);
        expect(answer!.status(), number).toBe(status);
        await expect(page.getByRole('main'), number).toContainText(words);
      }
      await page.getByRole('link', { name: 'First page' }).click();
      await expect(page).toHaveURL(list);
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    });
  }

  test('other parts of a list’s address: nonsense breaks nothing', async ({ page, world, guard }) => {
    guard.expects(422, /^\/servers\?/);
    guard.expects(404, /^\/servers\?/);
    await signIn(page, world.writeToken, '/servers');
    for (const query of ['sort=nonsense', 'state=nonsense', 'per_page=0', 'per_page=100000', 'per_page=x', `q=${'x'.repeat(3000)}`, 'q=%00%ff%FE', 'q=a&q=b', '%', 'confirm=restart', 'draft=' + 'f'.repeat(32)]) {
      const answer = await page.goto(`/servers?${query}`);
      expect(answer!.status(), query).toBeLessThan(500);
      await expect(heading(page, 'Servers'), query).toBeVisible();
    }
  });
});

test.describe('the address of an ISO', () => {
  for (const { what, url, words } of [
    { what: 'empty', url: '', words: 'Enter the address of the image.' },
    { what: 'no address at all', url: 'debian.iso', words: 'This is not an address.' },
    { what: 'ftp', url: 'ftp://mirror.example.org/a.iso', words: 'Only http and https addresses can be downloaded.' },
    { what: 'a script', url: 'javascript:alert(1)', words: 'Only http and https addresses can be downloaded.' },
    { what: 'with credentials', url: 'https://ada:secret@mirror.example.org/a.iso', words: 'Leave out name and password' },
    { what: 'too long', url: `https://mirror.example.org/${'a'.repeat(2100)}`, words: 'At most 2048 characters; these are 2127\\.' },
  ]) {
    test(`${what}: an error at the field, what was typed stays`, async ({ page, world, guard, scripts }) => {
      guard.expects(422, '/isos/new');
      await signIn(page, world.writeToken, '/isos/new');
      await alive(page, scripts);
      await withoutBrowserChecks(page);
      await page.getByLabel('Address').fill(url);
      await page.getByRole('button', { name: 'Add ISO' }).click();
      const summary = page.getByRole('alert');
      await expect(summary).toContainText('1 field below needs another look.');
      await expect(summary).toBeFocused();
      await expect(page.getByLabel('Address')).toHaveAccessibleDescription(new RegExp(words));
      await summary.getByRole('link', { name: new RegExp(`^Address: .*${words}`) }).click();
      await expect(page).toHaveURL(/#field-url$/);
      await expect(page.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByLabel('Address')).toHaveValue(url);
      expect(await world.journal('createIso')).toHaveLength(0);
    });
  }

  test('private: a warning first; sent once more it goes through', async ({ page, world, guard }) => {
    guard.expects(422, '/isos/new');
    await signIn(page, world.writeToken, '/isos/new');
    await page.getByLabel('Address').fill('http://192.168.7.7/own.iso?seconds=600');
    await page.getByRole('button', { name: 'Add ISO' }).click();
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/This address is in a private network/);
    expect(await world.journal('createIso')).toHaveLength(0);
    // Another private address is warned of anew.
    await page.getByLabel('Address').fill('http://nas.local/own.iso?seconds=600');
    await page.getByRole('button', { name: 'Add ISO' }).click();
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/This address is in a private network/);
    await expect(page.getByLabel('Address')).toHaveValue('http://nas.local/own.iso?seconds=600');
    await page.getByRole('button', { name: 'Add ISO' }).click();
    await expect(heading(page, 'own.iso')).toBeVisible();
    expect(await world.journal('createIso')).toHaveLength(1);
  });

  test('already there: the provider’s words at the field', async ({ page, world, guard }) => {
    guard.expects(422, '/isos/new');
    await world.addIso('https://mirror.example.org/twice.iso?seconds=600');
    await signIn(page, world.writeToken, '/isos/new');
    await page.getByLabel('Address').fill('https://mirror.example.org/twice.iso?seconds=600');
    await page.getByRole('button', { name: 'Add ISO' }).click();
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/The provider says: The url has already been taken\./);
    await expect(page.getByLabel('Address')).toHaveValue('https://mirror.example.org/twice.iso?seconds=600');
  });
});

test.describe('the text of a ticket', () => {
  const hostile = 'Look: </textarea><script>document.title = "broken"</script> & "quotes" \'too\' \u202eabc 😀\nsecond line';

  test('hostile and refused: it comes back as it was typed', async ({ page, world, guard }) => {
    guard.expects(422, '/tickets/new');
    await signIn(page, world.writeToken, '/tickets/new');
    // Long enough for the browser, too short without the spaces: refused by the console.
    await page.getByLabel('Subject').fill('a     ');
    await page.getByRole('textbox', { name: 'Message' }).fill(hostile);
    await page.getByRole('button', { name: 'Open ticket' }).click();
    await expect(page.getByLabel('Subject')).toHaveAccessibleDescription(/At least 3 characters\./);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(hostile);
    await expect(page).toHaveTitle('New ticket · Vitosha');
    await page.getByLabel('Subject').fill('</title><script>alert(1)</script>');
    await page.getByRole('button', { name: 'Open ticket' }).click();
    await expect(heading(page, '</title><script>alert(1)</script>')).toBeVisible();
    await expect(page).toHaveTitle('</title><script>alert(1)</script> · Vitosha');
    await expect(page.getByRole('listitem').filter({ hasText: 'Look: </textarea><script>document.title = "broken"</script>' })).toBeVisible();
    await expect(page.getByText('second line')).toBeVisible();
    await page.goto('/tickets');
    await expect(row(page, '</title><script>alert(1)</script>')).toBeVisible();
  });

  test('too long for the provider’s patience: said at the field, with the number', async ({ page, world, guard }) => {
    guard.expects(422, /^\/tickets\//);
    const { id } = await world.ticket('No route');
    await signIn(page, world.writeToken, `/tickets/${id}`);
    await withoutBrowserChecks(page);
    await page.getByRole('textbox', { name: 'Message' }).fill('x'.repeat(10_001));
    await page.getByRole('button', { name: 'Send reply' }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(/At most 10000 characters; these are 10001\./);
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('x'.repeat(10_001));
  });

  test('the longest that is allowed, in three bytes a letter, goes through', async ({ page, world }) => {
    const { id } = await world.ticket('No route');
    await signIn(page, world.writeToken, `/tickets/${id}`);
    await page.getByRole('textbox', { name: 'Message' }).fill('語'.repeat(10_000));
    await page.getByRole('button', { name: 'Send reply' }).click();
    await expect(page.getByText('Your message is sent.')).toBeVisible();
  });
});

test.describe('forms that no page has made', () => {
  test.beforeEach(async ({ page, world }) => {
    await signIn(page, world.writeToken, '/isos/new');
  });

  const url = 'https://mirror.example.org/once.iso?seconds=600';

  test('5 MB: 413, with a way on', async ({ page }) => {
    const answer = await send(page, '/do/isos/add', `url=${'a'.repeat(5 << 20)}`);
    expect(answer.status()).toBe(413);
    const words = await answer.text();
    expect(words).toContain('That is too much');
    expect(words).toContain('<a href="/"');
  });

  test('far too much in a real form: the console says so, the browser shows it', async ({ page, guard }) => {
    guard.expects(413, '/do/isos/add');
    await withoutBrowserChecks(page);
    await page.getByLabel('Address').evaluate((field) => ((field as HTMLInputElement).value = 'a'.repeat(5 << 20)));
    await page.getByRole('button', { name: 'Add ISO' }).click();
    await expect(heading(page, 'That is too much')).toBeVisible();
    await page.goBack();
    await expect(heading(page, 'Add ISO')).toBeVisible();
  });

  test('sent twice: done once, answered twice alike', async ({ page, world }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    const [first, second] = [await send(page, '/do/isos/add', fields), await send(page, '/do/isos/add', fields)];
    expect(first.status()).toBe(303);
    expect(first.headers().location).toMatch(/^\/isos\/\d+\?done=iso-added$/);
    expect(second.headers().location).toBe(first.headers().location);
    expect(await world.journal('createIso')).toHaveLength(1);
  });

  test('sent five times at the same moment: done once', async ({ page, world }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    await world.force('createIso', { delay_ms: 500 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(page, '/do/isos/add', fields)));
    expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303, 303, 303]);
    expect(await world.journal('createIso')).toHaveLength(1);
  });

  test('the same number with other content: refused, nothing done', async ({ page, world, guard }) => {
    guard.expects(422, '/isos/new');
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    await send(page, '/do/isos/add', fields);
    const other = await send(page, '/do/isos/add', { ...fields, url: `${url}&other` });
    await page.goto(other.headers().location);
    await expect(page.getByRole('alert')).toContainText('This form was sent before, with other content. Nothing was done now');
    await expect(page.getByLabel('Address')).toHaveValue(`${url}&other`);
    expect(await world.journal('createIso')).toHaveLength(1);
  });

  test('without its number: refused, kept, nothing done', async ({ page, world, guard }) => {
    guard.expects(422, '/isos/new');
    const { once: _, ...fields } = await fieldsOf(page, 'Add ISO');
    for (const once of [undefined, '', 'x', 'z'.repeat(32), '<script>']) {
      const answer = await send(page, '/do/isos/add', { ...fields, url, ...(once === undefined ? {} : { once }) });
      expect(answer.status(), once).toBe(303);
      await page.goto(answer.headers().location);
      await expect(page.getByRole('alert')).toContainText('The form came without its own number.');
      await expect(page.getByLabel('Address')).toHaveValue(url);
    }
    expect(await world.journal('createIso')).toHaveLength(0);
  });

  test('a field missing: an error at the field', async ({ page, guard }) => {
    guard.expects(422, '/isos/new');
    const { url: _, ...fields } = await fieldsOf(page, 'Add ISO');
    const answer = await send(page, '/do/isos/add', fields);
    await page.goto(answer.headers().location);
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(/Enter the address of the image\./);
  });

  test('a field doubled: the last one counts', async ({ page, world }) => {
    const fields = await fieldsOf(page, 'Add ISO');
    const body = new URLSearchParams({ ...fields, url: 'https://mirror.example.org/first.iso?seconds=600' });
    body.append('url', url);
    const answer = await send(page, '/do/isos/add', body.toString());
    await page.goto(answer.headers().location);
    await expect(heading(page, 'once.iso')).toBeVisible();
    expect(await world.journal('createIso')).toHaveLength(1);
  });

  test('nonsense instead of a form: nothing breaks', async ({ page, world }) => {
    for (const path of ['/do/isos/add', '/do/isos/delete', '/do/servers/power', '/do/tickets/open', '/do/tickets/reply', '/do/tickets/resolve', '/do/sign-in']) {
      for (const body of ['', '%', '&&&===', '\u0000\u0001', '{"url": 1}', 'id=abc', 'id=-1', 'id=99999999999999999999', 'a=1&'.repeat(1000)]) {
        const answer = await send(page, path, body);
        expect(answer.status(), `${path} ${body.slice(0, 20)}`).toBeLessThan(500);
      }
      const json = await send(page, path, '{"id": 1}', { headers: { 'content-type': 'application/json' } });
      expect(json.status(), path).toBeLessThan(500);
      const multipart = await send(page, path, 'x', { headers: { 'content-type': 'multipart/form-data' } });
      expect(multipart.status(), path).toBeLessThan(500);
    }
    // The session is still there, and nothing was changed.
    await page.goto('/isos');
    await expect(row(page, 'debian')).toBeVisible();
    expect((await world.journal()).filter((entry) => entry.method !== 'GET' && entry.operation !== 'calculateServersRenew')).toEqual([]);
  });

  test('ids and actions that are none: said, nothing done', async ({ page, world, guard }) => {
    guard.expects(422, /^\/(servers|tickets|isos)/);
    guard.expects(404, /^\/(servers|tickets|isos)/);
    const { account } = await fieldsOf(page, 'Add ISO');
    const { id } = await world.server('web-1');
    const once = () => crypto.randomUUID().replaceAll('-', '');
    for (const [path, fields, words] of [
      ['/do/servers/power', { id: 'abc', action: 'restart' }, 'Which server? Choose it in the list.'],
      ['/do/servers/power', { id: `${id}`, action: 'explode' }, 'What should be done? Choose an action.'],
      ['/do/tickets/reply', { id: '-1', message: 'hello there' }, 'Which ticket? Choose it in the list.'],
      ['/do/isos/delete', { id: 'x', name: 'x' }, 'Which ISO? Choose it in the list.'],
    ] as const) {
      const answer = await send(page, path, { account, once: once(), ...fields });
      expect(answer.status(), path).toBe(303);
      await page.goto(answer.headers().location);
      await expect(page.getByRole('alert'), path).toContainText(words);
    }
    expect((await world.journal()).filter((entry) => entry.method !== 'GET' && entry.operation !== 'calculateServersRenew')).toEqual([]);
  });

  test('from elsewhere: 403, nothing done', async ({ page, world }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    const own = new URL(page.url());
    for (const [what, sending] of Object.entries({
      'another origin': { origin: 'https://evil.example' },
      'another port': { origin: `http://${own.hostname}:1` },
      'no origin': { origin: null },
      'the null origin': { origin: 'null' },
      'a page of another site': { headers: { 'sec-fetch-site': 'cross-site' } },
      'a neighbour': { origin: null, headers: { 'sec-fetch-site': 'same-site' } },
    })) {
      const answer = await send(page, '/do/isos/add', fields, sending);
      expect(answer.status(), what).toBe(403);
      expect(await answer.text(), what).toContain('nothing was done');
    }
    expect(await world.journal('createIso')).toHaveLength(0);
  });

  test('without Referer, and where only Sec-Fetch-Site tells: it works', async ({ page, world }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    // `send` sends no Referer.
    expect((await send(page, '/do/isos/add', fields)).headers().location).toMatch(/done=iso-added/);
    const again = { ...fields, once: crypto.randomUUID().replaceAll('-', ''), url: `${url}&second` };
    const answer = await send(page, '/do/isos/add', again, { origin: null, headers: { 'sec-fetch-site': 'same-origin' } });
    expect(answer.headers().location).toMatch(/done=iso-added/);
    expect(await world.journal('createIso')).toHaveLength(2);
  });

  test('to another name of the machine: refused', async ({ page }) => {
    const own = new URL(page.url());
    const answer = await page.request.get(`${own.origin}/servers`, { headers: { host: 'evil.example' }, maxRedirects: 0 });
    expect(answer.status()).toBe(421);
  });

  test('nothing is changed by a link', async ({ page, world }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    const answer = await page.request.get(`/do/isos/add?${new URLSearchParams(fields)}`, { maxRedirects: 0 });
    expect(answer.status()).toBe(405);
    expect(await world.journal('createIso')).toHaveLength(0);
    expect((await page.request.get('/do/sign-out', { maxRedirects: 0 })).status()).toBe(405);
    await page.goto('/isos');
    await expect(row(page, 'debian')).toBeVisible();
  });

  test('a form of another account: nothing is done with this one', async ({ page, world, house }) => {
    const fields = { ...(await fieldsOf(page, 'Add ISO')), url };
    const other = await World.make(house.sandbox, { seed: 'empty' });
    await signIn(page, other.writeToken, '/isos');
    const answer = await send(page, '/do/isos/add', fields);
    expect(answer.headers().location).toMatch(/^\/sign-in\?reason=not-signed-in&next=/);
    // The other account does not see what was typed.
    const draft = new URL(answer.headers().location, page.url()).searchParams.get('next')!;
    await page.goto(draft);
    await expect(page.getByLabel('Address')).toHaveValue('');
    expect(await other.journal('createIso')).toHaveLength(0);
    expect(await world.journal('createIso')).toHaveLength(0);
  });
});

test('next= leads to our own pages only', async ({ page, world }) => {
  await page.goto('/sign-in');
  for (const next of [
    '/\r\nSet-Cookie: x=1',
    '/%0d%0aSet-Cookie:x',
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/do/sign-out',
    '/sign-in?next=/servers',
    `/${'a'.repeat(3000)}`,
  ]) {
    const answer = await send(page, '/do/sign-in', { token: world.writeToken, next });
    expect(answer.status(), next).toBe(303);
    const { location, ...headers } = answer.headers();
    const to = new URL(location, page.url());
    expect(to.origin, next).toBe(new URL(page.url()).origin);
    expect(location, next).not.toMatch(/evil|javascript|^\/do\//);
    expect(headers['set-cookie'] ?? '', next).not.toMatch(/(^|\n)\s*x=1/i);
  }
});

test('next= in the address: shown as text, followed only to our own pages', async ({ page, world, guard }) => {
  guard.expects(404, /^\//);
  for (const next of ['//evil.example', 'https://evil.example/', '%0d%0aSet-Cookie:x', '/%0d%0aSet-Cookie:x=1', '%22%3E%3Cscript%3Ealert(1)%3C/script%3E']) {
    await page.goto(`/sign-in?next=${next}`);
    await expect(heading(page, 'Sign in')).toBeVisible();
    await page.getByLabel('API token').fill(world.writeToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Anything odd leads to the overview, or to a page of ours that is none.
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain('x');
  }
});

test('reason= and done= in an address cannot put words into our mouth', async ({ page, world }) => {
  await page.goto('/sign-in?reason=%3Cb%3EYour+account+is+blocked%3C/b%3E&person=%22%3E%3Cscript%3E');
  await expect(page.getByText('Your account is blocked')).toHaveCount(0);
  await expect(page.getByLabel('Your name')).toHaveValue('"><script>');
  await signIn(page, world.writeToken, '/isos');
  await page.goto('/isos?done=Send+money');
  await expect(page.getByText('Send money')).toHaveCount(0);
});
