// The frame around every page: the theme, the way through the product, keys, and what stays when scripts break.

import { alive, axe, expect, heading, openMenu, signIn, signOut, test } from '../support/test.ts';

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

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the way through the product is a sheet, by touch and by keyboard', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    const menu = page.getByRole('button', { name: 'Menu' });
    const places = page.getByRole('navigation', { name: 'Main' });
    await expect(places).toBeHidden();

    await menu.focus();
    await page.keyboard.press('Enter');
    await expect(places.getByRole('link', { name: 'Servers' })).toHaveAttribute('aria-current', 'page');
    if (scripts) await axe(page, 'the open sheet');
    await page.keyboard.press('Tab');
    await expect(places.getByRole('button', { name: 'Close' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(places.getByRole('link', { name: 'Overview' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(places).toBeHidden();

    await menu.click();
    await places.getByRole('button', { name: 'Close' }).click();
    await expect(places).toBeHidden();

    await menu.click();
    await places.getByRole('link', { name: 'Diagnostics' }).click();
    await expect(heading(page, 'Diagnostics')).toBeVisible();
    await expect(places).toBeHidden();
    await menu.click();
    await expect(places.getByRole('link', { name: 'Diagnostics' })).toHaveAttribute('aria-current', 'page');
  });
});

test('where there is room the places are just there', async ({ page, world }) => {
  await signIn(page, world.writeToken);
  await expect(page.getByRole('button', { name: 'Menu' })).toBeHidden();
  const places = page.getByRole('navigation', { name: 'Main' });
  for (const [link, title] of [['ISOs', 'ISOs'], ['Invoices', 'Invoices'], ['Activity', 'Activity'], ['Diagnostics', 'Diagnostics']]) {
    await places.getByRole('link', { name: link }).click();
    await expect(heading(page, title)).toBeVisible();
    await expect(places.getByRole('link', { name: link })).toHaveAttribute('aria-current', 'page');
  }
});
