// A page whose link the pointer rests on is there when the link is followed, unless it would have to be asked for.

import { expect, signIn, test, type Page } from '../support/test.ts';

/** How the page that is open came: `navigational-prefetch` when it was fetched beforehand. */
const delivery = (page: Page) =>
  page.evaluate(() => (performance.getEntriesByType('navigation')[0] as unknown as { deliveryType: string }).deliveryType);

/** The answer to what the browser asks when the pointer rests on a link. */
async function pointedAt(page: Page, link: string) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().headers()['sec-purpose']?.startsWith('prefetch') ?? false),
    page.getByRole('navigation').getByRole('link', { name: link }).first().hover(),
  ]);
  return answer.status();
}

test('a page that is fetched beforehand is the one that is shown', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'the browser tells only scripts how a page came');
  await signIn(page, world.writeToken, '/keys');
  expect(await pointedAt(page, 'Activity')).toBe(200);
  await page.getByRole('navigation').getByRole('link', { name: 'Activity' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Activity');
  expect(await delivery(page)).toBe('navigational-prefetch');
});

test('a page that nobody has read yet is asked for when its link is followed', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'the browser tells only scripts how a page came');
  await signIn(page, world.writeToken, '/keys');
  const before = (await world.journal()).length;
  expect(await pointedAt(page, 'Invoices')).toBe(503);
  expect((await world.journal()).length, 'the provider is not asked').toBe(before);
  await page.getByRole('navigation').getByRole('link', { name: 'Invoices' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Invoices');
  expect(await delivery(page)).toBe('');
});
