// The list of bulk jobs, and the results of one: pages, filters, search, files, all of it in the address.

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fieldsOf, send } from '../support/forms.ts';
import { alive, axe, expect, heading, row, signIn, test, type Page } from '../support/test.ts';

/** The lines of the file behind a link, without its heads. */
async function file(page: Page, link: string | RegExp): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).click()]);
  return (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n').slice(1);
}

/** Starts so many jobs over the same servers, as one form after the other would, and says where the last one is. */
async function start(page: Page, action: string, button: string, ids: number[], number = 1): Promise<string> {
  await page.goto(`/bulk/new?action=${action}&row=${ids.join('.')}`);
  const fields = await fieldsOf(page, button);
  let job = '';
  for (let made = 0; made < number; made += 1) {
    const answer = await send(page, '/do/bulk/start', { ...fields, once: randomBytes(16).toString('hex') });
    job = answer.headers().location;
    expect(job).toMatch(/^\/bulk\/[0-9a-f]{32}$/);
  }
  return job;
}

async function untilFinished(page: Page, job: string) {
  await page.goto(job);
  await expect(page.getByText('Finished', { exact: true })).toBeVisible({ timeout: 30_000 });
}

test('without a job the list says how one comes about', async ({ page, world, scripts }) => {
  await signIn(page, world.writeToken, '/bulk');
  await expect(page.getByText('No bulk jobs yet')).toBeVisible();
  await expect(page.getByText('Jobs that ended are kept for 30 days')).toBeVisible();
  await alive(page, scripts);
  if (scripts) await axe(page, 'no bulk jobs');
  await page.getByRole('main').getByRole('link', { name: 'Servers' }).click();
  await expect(heading(page, 'Servers')).toBeVisible();
});

test('older jobs are reached page by page, and a filter narrows all of them', async ({ page, world, scripts, guard }) => {
  test.slow();
  guard.expects(404, /^\/bulk\?/);
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, '/servers');
  // It runs: nothing is sent, and each job ends at once.
  const first = await start(page, 'start-servers', 'Start', [id]);
  const last = await start(page, 'start-servers', 'Start', [id], 51);
  await untilFinished(page, last);
  await page.goto('/bulk');
  await expect(page.getByText('1 to 50 of 52 bulk jobs')).toBeVisible();
  await expect(page.locator(`main a[href="${first}"]`)).toHaveCount(0);
  await alive(page, scripts);
  if (scripts) await axe(page, 'a list of bulk jobs');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL('/bulk?page=2');
  await expect(page.getByText('51 to 52 of 52 bulk jobs')).toBeVisible();
  await page.locator(`main a[href="${first}"]`).click();
  await expect(heading(page, 'Start 1 server')).toBeVisible();

  await page.goto('/bulk');
  await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Paused' }).click();
  await expect(page).toHaveURL('/bulk?state=paused');
  await expect(page.getByText('No bulk job matches.')).toBeVisible();
  await page.getByRole('navigation', { name: 'State' }).getByRole('link', { name: 'Finished' }).click();
  await page.getByRole('combobox', { name: 'What' }).selectOption('Start servers');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/what=start-servers&state=finished/);
  await expect(page.getByText('1 to 50 of 52 bulk jobs')).toBeVisible();
  await page.getByRole('main').locator('summary').filter({ hasText: 'Download CSV' }).click();
  expect(await file(page, 'All 52 bulk jobs')).toHaveLength(52);
  expect((await page.goto('/bulk?page=3'))!.status()).toBe(404);
  await expect(page.getByText('There is no page 3.')).toBeVisible();
});

