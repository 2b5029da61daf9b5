// Tickets: conversations with support.

import { readFile } from 'node:fs/promises';
import { alive, expect, heading, property, row, signIn, test } from '../support/test.ts';

test('a ticket is opened, answered, replied to, and resolved', async ({ page, world, scripts }) => {
  const { id: server } = await world.server('db-1');
  await signIn(page, world.writeToken, '/tickets');
  await page.getByRole('link', { name: 'New ticket' }).click();
  await page.getByLabel('Department').selectOption({ index: 0 });
  await page.getByLabel('About').selectOption({ label: (await page.getByRole('option', { name: /^db-1/ }).textContent())! });
  await page.getByLabel('Subject').fill('Disk of db-1 & its <size>');
  await page.getByRole('textbox', { name: 'Message' }).fill('It is full.\n\nPlease add 5 < 10 GB & thanks.');
  await page.getByRole('button', { name: 'Open ticket' }).click();

  await expect(heading(page, 'Disk of db-1 & its <size>')).toBeVisible();
  await expect(page.getByText('The ticket is open. Support will answer here.')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Open');
  await expect(property(page, 'About').getByRole('link', { name: /^db-1/ })).toHaveAttribute('href', `/servers/${server}`);
  const messages = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Link to this message' }) });
  await expect(messages).toHaveCount(1);
  await expect(messages.first()).toContainText('Please add 5 < 10 GB & thanks.');
  const ticket = new URL(page.url()).pathname;

  // Support needs its time; the page is asked for again.
  await world.pass(60);
  await page.goto('/tickets');
  await expect(row(page, 'Disk of db-1')).toBeVisible();
  await page.goto(`${ticket}?again`);
  await expect(async () => {
    await page.reload();
    await expect(property(page, 'State')).toHaveText('Answered', { timeout: 500 });
  }).toPass({ timeout: 12_000 });
  await expect(messages).toHaveCount(2);

  await page.getByRole('textbox', { name: 'Message' }).fill('That is enough, thank you.');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByText('Your message is sent.')).toBeVisible();
  await expect(messages).toHaveCount(3);
  await expect(messages.last()).toContainText('That is enough, thank you.');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await expect(property(page, 'State')).toHaveText('Open');

  await page.getByRole('link', { name: 'Mark as resolved' }).click();
  await alive(page, scripts);
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as resolved' }).click();
  await expect(page.getByText('The ticket is marked as resolved.')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Resolved');
  await expect(page.getByText('It is already resolved.')).toBeAttached();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Tickets' }).click();
  await expect(row(page, 'Disk of db-1')).toContainText('Resolved');
  const calls = (await world.journal()).filter((entry) => entry.method !== 'GET' && entry.path.includes('/support/'));
  expect(calls.map((entry) => entry.operation)).toEqual(['createTicket', 'replyTicket', 'resolveTicket']);
});

test('a ticket can be opened about nothing in particular', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/tickets/new');
  await page.getByLabel('Subject').fill('A question');
  await page.getByRole('textbox', { name: 'Message' }).fill('What is the weather in Sofia?');
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(heading(page, 'A question')).toBeVisible();
  await expect(property(page, 'About')).toHaveText('–');
});

test('too short a message: said at its field, and what was typed stays', async ({ page, world, guard }) => {
  guard.expects(422, '/tickets/new');
  await signIn(page, world.writeToken, '/tickets/new');
  await page.getByLabel('Department').selectOption({ index: 1 });
  await page.getByLabel('Subject').fill('A question about billing');
  // Enough for the browser, not enough once the ends are cut off.
  await page.getByRole('textbox', { name: 'Message' }).fill('  abc   ');
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(page.getByRole('alert')).toContainText('1 field below needs another look.');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveAccessibleDescription(/At least 5 characters\./);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('  abc   ');
  await expect(page.getByLabel('Subject')).toHaveValue('A question about billing');
  await expect(page.getByLabel('Department')).not.toHaveValue('1');
  await page.getByRole('textbox', { name: 'Message' }).fill('Long enough now.');
  await page.getByRole('button', { name: 'Open ticket' }).click();
  await expect(heading(page, 'A question about billing')).toBeVisible();
  await expect(property(page, 'Department')).toHaveText(/billing|sales/i);
});

test('the files of a ticket can be downloaded', async ({ page, world }) => {
  const { id } = await world.ticket('No route');
  await signIn(page, world.writeToken, `/tickets/${id}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('list', { name: 'Files' }).getByRole('link', { name: 'dmesg.txt' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('dmesg.txt');
  expect((await readFile(await download.path())).toString()).toContain('Linux version');
});

test.describe('hostile and closed', () => {
  test.use({ seed: 'typical' });

  test('hostile HTML in a message does nothing', async ({ page, world, scripts }) => {
    const { id, subject } = await world.ticket('must be sanitised');
    await signIn(page, world.writeToken, `/tickets/${id}`);
    await alive(page, scripts);
    // The guard of the test sees requests to others, dialogs and violations of the policy.
    await expect(page).toHaveTitle(`${subject} · Vitosha`);
    const message = page.getByRole('listitem').filter({ hasText: 'This message is hostile on purpose' });
    await expect(message).toBeVisible();
    await expect(message.getByText('bold')).toHaveRole('strong');
    await expect(message.getByRole('link', { name: 'a link', exact: true })).toHaveAttribute('rel', /noopener/);
    // The one that runs is text, or a link without an address.
    await expect(message.getByText('a link that runs')).not.toHaveAttribute('href');
    await expect(message.getByRole('link', { name: /^Image: https:\/\/tracker/ })).toBeVisible();
    const inside = await message.evaluate((element) => ({
      tags: [...new Set([...element.querySelectorAll('.message-body *')].map((child) => child.localName))],
      attributes: [...element.querySelectorAll('.message-body *')].flatMap((child) => child.getAttributeNames()),
    }));
    for (const tag of ['script', 'img', 'iframe', 'form', 'input', 'button', 'svg', 'style']) {
      expect(inside.tags).not.toContain(tag);
    }
    expect(inside.attributes.filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
    await message.getByText('styled').click();
    await message.getByText('a link that runs').click();
    await expect(page).toHaveURL(`/tickets/${id}`);
    await expect(page).toHaveTitle(`${subject} · Vitosha`);
  });

  test('a closed ticket takes no reply, and says why', async ({ page, world }) => {
    const { id } = await world.ticket('Reverse name');
    await signIn(page, world.writeToken, `/tickets/${id}`);
    await expect(property(page, 'State')).toHaveText('Closed');
    await expect(page.getByText('No reply is possible. It is closed. Open a new ticket instead.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send reply' })).toHaveCount(0);
  });
});

test('a read-only token: warned before anything is typed; the refusal says why and keeps the text', async ({ page, world, guard }) => {
  const { id } = await world.ticket('No route');
  guard.expects(422, `/tickets/${id}`);
  await signIn(page, world.readToken, `/tickets/${id}`);
  await expect(page.getByRole('main').getByRole('status')).toContainText('This token can probably only read');
  await page.getByRole('textbox', { name: 'Message' }).fill('Is anybody there?');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await expect(page.getByRole('alert')).toContainText('The provider refused the change: this token can probably only read.');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Is anybody there?');
});
