// The frame around every page: the theme, the way through the product, keys, and what stays when scripts break.

import { alive, expect, heading, openMenu, signIn, signOut, test } from '../support/test.ts';

test.describe('the theme', () => {
  test.use({ colorScheme: 'light' });

  test('is chosen in the account menu, on the page where one is, and stays after signing out', async ({ page, world }) => {
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await signIn(page, world.writeToken, '/servers?q=web');
    const light = await background();
    await openMenu(page);
    const themes = page.getByRole('group', { name: 'Theme' });
    await expect(themes.getByRole('button', { name: 'System', pressed: true })).toBeVisible();
    await themes.getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page).toHaveURL('/servers?q=web');
    expect(await background()).not.toBe(light);
    await openMenu(page);
    await expect(themes.getByRole('button', { name: 'Dark', pressed: true })).toBeVisible();

    await signOut(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await background()).not.toBe(light);
  });

  test('can be left to the system again', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/isos');
    await openMenu(page);
    await page.getByRole('button', { name: 'Light' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await openMenu(page);
    await page.getByRole('button', { name: 'System' }).click();
    await expect(page.locator('html')).not.toHaveAttribute('data-theme');
    await expect(heading(page, 'ISOs')).toBeVisible();
  });
});
