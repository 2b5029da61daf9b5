// Bulk jobs: rows are chosen, asked about, worked off by the server, and each has its result.

import { alive, axe, expect, heading, refreshing, row, signIn, signOut, test, type Page } from '../support/test.ts';

test.use({ seed: 'typical' });

async function choose(page: Page, ...names: string[]) {
  for (const name of names) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
}

test('three servers restart: asked with their names, each with its result', async ({ page, world, scripts }) => {
  await world.faults({ power_lag_seconds: 0 });
  await signIn(page, world.writeToken, '/servers');
  await alive(page, scripts);
  const bar = page.getByRole('group', { name: 'With the chosen rows' });
  await expect(bar).toBeHidden();
  await choose(page, 'web-1', 'web-2', 'build-1');
  await expect(bar).toBeVisible();
  if (scripts) {
    await expect(bar).toContainText('3 chosen');
    await axe(page, 'a list with chosen rows');
  }
  await bar.getByRole('button', { name: 'Restart' }).click();
  await expect(heading(page, 'Restart 3 servers?')).toBeVisible();
  await expect(page.getByText('each is offline for about a minute')).toBeVisible();
  // What is not running cannot restart: said before, and looked at again when its turn comes.
  await expect(row(page, 'build-1')).toContainText('It is stopped: start it instead.');
  await expect(page.getByText('1 server cannot be done as things are now.')).toBeVisible();
  await page.getByText('Show as curl').click();
  await expect(page.getByText(/(curl -X POST[^]*\/restart[^]*){3}/)).toBeVisible();
  await alive(page, scripts);
  if (scripts) await axe(page, 'the question before a bulk job');
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f]{32}$/);
  await expect(heading(page, 'Restart 3 servers')).toBeVisible();
  await expect(row(page, 'web-1')).toContainText('Done', { timeout: 20_000 });
  await expect(row(page, 'web-2')).toContainText('Done', { timeout: 20_000 });
  await expect(row(page, 'build-1')).toContainText('Not possible', { timeout: 20_000 });
  await expect(page.getByText('3 of 3: 2 done, 1 not possible')).toBeVisible({ timeout: 20_000 });
  expect(await world.journal('restartServer')).toHaveLength(2);
  await alive(page, scripts);
  if (scripts) await axe(page, 'a bulk job');
  // It is among the jobs, and what it did is among the records.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Bulk jobs' }).click();
  await expect(row(page, 'Restart 3 servers')).toContainText('Finished');
  await page.goto('/activity?what=restartServer');
  await expect(page.getByText('2 records', { exact: true })).toBeVisible();
});

test('some fail, the others are done, and those can be tried again', async ({ page, world }) => {
  await world.faults({ power_lag_seconds: 0 });
  await world.force('stopServer', { status: 423 });
  await signIn(page, world.writeToken, '/servers');
  await choose(page, 'web-1', 'web-2');
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('2 of 2: 1 done, 1 not done')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Try 1 server again…' }).click();
  await expect(heading(page, 'Stop 1 server?')).toBeVisible();
});

test('rows of another page of the list have their names, too', async ({ page, world }) => {
  const ids = await Promise.all(['web-1', 'db-1', 'build-1'].map(async (name) => (await world.server(name)).id));
  await signIn(page, world.writeToken, `/bulk/new?action=restart-servers&from=${encodeURIComponent('/servers?q=web')}&row=${ids.join('.')}`);
  await expect(heading(page, 'Restart 3 servers?')).toBeVisible();
  for (const name of ['web-1', 'db-1']) await expect(row(page, name)).toBeVisible();
  await expect(row(page, 'build-1')).toContainText('It is stopped: start it instead.');
});

test('ISOs are deleted only when their number was typed', async ({ page, world, guard }) => {
  guard.expects(422, /^\/bulk\/new/);
  await world.freeze();
  await signIn(page, world.writeToken, '/isos?state=ready');
  const boxes = page.getByRole('checkbox', { name: /^Choose / }).and(page.locator('[name=row]'));
  await boxes.first().check();
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Type 1 ISO to confirm.')).toBeVisible();
  await page.getByLabel('Name').fill('1');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alert')).toContainText('That is not its name.');
  await expect(page.getByLabel('Name')).toHaveValue('1');
  expect(await world.journal('deleteIso')).toHaveLength(0);
  await page.getByLabel('Name').fill('1 ISO');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('1 of 1: 1 done')).toBeVisible({ timeout: 20_000 });
  expect(await world.journal('deleteIso')).toHaveLength(1);
});