test('jobs are searched, ordered and given columns by the address', async ({ page, world, guard }) => {
  guard.expects(422, /^\/bulk\?/);
  await world.faults({ power_lag_seconds: 0 });
  const [web, build] = [(await world.server('web-1')).id, (await world.server('build-1')).id];
  await signIn(page, world.writeToken, '/servers');
  await untilFinished(page, await start(page, 'start-servers', 'Start', [web]));
  await untilFinished(page, await start(page, 'restart-servers', 'Restart', [web, build]));
  await page.goto('/bulk');
  await page.getByRole('searchbox', { name: 'Job or person' }).fill('restart');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/bulk?q=restart');
  await expect(page.getByText('1 bulk job', { exact: true })).toBeVisible();
  await expect(row(page, 'Restart 2 servers')).toContainText('2 of 2: 1 done, 1 not possible');
  await page.goto('/bulk?column=job&column=not-done&column=ended&sort=started');
  await expect(page.getByRole('columnheader', { name: 'Not done' })).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveText(['Start 1 server', 'Restart 2 servers']);
  await page.getByRole('columnheader', { name: 'Ended' }).getByRole('link').click();
  await expect(page).toHaveURL(/sort=ended/);
  expect((await page.goto('/bulk?state=working'))!.status()).toBe(422);
  await expect(page.getByText('“working” is none of the choices for “State”.')).toBeVisible();
});

test('a list shows by itself that a job has ended', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts the list is loaded again by a person');
  await world.faults({ power_lag_seconds: 0 });
  await world.force('restartServer', { delay_ms: 6000 });
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, '/servers');
  await start(page, 'restart-servers', 'Restart', [id]);
  await page.goto('/bulk');
  await expect(row(page, 'Restart 1 server')).toContainText('At work');
  await expect(row(page, 'Restart 1 server')).toContainText('Finished', { timeout: 25_000 });
});

test('results are narrowed by what became of them, with their numbers, and come as a file', async ({ page, world, scripts, guard }) => {
  guard.expects(422, /^\/bulk\//);
  await world.faults({ power_lag_seconds: 0 });
  const [web, build] = [(await world.server('web-1')).id, (await world.server('build-1')).id];
  await signIn(page, world.writeToken, '/servers');
  const job = await start(page, 'restart-servers', 'Restart', [web, build]);
  await untilFinished(page, job);
  const outcomes = page.getByRole('navigation', { name: 'Outcome' });
  await expect(outcomes.getByRole('link')).toHaveText(['All 2', 'Done 1', 'Not done 1', 'Not known 0', 'Waiting 0']);
  await expect(outcomes.getByRole('link', { name: 'All' })).toHaveAttribute('aria-current', 'true');
  await outcomes.getByRole('link', { name: 'Not done' }).click();
  await expect(page).toHaveURL(`${job}?outcome=not-done`);
  await expect(page.getByRole('table', { name: 'Results' }).getByRole('rowheader')).toHaveText(['build-1']);
  await expect(row(page, 'build-1')).toContainText('Not possible');
  await alive(page, scripts);
  if (scripts) await axe(page, 'some results of a bulk job');
  const [line, ...others] = await file(page, 'Download CSV');
  expect(line).toMatch(new RegExp(`^build-1,${build},Not possible,not-possible,`));
  expect(others).toEqual([]);
  await outcomes.getByRole('link', { name: 'Not known' }).click();
  await expect(page.getByText('No server matches.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(job);
  expect(await file(page, 'Download CSV')).toHaveLength(2);
  expect((await page.goto(`${job}?outcome=failed`))!.status()).toBe(422);
  await expect(page.getByText('“failed” is none of the choices for “Outcome”.')).toBeVisible();
});

test('while a job works its numbers move, and what was waiting leaves', async ({ page, world, scripts }) => {
  await world.faults({ power_lag_seconds: 0 });
  await world.force('stopServer', { delay_ms: 4000 });
  const [web, db] = [(await world.server('web-1')).id, (await world.server('db-1')).id];
  await signIn(page, world.writeToken, '/servers');
  const job = await start(page, 'stop-servers', 'Stop', [web, db]);
  await page.goto(`${job}?outcome=waiting`);
  await alive(page, scripts);
  const outcomes = page.getByRole('navigation', { name: 'Outcome' });
  await expect(outcomes.getByRole('link', { name: 'Waiting' })).toHaveText('Waiting 2');
  await expect(outcomes.getByRole('link', { name: 'Waiting' })).toHaveText('Waiting 0', { timeout: 25_000 });
  await expect(outcomes.getByRole('link', { name: /^Done/ })).toHaveText('Done 2');
  await expect(page.getByText('No server matches.')).toBeVisible({ timeout: 10_000 });
});
