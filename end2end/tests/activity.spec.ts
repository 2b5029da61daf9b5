// Activity: who changed what, narrowed by the address, and as a file.

import { readFile } from 'node:fs/promises';
import { alive, axe, expect, heading, row, signIn, test, type Page } from '../support/test.ts';

/** Signs in with a name, as a colleague who shares the token. */
async function signInAs(page: Page, token: string, name: string) {
  await page.goto('/sign-in');
  await page.getByLabel('API token').fill(token);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();
}

async function addIso(page: Page, name: string) {
  await page.goto('/isos/new');
  await page.getByLabel('Address').fill(`https://mirror.example.org/${name}.iso?size=1000`);
  await page.getByRole('button', { name: 'Add ISO' }).click();
  // To the ISO, or back to the form with its draft.
  await expect(page).not.toHaveURL('/isos/new');
}

async function stop(page: Page, id: number) {
  await page.goto(`/servers/${id}?confirm=stop`);
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page).toHaveURL(`/servers/${id}`);
}

test('what was changed is there at once: who, what, on which object, with which outcome', async ({ page, world, scripts }) => {
  await signInAs(page, world.writeToken, 'Ada');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click();
  await expect(page).toHaveTitle('Activity · Vitosha');
  await expect(page.getByText('Nothing was changed yet')).toBeVisible();
  await expect(page.getByText('Records are kept for 400 days')).toBeVisible();

  const { id } = await world.server('web-1');
  await stop(page, id);
  await addIso(page, 'one');
  await page.goto('/activity');
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toContainText('Add an ISO');
  const stopped = row(page, 'Stop a server');
  await expect(stopped).toContainText('Done');
  await expect(stopped).toContainText('Ada');
  await expect(stopped).toContainText(/session [0-9a-f]{8}/);
  await expect(stopped).toContainText('127.0.0.1');
  await expect(stopped.getByRole('time')).toContainText(/just now|\d+ seconds? ago/);
  await alive(page, scripts);
  if (scripts) await axe(page);
  await stopped.getByRole('link', { name: `Server ${id}` }).click();
  await expect(heading(page, 'web-1')).toBeVisible();
});

test('an attempt that was refused is there too, and one whose answer was lost', async ({ page, world, guard }) => {
  guard.expects(422, /^\/isos\/new/);
  await signIn(page, world.writeToken);
  await world.force('createIso', { status: 423 });
  await addIso(page, 'locked');
  await expect(page.getByRole('alert')).toBeVisible();
  await world.force('createIso', { reset: true });
  await addIso(page, 'lost');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.goto('/activity');
  await expect(page.getByRole('row').nth(1)).toContainText('Not known');
  await expect(page.getByRole('row').nth(2)).toContainText('Not done: another task ran');
  await expect(page.getByRole('row').nth(2)).toContainText('No name');
});

test('filters stand in the address, and go together', async ({ page, world }) => {
  await signInAs(page, world.writeToken, 'Ada');
  const { id } = await world.server('web-1');
  await stop(page, id);
  await addIso(page, 'one');
  await page.goto('/activity');
  await page.getByRole('combobox', { name: 'What' }).selectOption('Servers: all');
  await page.getByRole('combobox', { name: 'Who' }).selectOption('Ada');
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Done');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/what=family%3Aservers/);
  await expect(page.getByText('1 record', { exact: true })).toBeVisible();
  await expect(row(page, 'Stop a server')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Who' })).toHaveValue('name:Ada');
  await page.getByRole('textbox', { name: 'Object' }).fill('server 987654');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No record matches.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Show all' }).first().click();
  await expect(page).toHaveURL('/activity');
  await expect(page.getByText('2 records', { exact: true })).toBeVisible();
  // Days are days in Sofia; today is one of them.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Sofia' }).format(new Date());
  await page.getByLabel('From day').fill(today);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(new RegExp(`from=${today}`));
  await expect(page.getByText('2 records', { exact: true })).toBeVisible();
  const yesterday = new Date(Date.parse(today) - 24 * 3600 * 1000).toISOString().slice(0, 10);
  await page.goto(`/activity?to=${yesterday}`);
  await expect(page.getByText('No record matches.')).toBeVisible();
});

test('a day that is none is said, and nothing is shown as if it were an answer', async ({ page, world, guard }) => {
  guard.expects(422, '/activity');
  await signIn(page, world.writeToken);
  await addIso(page, 'one');
  await page.goto('/activity?from=yesterday');
  await expect(page.getByRole('alert')).toContainText('“yesterday” is no day. Write it as 2026-03-04.');
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('the file holds what is shown, and no formulas', async ({ page, world }) => {
  await signInAs(page, world.writeToken, '=1+1');
  await addIso(page, 'one');
  await page.goto('/activity?what=createIso');
  await page.getByText('Download CSV', { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Everything: 1 record' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('activity.csv');
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\uFEFFWhen,UTC,What,Operation,Object,Outcome,Code,Who,/);
  expect(lines[1]).toContain(",Add an ISO,createIso,,Done,done,'=1+1,");
});
