// Finding anything: the page that works everywhere, the palette where scripts run, and news in passing.

import { alive, axe, axeOfColours, expect, heading, property, signIn, signOut, test, type Page } from '../support/test.ts';
import { World } from '../support/world.ts';

/** What was found of a kind, on the page. */
const found = (page: Page, kind: string) => page.getByRole('region', { name: kind, exact: true });

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find anything' });
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Find anything' });
const option = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name });
const group = (page: Page, name: string) => palette(page).getByRole('group', { name, exact: true });

/** Opens the palette, which is filled at once. */
async function openPalette(page: Page) {
  await alive(page, true);
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await expect(group(page, 'Places')).toBeVisible();
}

test.describe('the page', () => {
  test.use({ seed: 'typical' });

  test('is reached from the top bar, and finds servers by name, address and id', async ({ page, world, scripts }) => {
    const { id } = await world.server('web-2');
    const server = await world.ask(`/servers/${id}`);
    await signIn(page, world.writeToken);
    const search = page.getByRole('search', { name: 'Find anything' }).getByRole('textbox');
    // By keyboard it is a form like any other, with scripts too.
    await alive(page, scripts);
    await search.focus();
    await page.keyboard.type('web-2');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/find?q=web-2');
    await expect(heading(page, 'Find anything')).toBeVisible();
    await expect(page).toHaveTitle('Find anything · Vitosha');
    await expect(found(page, 'Servers').getByRole('link')).toHaveText(['web-2']);

    for (const typed of [server.ip_addresses[0].ip_address, String(id), `#${id}`]) {
      await page.getByRole('searchbox', { name: 'Name, address or number' }).fill(typed);
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(`/find?${new URLSearchParams({ q: typed })}`);
      await expect(found(page, 'Servers').getByRole('link', { name: 'web-2' })).toBeVisible();
    }
    // Not led away by itself, but Enter opens what fits best.
    await expect(found(page, 'Servers').getByRole('link', { name: 'web-2' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(heading(page, 'web-2')).toBeVisible();
  });

  test('finds also what lists hide, and the rest of the account', async ({ page, world }) => {
    const [invoice] = await world.ask('/invoices');
    const ticket = await world.ticket('No route');
    await signIn(page, world.writeToken, '/find?q=test-2024');
    await expect(found(page, 'Servers')).toContainText('Terminated');
    await page.goto('/find?q=debian');
    await expect(found(page, 'ISOs').getByRole('link', { name: 'debian-13.1.0-amd64-netinst.iso' })).toBeVisible();
    await page.goto(`/find?q=${invoice.invoice_number}`);
    await expect(found(page, 'Invoices').getByRole('link')).toHaveText([invoice.invoice_number]);
    await expect(found(page, 'Invoices')).toContainText(`€${invoice.amount_with_vat.toFixed(2)}`);
    await page.goto('/find?q=ROUTE+server');
    await expect(found(page, 'Tickets').getByRole('link', { name: ticket.subject })).toBeVisible();
    await page.goto('/find?q=diagn');
    await found(page, 'Places').getByRole('link', { name: 'Diagnostics' }).click();
    await expect(heading(page, 'Diagnostics')).toBeVisible();
  });

  test('says where it looked when nothing is found', async ({ page, world }) => {
    const [isos, tickets] = [await world.ask('/isos'), await world.ask('/support/tickets')];
    await signIn(page, world.writeToken, '/find?q=nothing+of+the+kind');
    await expect(page.getByText('Nothing found for “nothing of the kind”.')).toBeVisible();
    const searched = page.getByText('Searched:');
    await expect(searched).toContainText('all servers by name, address and id');
    await expect(searched).toContainText('the newest 30 invoices');
    await expect(searched).toContainText(`all ${isos.length} ISOs`);
    await expect(searched).toContainText(`all ${tickets.length} tickets`);
  });

  test('shows the places while nothing is typed', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/find');
    await expect(found(page, 'Places').getByRole('link', { name: 'Add ISO' })).toBeVisible();
    await expect(page.getByRole('searchbox', { name: 'Name, address or number' })).toBeFocused();
    expect(await world.journal('listInvoices')).toHaveLength(0);
  });

  test('a part that fails says so, and the others stand', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/isos/new');
    await world.force('listInvoices', { status: 500, times: 0 });
    await page.goto('/find?q=web');
    await expect(found(page, 'Servers').getByRole('link', { name: 'web-1' })).toBeVisible();
    await expect(page.getByText('Invoices were not searched. The provider reports a fault of its own.')).toBeVisible();
    await expect(page.getByText('Searched:')).not.toContainText('invoices');
    await page.goto('/find?q=nothing+of+the+kind');
    await expect(page.getByText('“nothing of the kind” was not found in what could be searched.')).toBeVisible();
  });

  test('a part that is late comes by itself', async ({ page, world, scripts }) => {
    await signIn(page, world.writeToken, '/isos/new');
    await world.force('listTickets', { delay_ms: 4500 });
    await page.goto('/find?q=route');
    await alive(page, scripts);
    await expect(page.getByText('Tickets were not searched yet')).toBeVisible();
    // Without scripts the page fetches itself anew: what is typed would be lost.
    const fields = page.getByRole('searchbox').or(page.getByRole('search').getByRole('textbox'));
    await expect(fields).toHaveCount(scripts ? 2 : 0);
    await expect(found(page, 'Tickets').getByRole('link', { name: 'No route to the server' })).toBeVisible({ timeout: 12_000 });
  });
});

test.describe('the palette', () => {
  test.use({ seed: 'typical' });
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'without scripts there is the page');

  test('by keyboard alone: from a server to the question whether to restart it', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await openPalette(page);
    // What can be done here comes first; what cannot says why, and is passed over at first.
    await expect(group(page, 'Actions').getByRole('option').first()).toHaveText('Start web-1 It is already running.');
    await expect(option(page, 'Restart web-1')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowUp');
    const start = option(page, /^Start web-1/);
    await expect(start).toHaveAttribute('aria-selected', 'true');
    await expect(start).toHaveAttribute('aria-disabled', 'true');
    await expect(field(page)).toHaveAttribute('aria-activedescendant', (await start.getAttribute('id'))!);
    await page.keyboard.press('Enter');
    await expect(palette(page)).toBeVisible();
    await expect(page).toHaveURL(`/servers/${id}`);

    await page.keyboard.type('restart');
    await expect(option(page, 'Restart web-1')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/servers/${id}?confirm=restart`);
    await expect(page.getByRole('dialog', { name: 'Restart web-1?' })).toBeVisible();
    expect(await world.journal('restartServer')).toHaveLength(0);

    // While a dialog asks, it stays closed.
    await alive(page, true);
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toBeHidden();
    await expect(page.getByRole('dialog')).toHaveCount(1);
  });

  test('a server that is suspended: every reason is told', async ({ page, world }) => {
    const { id } = await world.server('old-shop');
    await signIn(page, world.writeToken, `/servers/${id}`);
    await openPalette(page);
    const reasons = group(page, 'Actions').getByRole('option', { disabled: true });
    await expect(reasons).toHaveText([
      'Start', 'Restart', 'Stop', 'Power off:', 'Scale', 'Boot the rescue system:', 'Leave the rescue system:', 'Reinstall',
    ].map((verb) => `${verb} old-shop It is suspended: renew it first.`));
  });

  test('goes to what is typed, and to the page that searches when nothing fits', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/invoices');
    await openPalette(page);
    await page.keyboard.type('db-1');
    // Pressed before the answer is there: the best answer is meant.
    await page.keyboard.press('Enter');
    await expect(heading(page, 'db-1')).toBeVisible();

    await openPalette(page);
    await page.keyboard.type('nothing of the kind');
    await expect(palette(page).getByRole('status')).toContainText('Nothing found for “nothing of the kind”. Searched: all servers');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/find?q=nothing+of+the+kind');
  });

  test('opens by a click on the search, closes beside it, and gives the focus back', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/invoices');
    await alive(page, true);
    await page.getByRole('link', { name: 'Servers' }).focus();
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(page.getByRole('link', { name: 'Servers' })).toBeFocused();

    await page.getByRole('search', { name: 'Find anything' }).getByRole('textbox').click();
    await expect(palette(page)).toBeVisible();
    await page.mouse.click(4, 600);
    await expect(palette(page)).toBeHidden();
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(palette(page)).toBeHidden();
    await expect(page).toHaveURL('/invoices');
  });

  test('a ticket can be answered and resolved from it, its link copied', async ({ page, context, world }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { id } = await world.ticket('No route');
    await signIn(page, world.writeToken, `/tickets/${id}`);
    await openPalette(page);
    await option(page, /^Copy link/).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    await openPalette(page);
    await option(page, 'Reply').click();
    await expect(page).toHaveURL(`/tickets/${id}#reply`);
    await expect(palette(page)).toBeHidden();
    await openPalette(page);
    await option(page, 'Mark as resolved').click();
    await expect(page.getByRole('dialog', { name: /as resolved\?/ })).toBeVisible();
  });

  test('shows first what was opened last, never to another account', async ({ page, world, house, guard }) => {
    guard.expects(404, '/servers/1');
    const [web, db] = [await world.server('web-1'), await world.server('db-1')];
    await signIn(page, world.writeToken, `/servers/${web.id}`);
    await alive(page, true);
    // What is not there is nothing to come back to.
    await page.goto('/servers/1');
    await alive(page, true);
    await page.goto(`/servers/${db.id}`);
    await openPalette(page);
    await expect(group(page, 'Recent').getByRole('option')).toHaveText(['web-1 Server']);
    await page.keyboard.press('Escape');
    await page.goto('/find');
    await expect(found(page, 'Recent').getByRole('link')).toHaveText(['db-1', 'web-1']);
    await openPalette(page);
    await page.keyboard.type('web');
    await expect(group(page, 'Recent').getByRole('option')).toHaveText(['web-1 Server']);
    await page.keyboard.press('Escape');

    // Another account takes the place of this one: nothing of it is left.
    const other = await World.make(house.sandbox, { seed: 'small' });
    await page.goto('/sign-in');
    await alive(page, true);
    expect(await page.evaluate(() => sessionStorage.length), 'the way to another account forgets').toBe(0);
    await page.goto(`/servers/${db.id}`);
    await alive(page, true);
    // To a page that follows nothing: what follows the session leaves as soon as it ends, here before the next step.
    await page.goto('/keys');
    await alive(page, true);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toContain('db-1');
    await page.request.post('/do/sign-in', {
      form: { token: other.writeToken },
      headers: { origin: new URL(page.url()).origin },
      maxRedirects: 0,
    });
    await page.goto('/find');
    await openPalette(page);
    await expect(group(page, 'Recent')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(found(page, 'Recent')).toHaveCount(0);
    await signOut(page);
    await alive(page, true);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('names that look like HTML are text', async ({ page, world }) => {
    const name = '<img src=x onerror=alert(1)>.iso';
    const iso = { id: 77, name, status: 'downloaded', size: 1000, downloaded: 1000 };
    await world.force('listIsos', { status: 200, body: { data: [iso] }, times: 0 });
    await signIn(page, world.writeToken, '/isos');
    await openPalette(page);
    await page.keyboard.type('onerror');
    await expect(group(page, 'ISOs').getByRole('option').locator('span').first()).toHaveText(name);
    await expect(palette(page).locator('img')).toHaveCount(0);
    await page.keyboard.press('Enter');
    await expect(heading(page, name)).toBeVisible();
    await alive(page, true);
    await page.goto('/');
    await openPalette(page);
    await expect(group(page, 'Recent').getByRole('option')).toHaveText([`${name} ISO`]);
    await expect(palette(page).locator('img')).toHaveCount(0);
  });

  test('one part that fails says so, and the others stand', async ({ page, world }) => {
    await signIn(page, world.writeToken, '/isos/new');
    await world.force('listTickets', { status: 403, times: 0 });
    await openPalette(page);
    await page.keyboard.type('web-1');
    await expect(group(page, 'Servers').getByRole('option').first()).toContainText('web-1');
    await expect(palette(page).getByRole('status')).toContainText('Tickets were not searched. This account may not do that.');
  });

  test('when the session has ended, the page leads to sign-in and back', async ({ page, world, guard }) => {
    guard.expects(401, '/api/find');
    await signIn(page, world.writeToken, '/keys');
    await alive(page, true);
    await page.request.post('/do/sign-out', { headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
    await page.keyboard.press('Control+k');
    await expect(page).toHaveURL('/sign-in?next=%2Fkeys');
  });

  test('looks well and is open to everybody', async ({ page, world }) => {
    test.slow();
    const { id } = await world.server('web-1');
    await world.freeze();
    await signIn(page, world.writeToken, `/servers/${id}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await openPalette(page);
        await (colorScheme === 'light' ? axe : axeOfColours)(page, `the palette, ${colorScheme}, ${width} px`);
        await page.keyboard.type('web');
        await expect(group(page, 'Servers')).toBeVisible();
        await (colorScheme === 'light' ? axe : axeOfColours)(page, `what was found, ${colorScheme}, ${width} px`);
        await page.keyboard.press('Escape');
        await expect(palette(page)).toBeHidden();
      }
    }
    await page.setViewportSize({ width: 320, height: 800 });
    await openPalette(page);
    const { scroll, client } = await page.evaluate(() => {
      const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
      return { scroll, client };
    });
    expect(scroll).toBeLessThanOrEqual(client);
  });
});

test.describe('the page of what is found', () => {
  test.use({ seed: 'typical' });

  test('looks well and is open to everybody', async ({ page, world, scripts }) => {
    test.slow();
    await world.freeze();
    for (const address of ['/find', '/find?q=web', '/find?q=nothing+of+the+kind']) {
      if (address === '/find') await signIn(page, world.writeToken, address);
      else await page.goto(address);
      await alive(page, scripts);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const width of [1280, 360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${address}, ${width} px`).toBeLessThanOrEqual(width);
          if (scripts && width !== 320) await (colorScheme === 'light' ? axe : axeOfColours)(page, `${address}, ${colorScheme}, ${width} px`);
        }
      }
    }
  });
});

test.describe('news in passing', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'without scripts the page says it');

  test('what changes while one looks is said once, can be closed, and goes by itself', async ({ page, world }) => {
    const { id } = await world.server('web-1');
    await world.freeze();
    await signIn(page, world.writeToken, `/servers/${id}?confirm=stop`);
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await expect(property(page, 'Power')).toHaveText('Stopping…');
    await page.locator('[data-live-state=streaming]').waitFor({ state: 'attached' });
    const toast = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Close' }) });
    await expect(toast).toHaveCount(0);
    await world.pass(7);
    await expect(toast).toHaveText('web-1 is stopped.', { timeout: 15_000 });
    await axe(page, 'a page with news');
    // It waits for who points at it.
    await toast.getByText('web-1 is stopped.').hover();
    await page.waitForFunction(() => document.querySelector('.toasts')?.matches(':hover'));
    await toast.getByRole('button', { name: 'Close' }).click();
    await expect(toast).toHaveCount(0);
    // The page itself says it too.
    await expect(page.getByText('It was stopped')).toBeVisible();
    await page.reload();
    await page.locator('[data-live-state=streaming]').waitFor({ state: 'attached' });
    await expect(toast).toHaveCount(0);
  });

  test('a download that ends', async ({ page, world }) => {
    await world.freeze();
    const { id } = await world.addIso('https://mirror.example.org/quick.iso?size=1000000&seconds=10');
    await signIn(page, world.writeToken, `/isos/${id}`);
    await page.locator('[data-live-state=streaming]').waitFor({ state: 'attached' });
    await world.pass(20);
    const news = page.getByRole('status').filter({ hasText: 'quick.iso is ready.' });
    await expect(news).toBeVisible({ timeout: 15_000 });
    await page.mouse.move(10, 400);
    await expect(news).toHaveCount(0, { timeout: 12_000 });
    await expect(property(page, 'State')).toHaveText('Ready');
  });
});
