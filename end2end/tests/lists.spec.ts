// The one list: columns, density, chips, order over all rows, the menu of a row, files, saved views.

import { readFile } from 'node:fs/promises';
import { alive, axe, expect, heading, row, signIn, test, type Page } from '../support/test.ts';

/** What stands in the first column, in its order. */
async function names(page: Page): Promise<string[]> {
  return (await page.getByRole('rowheader').allTextContents()).map((name) => name.trim());
}

async function open(page: Page, menu: string) {
  await page.getByRole('main').locator('summary').filter({ hasText: menu }).click();
}

/** The lines of the file behind a link. */
async function file(page: Page, link: string | RegExp): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  return (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
}

test.describe('a list of servers', () => {
  test.use({ seed: 'typical' });

  test('shows the columns that were chosen, as dense as it was chosen; the address holds it', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await expect(page.getByRole('columnheader', { name: 'Image' })).toBeVisible();
    await open(page, 'View');
    await page.getByRole('checkbox', { name: 'Image' }).uncheck();
    await page.getByRole('checkbox', { name: 'Monthly, without VAT' }).check();
    await page.getByRole('radio', { name: 'Compact' }).check();
    await page.getByRole('form', { name: 'View' }).getByRole('button', { name: 'Apply' }).click();
    await expect(page).toHaveURL(/density=compact/);
    await expect(page.getByRole('columnheader', { name: 'Image' })).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: 'Monthly, without VAT' })).toBeVisible();
    await expect(row(page, 'web-1')).toContainText('€');
    await expect(page.getByRole('table', { name: 'Servers' })).toHaveAttribute('data-compact', '');
    // Another state keeps the look.
    await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Suspended', exact: true }).click();
    await expect(page).toHaveURL(/state=suspended.*density=compact/);
    await open(page, 'View');
    await page.getByRole('link', { name: 'Reset' }).click();
    await expect(page).toHaveURL('/servers?state=suspended');
    await expect(page.getByRole('columnheader', { name: 'Image' })).toBeVisible();
  });

  test('is put in order by what the provider does not order by, over all rows', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers');
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    await expect(page).toHaveURL('/servers?sort=name');
    const shown = await names(page);
    expect(shown).toEqual([...shown].sort((one, other) => one.localeCompare(other, 'en')));
  });

  test('says what narrows it, and each can be taken away', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers?q=web&state=active');
    const chosen = page.getByRole('navigation', { name: 'Chosen filters' });
    await chosen.getByRole('link', { name: '“web”' }).click();
    await expect(page).toHaveURL('/servers?state=active');
    await expect(chosen).toHaveCount(0);
  });

  test('a value that is none of the choices is said: all rows would look like the answer', async ({ page, world, guard }) => {
    guard.expects(422, /^\/servers/);
    await signIn(page, world.writeToken, '/servers');
    for (const [query, words] of [['power=off', '“off” is none of the choices for “Power”.'], ['state=gone', '“gone” is none of the choices for “State”.']]) {
      expect((await page.goto(`/servers?${query}`))!.status()).toBe(422);
      await expect(page.getByRole('main')).toContainText(words);
      await expect(page.getByRole('rowheader')).toHaveCount(0);
      expect((await page.request.get(`/servers.csv?${query}`)).status()).toBe(422);
    }
  });

  test('its menus close by a click beside them', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'without scripts a menu closes where it was opened');
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    const apply = page.getByRole('form', { name: 'View' }).getByRole('button', { name: 'Apply' });
    await open(page, 'View');
    await expect(apply).toBeVisible();
    await open(page, 'Download CSV');
    await expect(apply).toBeHidden();
    await expect(page.getByText('As a file for spreadsheets')).toBeVisible();
    await heading(page, 'Servers').click();
    await expect(page.getByText('As a file for spreadsheets')).toBeHidden();
  });

  test('each row has a menu; what cannot be done says why', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    await row(page, 'web-1').getByRole('button', { name: 'Actions for web-1' }).click();
    const menu = page.locator('.row-menu:popover-open');
    await expect(menu).toContainText('It is already running.');
    if (scripts) await axe(page, 'the menu of a row');
    await menu.getByRole('link', { name: 'Restart' }).click();
    await expect(page.getByRole('dialog')).toContainText('Restart web-1?');
  });

  test('comes as a file: this page or all, with exact times', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/servers?per_page=5&sort=name');
    await open(page, 'Download CSV');
    const all = await file(page, /^All \d+ servers$/);
    expect(all[0]).toMatch(/^\uFEFFName,Power,State,Address,CPU,Paid until,/);
    expect(all.length).toBeGreaterThan(10);
    expect(all.find((line) => line.startsWith('web-1,'))).toMatch(/,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d EES?T,/);
    const page1 = await file(page, /^This page/);
    expect(page1).toHaveLength(6);
    await page.goto('/servers?column=name&column=state');
    await open(page, 'Download CSV');
    expect((await file(page, /servers$/))[0]).toBe('\uFEFFName,State');
  });

  test('a view is saved under a name, and the sidebar leads to the default one', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/servers?state=suspended&density=compact');
    await open(page, 'View');
    await page.getByRole('link', { name: 'Save or manage views' }).click();
    await expect(heading(page, 'Saved views')).toBeVisible();
    await page.getByLabel('Name').fill('<b>In trouble</b>');
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page).toHaveURL(/\/servers\?state=suspended&density=compact&done=view-saved/);
    await open(page, 'View');
    await expect(page.getByRole('link', { name: '<b>In trouble</b>' })).toHaveAttribute('aria-current', 'true');
    await page.getByRole('link', { name: 'Save or manage views' }).click();
    await alive(page, scripts);
    if (scripts) await axe(page, 'saved views');
    await page.getByRole('button', { name: 'Make default: <b>In trouble</b>' }).click();
    await expect(page.getByText('Leads here.')).toBeVisible();
    const sidebar = page.getByRole('navigation', { name: 'Main' });
    await sidebar.getByRole('link', { name: 'Servers' }).click();
    await expect(page).toHaveURL('/servers?state=suspended&density=compact');
    // The bare address is always the plain list.
    await page.goto('/servers');
    await expect(row(page, 'web-1')).toBeVisible();
    await page.goto('/views/servers');
    await page.getByRole('button', { name: 'Remove <b>In trouble</b>' }).click();
    await expect(page.getByText('No saved views yet')).toBeVisible();
    await expect(sidebar.getByRole('link', { name: 'Servers' })).toHaveAttribute('href', '/servers');
  });

  test('a view without a name is refused, and nothing is lost', async ({ page, world, guard }) => {
    guard.expects(422, /^\/views\/servers/);
    await signIn(page, world.writeToken, '/views/servers?query=state%3Dactive');
    await page.evaluate(() => document.querySelectorAll('form').forEach((form) => form.setAttribute('novalidate', '')));
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page.getByRole('alert')).toContainText('Give it a name.');
    await page.getByLabel('Name').fill('Active');
    await page.getByRole('button', { name: 'Save view' }).click();
    await expect(page).toHaveURL(/\/servers\?state=active/);
  });
});

