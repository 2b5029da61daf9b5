// Without a mouse: whoever has only a keyboard gets everywhere, and always sees where they are.

import { alive, expect, heading, property, row, signIn, test, type Locator, type Page } from '../support/test.ts';

/** More steps than any page has. */
const FAR = 120;

/** What has the focus is in sight and marked. */
async function focusIsSeen(page: Page) {
  const lost = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const told = `${element.localName} "${(element.textContent ?? '').trim().slice(0, 30)}"`;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    if (!marked) return `${told} is not marked`;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && right > left && bottom > top;
    if (!inSight) return `${told} is out of sight`;
    // Something of it must be on top: bars that stay in place may not cover it.
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const above = document.elementFromPoint(x, y);
    const bar = above?.closest('header, .bulk-bar');
    return bar && !bar.contains(element) && getComputedStyle(bar).position === 'sticky' ? `${told} is covered by a bar` : null;
  });
  expect(lost, 'the focus is seen').toBeNull();
}

/** Goes on with the tabulator until there. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const there = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < FAR; step += 1) {
    if (await there()) return;
    await page.keyboard.press(key);
    await focusIsSeen(page);
  }
  throw new Error(`${target} is not to be reached by ${key}`);
}

/** A page to which another one led begins at its title, which is told; without scripts as every page of a browser does. */
async function beginsAtTheStart(page: Page, scripts: boolean) {
  if (scripts) await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  else expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(0);
}

/** Past the frame by the link that is there for this; who is at the title has passed it already. */
async function skipToContent(page: Page, scripts: boolean) {
  if (scripts) return;
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await focusIsSeen(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
}

test('sign in, restart a server, reply to a ticket', async ({ page, world, scripts, guard }) => {
  test.slow();
  guard.expects(422, /^\/tickets\/\d+/);
  const { id: ticket } = await world.ticket('No route');
  const places = page.getByRole('navigation', { name: 'Main' });

  await page.goto('/sign-in');
  await alive(page, scripts);
  await tabTo(page, page.getByLabel('API token'));
  await page.keyboard.type(world.writeToken);
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Overview')).toBeVisible();
  await alive(page, scripts);
  await beginsAtTheStart(page, scripts);

  await tabTo(page, places.getByRole('link', { name: 'Servers' }));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Servers')).toBeVisible();
  await alive(page, scripts);
  await beginsAtTheStart(page, scripts);
  await skipToContent(page, scripts);
  await tabTo(page, row(page, 'web-1').getByRole('rowheader').getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'web-1')).toBeVisible();

  await alive(page, scripts);
  await tabTo(page, page.getByRole('link', { name: 'Restart' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Restart web-1?' });
  await expect(dialog).toBeVisible();
  await alive(page, scripts);
  await tabTo(page, dialog.getByRole('button', { name: 'Restart' }));
  await page.keyboard.press('Space');
  await expect(property(page, 'Power')).toHaveText('Restarting…');
  await expect.poll(() => world.journal('restartServer')).toHaveLength(1);

  await tabTo(page, places.getByRole('link', { name: 'Tickets' }));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Tickets')).toBeVisible();
  await alive(page, scripts);
  await skipToContent(page, scripts);
  await tabTo(page, row(page, 'No route').getByRole('rowheader').getByRole('link'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/tickets/${ticket}`);
  await alive(page, scripts);
  await skipToContent(page, scripts);
  const message = page.getByRole('textbox', { name: 'Message' });
  await tabTo(page, message);

  // Enough for the browser, not enough once the ends are cut off: the focus is at what is wrong.
  await page.keyboard.type('  abc   ');
  await tabTo(page, page.getByRole('button', { name: 'Send reply' }));
  await page.keyboard.press('Enter');
  const wrong = page.getByRole('alert').filter({ hasText: 'needs another look' });
  await expect(wrong).toBeFocused();
  await focusIsSeen(page);
  await alive(page, scripts);
  // Its first link leads to the field.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(message).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('It works again, thank you.');
  await tabTo(page, page.getByRole('button', { name: 'Send reply' }));
  await page.keyboard.press('Space');
  await expect(page.getByText('Your message is sent.')).toBeVisible();
  expect(await world.journal('replyTicket')).toHaveLength(1);
});

test('who leaves a dialog is back at what opened it', async ({ page, world, scripts }) => {
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}`);
  const opener = page.getByRole('link', { name: 'Stop' });
  for (const leave of ['the link', 'Escape']) {
    // Without scripts the dialog is a page: it is left by its link, and the page before begins anew.
    if (!scripts && leave === 'Escape') continue;
    await alive(page, scripts);
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await alive(page, scripts);
    if (leave === 'Escape') {
      await page.keyboard.press('Escape');
    } else {
      await tabTo(page, dialog.getByRole('link', { name: 'Cancel' }));
      await page.keyboard.press('Enter');
    }
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(`/servers/${id}`);
    if (scripts) {
      await expect(opener).toBeFocused();
      await focusIsSeen(page);
    }
  }
});

test('who leaves a dialog of another part of the page is back there, or at the menu it stood in', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts the page before begins anew');
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken);
  for (const [address, button, menu] of [
    [`/servers/${id}?tab=access`, 'Set password', undefined],
    [`/servers/${id}`, 'Rename', 'More actions for web-1'],
  ]) {
    await page.goto(address);
    await alive(page, scripts);
    if (menu) await page.getByRole('button', { name: menu }).click();
    await page.getByRole('main').getByRole('link', { name: button }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await alive(page, scripts);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await alive(page, scripts);
    await expect(menu ? page.getByRole('button', { name: menu }) : page.getByRole('main').getByRole('link', { name: button }).first()).toBeFocused();
  }
});

test.describe('a long list', () => {
  test.use({ seed: 'typical' });

  test('what may be done with chosen rows covers no row that has the focus', async ({ page, world, scripts }) => {
    test.skip(!scripts, 'the keys of a list need scripts');
    await page.setViewportSize({ width: 1280, height: 420 });
    await signIn(page, world.writeToken, '/servers');
    await alive(page, scripts);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByRole('group', { name: 'With the chosen rows' })).toContainText('1 chosen');
    for (let step = 0; step < 9; step += 1) {
      await page.keyboard.press('j');
      await focusIsSeen(page);
    }
  });
});

test('a modal dialog keeps the focus inside', async ({ page, world, scripts }) => {
  test.skip(!scripts, 'without scripts the dialog is a page like any other');
  const { id } = await world.server('web-1');
  await signIn(page, world.writeToken, `/servers/${id}?confirm=restart`);
  await alive(page, scripts);
  const dialog = page.getByRole('dialog');
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    // The browser's own bar is on the way around; nothing of the page behind is.
    const where = await dialog.evaluate((dialog) => (document.activeElement === document.body ? 'outside of the page' : dialog.contains(document.activeElement) ? 'inside' : 'behind'));
    expect(where).not.toBe('behind');
  }
});
