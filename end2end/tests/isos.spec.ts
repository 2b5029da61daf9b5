// ISOs: adding one, watching it arrive, deleting it.

import { alive, expect, heading, property, refreshing, row, sameDocument, signIn, test, type Locator } from '../support/test.ts';

/** How full a bar is, in thousandths; none for a bar without an end. */
const filled = (bar: Locator) =>
  bar.evaluate((element) => {
    const progress = element as HTMLProgressElement;
    return progress.position < 0 ? null : Math.round(progress.position * 1000);
  });

test('an added ISO: its bar moves from nothing to the whole, then it is ready', async ({ page, world, scripts }) => {
  // Without scripts a page looks again every four seconds, and at the provider every eight.
  test.slow(!scripts);
  await signIn(page, world.writeToken, '/isos');
  await page.getByRole('link', { name: 'Add ISO' }).click();
  await world.freeze();
  await page.getByLabel('Address').fill('https://mirror.example.org/new.iso?size=1000000&seconds=10');
  await page.getByRole('button', { name: 'Add ISO' }).click();
  await expect(heading(page, 'new.iso')).toBeVisible();
  await expect(page.getByText('The provider is downloading the ISO.')).toBeVisible();
  await expect(property(page, 'State')).toHaveText('Waiting');
  const bar = page.getByRole('progressbar', { name: 'Download of new.iso' });
  expect(await filled(bar)).toBe(0);
  await expect(page.getByText('0 B of 1.0 MB')).toBeVisible();
  await alive(page, scripts);
  const same = await sameDocument(page);

  // One second and a half of waiting, then a tenth each second.
  const steps: [number, number, string][] = [
    [4, 250, '250.0 kB of 1.0 MB'],
    [5, 750, '750.0 kB of 1.0 MB'],
  ];
  for (const [seconds, share, bytes] of steps) {
    await world.pass(seconds);
    await expect.poll(() => filled(bar), { timeout: 12_000, message: 'the bar grows' }).toBe(share);
    await expect(page.getByText(bytes)).toBeVisible();
    await expect(property(page, 'State')).toHaveText('Downloading');
  }
  // By now there were two looks: a rate and a time left are known.
  await expect(property(page, 'Rate')).toHaveText(/^\d+(\.\d)? [kM]?B\/s$/);
  await expect(property(page, 'Time left')).toHaveText(/^\d+ (s|min)/);
  await world.pass(5);
  await expect(property(page, 'State')).toHaveText('Ready', { timeout: 12_000 });
  expect(await filled(bar)).toBe(1000);
  await expect(property(page, 'Removed by the provider')).toContainText(/in 1 d 23 h/);
  // With scripts nothing was loaded anew; without them the page did it by itself, and stops now.
  expect(await same()).toBe(scripts);
  if (!scripts) await expect(refreshing(page)).toHaveCount(0);
});

test('the list has live bars too', async ({ page, world, scripts }) => {
  await world.freeze();
  await world.addIso('https://mirror.example.org/one.iso?size=1000000&seconds=10');
  await world.addIso('https://mirror.example.org/two.iso?size=2000000&seconds=100');
  await world.addIso('https://mirror.example.org/word.iso?size=2000000&word=verifying');
  await world.addIso('https://mirror.example.org/endless.iso?seconds=100&unknown-size');
  await signIn(page, world.writeToken, '/isos');
  await alive(page, scripts);
  const same = await sameDocument(page);
  const bar = (name: string) => page.getByRole('progressbar', { name: `Download of ${name}` });
  await expect(row(page, 'one.iso')).toContainText('Waiting');
  await expect(row(page, 'debian')).toContainText('Ready');
  expect(await filled(bar('debian-13.1.0-amd64-netinst.iso'))).toBe(1000);
  await world.pass(6.5);
  await expect.poll(() => filled(bar('one.iso')), { timeout: 12_000 }).toBe(500);
  await expect.poll(() => filled(bar('two.iso'))).toBe(50);
  await expect(row(page, 'one.iso')).toContainText('500.0 kB of 1.0 MB');
  // The provider's own word, and a size that nobody knows.
  await expect(row(page, 'word.iso')).toContainText('verifying');
  await expect(row(page, 'endless.iso')).toContainText('total unknown');
  expect(await filled(bar('endless.iso'))).toBeNull();
  await world.pass(6);
  await expect(row(page, 'one.iso')).toContainText('Ready', { timeout: 12_000 });
  expect(await same()).toBe(scripts);
});