test('all that match are chosen at once', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/servers?per_page=1&q=web');
  const number = (await world.ask('/servers?filter[search]=web&per_page=50')).length;
  expect(number).toBeGreaterThan(1);
  await page.getByRole('checkbox', { name: /^Choose / }).and(page.locator('[name=row]')).first().check();
  await page.getByRole('checkbox', { name: `All ${number} servers that match` }).check();
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Start', exact: true }).click();
  await expect(heading(page, `Start ${number} servers?`)).toBeVisible();
});

test('rows that are fetched anew leave what was chosen', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts nothing is fetched anew under somebody');
  await page.setViewportSize({ width: 600, height: 800 });
  await signIn(page, world.writeToken, '/servers?per_page=5');
  await alive(page, scripts);
  const whole = page.getByRole('checkbox', { name: /^All \d+ servers that match$/ });
  const first = page.locator('[name=row]').first();
  await first.check();
  const bar = page.getByRole('group', { name: 'With the chosen rows' });
  await expect(bar).toContainText('1 chosen');
  await whole.check();
  await expect(bar.getByRole('paragraph')).toHaveText(/^All \d+ servers that match$/);
  const table = page.locator('.table-scroll');
  await table.evaluate((table) => table.scrollTo({ left: 60 }));
  await world.force('listServerStatuses', { status: 500, times: 0 });
  await expect(page.getByText('Not the present state of power.')).toBeVisible({ timeout: 25_000 });
  await expect(whole).toBeChecked();
  await expect(first).toBeChecked();
  expect(await table.evaluate((table) => table.scrollLeft)).toBe(60);
});

test('the job stops when somebody stops it, and pauses when the session ends', async ({ page, world, scripts }) => {
  await world.faults({ power_lag_seconds: 0, latency_ms: 300 });
  await signIn(page, world.writeToken, '/servers');
  await choose(page, 'web-1', 'web-2');
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Restart' }).click();
  // One after the other, spaced by the budget of a small limit: there is time to leave.
  await world.force('restartServer', { status: 429, headers: { 'retry-after': '30' } });
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText('The provider wants no requests for a while.')).toBeVisible({ timeout: 20_000 });
  const job = page.url();
  if (!scripts) await expect(refreshing(page)).toBeVisible();
  await signOut(page);
  await signIn(page, world.writeToken, new URL(job).pathname);
  await expect(page.getByText('Paused.')).toBeVisible();
  await expect(page.getByText('The session that it worked with has ended.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('button', { name: 'Go on' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop: send no more' }).click();
  await expect(page.getByText('Not sent').first()).toBeVisible({ timeout: 20_000 });
});

test('another account does not see a job, and nonsense is said', async ({ page, world, guard, house }) => {
  guard.expects(404, /^\/bulk\//);
  guard.expects(422, /^\/bulk\/new/);
  await signIn(page, world.writeToken, '/servers');
  await choose(page, 'web-1');
  await page.getByRole('group', { name: 'With the chosen rows' }).getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f]{32}$/);
  const job = new URL(page.url()).pathname;
  const { World } = await import('../support/world.ts');
  const other = await World.make(house.sandbox, { seed: 'small' });
  await signOut(page);
  await signIn(page, other.writeToken, job);
  await expect(page.getByText('There is no bulk job here.')).toBeVisible();
  for (const nonsense of ['', '?action=fly', '?action=start-servers', '?action=start-servers&row=x&from=%2Fevil']) {
    await page.goto(`/bulk/new${nonsense}`);
    await expect(page.getByText('Nothing was done yet.')).toBeVisible();
  }
});

test('rows are chosen by keys and by stretches', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'keys and stretches need scripts');
  await signIn(page, world.writeToken, '/servers');
  await alive(page, scripts);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('group', { name: 'With the chosen rows' });
  await expect(bar).toContainText('1 chosen');
  await page.keyboard.press('x');
  await expect(bar).toBeHidden();
  const boxes = page.getByRole('checkbox', { name: /^Choose / }).and(page.locator('[name=row]'));
  await boxes.nth(1).click();
  await boxes.nth(4).click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('4 chosen');
  await page.getByRole('checkbox', { name: 'Choose all rows of this page' }).check();
  await expect(bar).toContainText(`${await boxes.count()} chosen`);
});
