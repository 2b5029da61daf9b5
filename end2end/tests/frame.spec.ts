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

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText('You are signed out.')).toBeVisible();
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

test.describe('keys', () => {
  test.use({ seed: 'typical' });

  test('are listed on a page that the footer leads to, and can be turned off there', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/servers');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Keys' }).click();
    await expect(heading(page, 'Keys')).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'To Servers' })).toContainText('g then s');
    await page.getByRole('button', { name: 'Turn keys off' }).click();
    await expect(page.getByText('Keys are off in this browser.')).toBeVisible();
    if (scripts) {
      await page.goto('/servers');
      await alive(page, scripts);
      await page.keyboard.press('/');
      await expect(page.getByRole('searchbox')).not.toBeFocused();
      await page.goto('/keys');
    }
    await page.getByRole('button', { name: 'Turn keys on' }).click();
    await expect(page.getByText('Keys are on.')).toBeVisible();
  });

  test('lead through the product', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'without scripts there are links');
    await signIn(page, world.writeToken);
    for (const [keys, title] of [['gs', 'Servers'], ['gi', 'ISOs'], ['gv', 'Invoices'], ['gt', 'Tickets'], ['go', 'Overview'], ['?', 'Keys']]) {
      await alive(page, scripts);
      for (const key of keys) await page.keyboard.press(key);
      await expect(heading(page, title)).toBeVisible();
    }
  });

  test('move through the rows of a list; Enter opens', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'without scripts there are links');
    await world.freeze();
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    const link = (place: number) => page.getByRole('rowheader').nth(place).getByRole('link');
    const name = (await link(1).textContent()) ?? '';
    await page.keyboard.press('j');
    await expect(link(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(link(1)).toBeFocused();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await expect(link(0)).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(heading(page, name.trim())).toBeVisible();
  });

  test('are letters where one types, and nothing together with Ctrl or Alt', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'without scripts there are links');
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    await page.keyboard.press('Alt+j');
    await expect(page.getByRole('rowheader').first().getByRole('link')).not.toBeFocused();
    await page.keyboard.press('/');
    const search = page.getByRole('searchbox');
    await expect(search).toBeFocused();
    await page.keyboard.type('g/jk?gs');
    await expect(search).toHaveValue('g/jk?gs');
    await expect(search).toBeFocused();
    await expect(page).toHaveURL('/servers');
  });

  test('Escape closes the account menu and gives the focus back', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'without scripts its button closes it');
    await signIn(page, world.writeToken);
    await alive(page, scripts);
    await openMenu(page);
    const out = page.getByRole('button', { name: 'Sign out' });
    await expect(out).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(out).toBeHidden();
  });
});

test('scripts that break leave links and forms working, and the page says so', async ({ page, world, scripts, guard }) => {
  test.skip(!scripts, 'nothing runs that could break');
  guard.expectsBrokenScripts();
  const bar = page.getByRole('alert').filter({ hasText: 'Something in this page broke.' });
  const breakIt = async () => {
    await alive(page, scripts);
    await expect(bar).toBeHidden();
    await page.evaluate(() => document.dispatchEvent(new Event('vitosha:panic')));
    await expect(bar).toHaveText('Something in this page broke. Everything still works; reload to make it live again.');
  };
  await page.goto('/sign-in');
  await breakIt();
  await page.getByLabel('API token').fill(world.writeToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(page, 'Overview')).toBeVisible();

  await page.goto('/servers');
  await breakIt();
  await axe(page, 'a page whose scripts broke');
  await page.getByRole('searchbox').fill('web-1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=web-1/);

  await breakIt();
  await page.getByRole('rowheader').first().getByRole('link').click();
  await expect(heading(page, /^web-1/)).toBeVisible();

  await breakIt();
  await bar.getByRole('link', { name: 'reload' }).click();
  await alive(page, scripts);
  await expect(bar).toBeHidden();
  await signOut(page);
});

test('scripts that break behind a dialog leave it and the bar within reach', async ({ page, world, scripts, guard }) => {
  test.skip(!scripts, 'nothing runs that could break');
  guard.expectsBrokenScripts();
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=restart`);
  await alive(page, scripts);
  await page.evaluate(() => document.dispatchEvent(new Event('vitosha:panic')));
  // Behind a modal dialog nothing has a role.
  await expect(page.getByRole('alert').filter({ hasText: 'Something in this page broke.' })).toBeVisible();
  await page.getByRole('dialog', { name: 'Restart web-1?' }).getByRole('button', { name: 'Restart' }).click();
  await expect(page).toHaveURL(`/servers/${id}`);
  expect(await world.journal('restartServer')).toHaveLength(1);
});

test('news are told where a form of ours led, not by a link that somebody sent', async ({ page, world }) => {
  await signIn(page, world.writeToken);
  const told = async (from: string) => {
    const answer = await page.request.get('/orders?done=order-paid', { headers: { 'sec-fetch-site': from } });
    return (await answer.text()).includes('The order is paid.');
  };
  expect([await told('same-origin'), await told('cross-site'), await told('none')]).toEqual([true, false, false]);
});