test('what a colleague adds or deletes appears on an open page', async ({ page, world, scripts }) => {
  await world.addIso('https://mirror.example.org/mine.iso?seconds=600');
  await world.addIso('https://mirror.example.org/fleeting.iso?seconds=600&vanish=86400');
  await signIn(page, world.writeToken, '/isos');
  await alive(page, scripts);
  await expect(row(page, 'fleeting.iso')).toBeVisible();
  await world.addIso('https://mirror.example.org/theirs.iso?seconds=600');
  await expect(row(page, 'theirs.iso')).toBeVisible({ timeout: 12_000 });
  await world.pass(86_400);
  await expect(row(page, 'fleeting.iso')).toHaveCount(0, { timeout: 12_000 });
  await expect(row(page, 'mine.iso')).toBeVisible();
});

test('an ISO that vanishes while it is watched: the page says that there is none', async ({ page, world, scripts, guard }) => {
  const { id } = await world.addIso('https://mirror.example.org/fleeting.iso?seconds=600&vanish=3600');
  guard.expects(404, `/isos/${id}`);
  await signIn(page, world.writeToken, `/isos/${id}`);
  await alive(page, scripts);
  await world.pass(3600);
  await expect(page.getByText('There is no ISO here.')).toBeVisible({ timeout: 15_000 });
});

test('deleting asks for the name, and says when it is another', async ({ page, world, guard }) => {
  guard.expects(422, /^\/isos\/\d+\?confirm=delete/);
  const [iso] = await world.ask('/isos');
  await signIn(page, world.writeToken, `/isos/${iso.id}`);
  await page.getByRole('link', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${iso.name}?` });
  await expect(dialog).toContainText('The provider removes the file at once.');
  await dialog.getByLabel('Name').fill('another.iso');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Name: That is not its name.');
  await expect(dialog.getByLabel('Name')).toHaveValue('another.iso');
  await expect(dialog.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/That is not its name\./);
  expect(await world.journal('deleteIso')).toHaveLength(0);

  await dialog.getByLabel('Name').fill(iso.name);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL('/isos?done=iso-deleted');
  await expect(page.getByText('The ISO is deleted.')).toBeVisible();
  await expect(page.getByText('No ISOs yet')).toBeVisible();
  expect((await world.journal('deleteIso')).map((entry) => entry.status)).toEqual([204]);
});

test('an added ISO is on the next page at once, and in the list', async ({ page, world }) => {
  await signIn(page, world.writeToken, '/isos');
  await expect(page.getByText('1 ISO', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Add ISO' }).click();
  await page.getByLabel('Address').fill('  https://mirror.example.org/at-once.iso?seconds=600  ');
  await page.getByRole('button', { name: 'Add ISO' }).click();
  await expect(heading(page, 'at-once.iso')).toBeVisible();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'ISOs' }).click();
  await expect(row(page, 'at-once.iso')).toBeVisible();
  await expect(page.getByText('2 ISOs', { exact: true })).toBeVisible();
});

test('two tabs on one ISO: the provider is asked by one poller', async ({ page, context, world, scripts }) => {
  const { id } = await world.addIso('https://mirror.example.org/watched.iso?seconds=600');
  await signIn(page, world.writeToken, `/isos/${id}`);
  const other = await context.newPage();
  await other.goto(`/isos/${id}`);
  await alive(page, scripts);
  await alive(other, scripts);
  await expect(property(other, 'State')).toHaveText('Downloading', { timeout: 12_000 });
  await world.forgetJournal();
  type Timed = { time: string; operation: string | null };
  // Without scripts the page is loaded anew, and with it what servers have in their drives.
  const looks = async () =>
    ((await world.journal()) as unknown as Timed[]).filter((entry) => scripts || entry.operation !== 'listServers');
  await expect.poll(async () => (await looks()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(scripts ? 3 : 2);
  const journal = await looks();
  expect(new Set(journal.map((entry) => entry.operation))).toEqual(new Set(['listIsos']));
  const times = journal.map((entry) => Date.parse(entry.time));
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  // One poller looks every two seconds; two of them would not keep that distance.
  for (const gap of gaps) expect(gap).toBeGreaterThan(1500);
});

test('the page without scripts can be told to stand still', async ({ page, world, scripts }) => {
  test.skip(scripts, 'with scripts nothing is loaded anew');
  await world.addIso('https://mirror.example.org/slow.iso?seconds=600');
  await signIn(page, world.writeToken, '/isos');
  await expect(refreshing(page)).toBeVisible();
  await page.getByRole('link', { name: 'Stop' }).click();
  await expect(page.getByRole('paragraph').filter({ hasText: 'This page no longer refreshes itself.' })).toBeVisible();
  await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
  await page.getByRole('link', { name: 'Refresh again' }).click();
  await expect(page).toHaveURL('/isos');
  await expect(refreshing(page)).toBeVisible();
});

test('a page with a form never goes away under one’s hands', async ({ page, world, scripts }) => {
  test.skip(scripts, 'with scripts nothing is loaded anew');
  const { id } = await world.addIso('https://mirror.example.org/slow.iso?seconds=600');
  await signIn(page, world.writeToken, `/isos/${id}?confirm=delete`);
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
});