test.describe('five thousand servers', () => {
  test.use({ seed: 'large' });

  test('are not put in order by us, and the list says why', async ({ page, world, guard }) => {
    guard.expects(422, '/servers');
    await signIn(page, world.writeToken, '/servers?per_page=50');
    await expect(page.getByText(/There are \d{4} servers\. The provider does not offer this itself/)).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Name' }).getByRole('link')).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: 'Paid until' }).getByRole('link')).toBeVisible();
    await page.goto('/servers?sort=name');
    await expect(page.getByText('The list cannot be shown like this.')).toBeVisible();
    await page.getByRole('link', { name: 'Show all' }).click();
    await expect(page.getByRole('rowheader').first()).toBeVisible();
  });

  test('as a file: first it is said how many rows and minutes', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/servers?per_page=50');
    await open(page, 'Download CSV');
    await page.getByRole('link', { name: /^All \d{4} servers…$/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(/Download \d{4} servers\?/);
    await expect(dialog).toContainText(/\d+ requests to the provider.*about \d+ minute/);
    await alive(page, scripts);
    if (scripts) await axe(page, 'the question before a long file');
    await dialog.getByRole('link', { name: 'Cancel' }).click();
    await expect(page).toHaveURL('/servers?per_page=50');
    // A file comes in larger pages than a list that nobody changed.
    await page.goto('/servers?file=ask');
    const rows = Number((await page.getByRole('dialog').textContent())!.match(/Download (\d+) servers/)![1]);
    await expect(page.getByRole('dialog')).toContainText(`That is ${Math.ceil(rows / 50)} requests`);
  });
});

test('invoices are searched, narrowed and put in order over all of them', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/invoices');
  const number = (await names(page))[0];
  await page.getByRole('searchbox', { name: 'Number, date or order' }).fill(number);
  await page.getByRole('searchbox', { name: 'Number, date or order' }).press('Enter');
  await expect.poll(() => names(page)).toEqual([number]);
  // By the day as it is shown, too.
  const day = (await row(page, number).getByRole('cell').locator('time > span').first().textContent())!;
  await page.goto(`/invoices?q=${encodeURIComponent(day)}`);
  await expect(row(page, number)).toBeVisible();
  await page.goto('/invoices?sort=gross');
  const amounts = (await page.locator('tbody td:nth-child(6)').allTextContents()).map((text) => Number(text.replace('€', '')));
  expect(amounts).toEqual([...amounts].sort((one, other) => one - other));
  await page.goto('/invoices?kind=proform&q=nothing-of-the-kind');
  await expect(page.getByText('No invoice matches.')).toBeVisible();
});

test('a file that cannot be had says so instead of being short', async ({ page, world, guard }) => {
  guard.expects(503, '/invoices.csv');
  await signIn(page, world.writeToken, '/invoices');
  await world.force('listInvoices', { status: 500, times: 0 });
  await page.goto('/invoices.csv');
  await expect(page.getByRole('heading', { name: 'No file' })).toBeVisible();
});

test('a row that cannot be read has its line in the file', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/invoices');
  const [one] = await world.ask('/invoices');
  await world.force('listInvoices', { status: 200, body: { data: [one, { id: [] }] }, times: 0 });
  for (const address of ['/invoices.csv', '/invoices.csv?only=page']) {
    const text = await (await page.request.get(address)).text();
    expect(text.trim().split('\r\n'), address).toHaveLength(3);
    expect(text, address).toContain('1 row could not be understood and cannot be shown here.');
  }
});
