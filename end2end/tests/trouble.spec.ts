// When the provider is slow, silent, wrong, or has had enough: every page answers, says what is known, and mends itself.

import { alive, expect, heading, property, refreshing, row, sameDocument, signIn, test, type Page } from '../support/test.ts';
import { World } from '../support/world.ts';

/** A page waits three seconds for the provider and says so; the person waits no longer than this, in milliseconds. */
const PATIENCE = 4000;

/** Opens a page and says how long that took, with the answer. */
async function open(page: Page, address: string) {
  const answer = await page.goto(address, { waitUntil: 'commit' });
  // From the request to the first byte: how long a browser takes to open five tabs is its own business.
  const { requestStart, responseStart } = answer!.request().timing();
  return { took: responseStart - requestStart, status: answer!.status(), headers: answer!.headers() };
}

type Place = {
  name: string;
  /** The operation of its main object. */
  operation: string;
  address: (world: World) => Promise<string>;
  /** What is there when the provider has answered. */
  there: (page: Page) => Promise<void>;
};

const at = (address: string) => async () => address;
const places: Place[] = [
  { name: 'servers', operation: 'listServers', address: at('/servers'), there: (page) => expect(row(page, 'web-1')).toBeVisible() },
  {
    name: 'a server',
    operation: 'getServer',
    address: async (world) => `/servers/${(await world.server('web-1')).id}`,
    there: (page) => expect(property(page, 'Image')).toHaveText('Ubuntu 24.04'),
  },
  { name: 'ISOs', operation: 'listIsos', address: at('/isos'), there: (page) => expect(row(page, 'debian')).toBeVisible() },
  {
    name: 'an ISO',
    operation: 'listIsos',
    address: async (world) => `/isos/${(await world.ask('/isos'))[0].id}`,
    there: (page) => expect(property(page, 'State')).toHaveText('Ready'),
  },
  {
    name: 'invoices',
    operation: 'listInvoices',
    address: at('/invoices'),
    there: (page) => expect(page.getByText('3 invoices', { exact: true })).toBeVisible(),
  },
  {
    name: 'an invoice',
    operation: 'listInvoices',
    address: async (world) => `/invoices/${(await world.ask('/invoices'))[0].id}`,
    there: (page) => expect(page.getByRole('button', { name: 'Download PDF' })).toBeVisible(),
  },
  { name: 'tickets', operation: 'listTickets', address: at('/tickets'), there: (page) => expect(row(page, 'No route')).toBeVisible() },
  {
    name: 'a ticket',
    operation: 'getTicket',
    address: async (world) => `/tickets/${(await world.ticket('No route')).id}`,
    there: (page) => expect(page.getByText('The boot log is attached.')).toBeVisible(),
  },
  {
    name: 'a new ticket',
    operation: 'listSupportDepartments',
    address: at('/tickets/new'),
    there: (page) => expect(page.getByRole('button', { name: 'Open ticket' })).toBeVisible(),
  },
];

/** Signs in without having seen a page that fills the cache. */
async function enter(page: Page, world: World) {
  await signIn(page, world.writeToken, '/nowhere');
}

test.describe('the provider is slow', () => {
  test.beforeEach(({ guard }) => {
    guard.expects(404, '/nowhere');
    guard.expects(503, /^\//);
  });

  for (const { name, operation, address, there } of places) {
    test(`${name}: the page answers in time, and completes itself`, async ({ page, world, scripts }) => {
      const where = await address(world);
      await enter(page, world);
      await world.force(operation, { delay_ms: 4500 });
      const { took, status, headers } = await open(page, where);
      expect(took, 'the page answers in time').toBeLessThan(PATIENCE);
      expect(status).toBe(503);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await expect(page.getByRole('status').filter({ hasText: 'The provider is slow to answer.' })).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Servers' })).toBeVisible();
      await expect(refreshing(page)).toHaveCount(scripts ? 0 : 1);
      await there(page);
      await expect(page.getByText('The provider is slow to answer.')).toHaveCount(0);
    });
  }

  test('a list that is still coming has its tools and columns where they will be', async ({ page, world, scripts }) => {
    await enter(page, world);
    await world.force('listServers', { delay_ms: 4500 });
    await open(page, '/servers');
    await alive(page, scripts);
    const same = await sameDocument(page);
    const waiting = page.getByText('The provider is slow to answer.');
    await expect(waiting).toBeVisible();
    const heads = () =>
      page.locator('thead').evaluate((head) => ({
        names: [...head.querySelectorAll('th')].map((cell) => cell.textContent!.trim()),
        left: head.getBoundingClientRect().left,
        height: head.getBoundingClientRect().height,
      }));
    const before = await heads();
    // Without scripts the page fetches itself anew: what is typed there would be lost.
    await expect(page.getByRole('searchbox', { name: 'Name or address' })).toBeVisible({ visible: scripts });
    await expect(page.getByRole('navigation', { name: 'State' })).toBeVisible();
    await expect(row(page, 'web-1')).toBeVisible({ timeout: 12_000 });
    expect(await heads()).toEqual(before);
    await expect(page.getByRole('main').locator('summary').filter({ hasText: 'Download CSV' })).toBeVisible();
    expect(await same()).toBe(scripts);
  });

  test('the overview: its other parts are there, the missing one comes by itself', async ({ page, world, scripts }) => {
    await enter(page, world);
    await world.force('getBalance', { delay_ms: 4500 });
    const { took, status } = await open(page, '/');
    expect(took).toBeLessThan(PATIENCE);
    expect(status, 'a part is missing, not the page').toBe(200);
    const balance = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Balance' }).first();
    await expect(page.getByRole('heading', { level: 2, name: 'Servers' })).toBeVisible();
    await expect(balance).toContainText('The provider is slow to answer.');
    await alive(page, scripts);
    const same = await sameDocument(page);
    await expect(balance).toContainText(/€\d/, { timeout: 12_000 });
    expect(await same()).toBe(scripts);
  });

  test('a server whose metrics are late: the rest stands, the curves come by themselves', async ({ page, world, scripts }) => {
    const { id } = await world.server('web-1');
    await enter(page, world);
    await world.force('getServerMetrics', { delay_ms: 4500 });
    const { took, status } = await open(page, `/servers/${id}?tab=metrics&range=1h`);
    expect(took).toBeLessThan(PATIENCE);
    expect(status).toBe(200);
    await expect(heading(page, 'web-1')).toBeVisible();
    await expect(page.getByText('Waiting for metrics.')).toBeVisible();
    await alive(page, scripts);
    const same = await sameDocument(page);
    await expect(page.getByRole('img', { name: /^Processor,/ })).toBeVisible({ timeout: 12_000 });
    expect(await same()).toBe(scripts);
  });
});

test('the provider hangs: every page still answers in time', async ({ page, context, world, guard }) => {
  guard.expects(404, '/nowhere');
  guard.expects(503, /^\//);
  await enter(page, world);
  const addresses = await Promise.all([at('/'), ...places.map((place) => place.address)].map((address) => address(world)));
  await world.force('*', { hang: true, times: 0 });
  // In several tabs at once, but no more than a browser has connections to one host.
  const visit = async (address: string) => {
    const tab = await context.newPage();
    const answer = await open(tab, address);
    await expect(tab.getByText('The provider is slow to answer.').first()).toBeAttached();
    await tab.close();
    return { address, ...answer };
  };
  const answers = [...(await Promise.all(addresses.slice(0, 5).map(visit))), ...(await Promise.all(addresses.slice(5).map(visit)))];
  for (const { address, took, status } of answers) {
    expect(took, `${address} answers in time`).toBeLessThan(PATIENCE);
    expect(status, address).toBe(address === '/' ? 200 : 503);
  }
  await world.release();
});

test.describe('a provider that takes its time with every answer', () => {
  test.use({ seed: 'typical' });

  for (const { what, address } of [
    { what: 'an invoice of the second page', address: async (world: World) => `/invoices/${(await world.ask('/invoices?page=2'))[0].id}` },
    { what: 'an ISO that is not in the list', address: async () => '/isos/123456' },
    { what: 'a server', address: async (world: World) => `/servers/${(await world.server('web-1')).id}?tab=metrics&range=month` },
  ]) {
    test(`${what}: a page that asks more than once does not wait more than once`, async ({ page, world, guard }) => {
      guard.expects(404, /^\//);
      guard.expects(503, /^\//);
      const where = await address(world);
      await enter(page, world);
      await world.faults({ latency_ms: 2500 });
      const { took } = await open(page, where);
      expect(took).toBeLessThan(PATIENCE);
      await world.faults({ latency_ms: 0 });
    });
  }
});

type Failing = { how: string; forced: Parameters<World['force']>[1]; status: number; words: string; retry?: boolean };

const failures: Failing[] = [
  { how: 'fails (500)', forced: { status: 500 }, status: 503, words: 'The provider reports a fault of its own.', retry: true },
  { how: 'breaks off', forced: { reset: true }, status: 503, words: 'The provider cannot be reached.', retry: true },
  {
    how: 'sends half an answer',
    forced: { cut_after_bytes: 20 },
    status: 503,
    words: 'The provider cannot be reached.',
    retry: true,
  },
  {
    how: 'talks nonsense',
    forced: { status: 200, body: '<html>maintenance', content_type: 'text/html' },
    status: 503,
    words: "The provider's answer could not be understood.",
    retry: true,
  },
  { how: 'has had enough (429)', forced: { status: 429 }, status: 503, words: 'The provider allows no more requests right now.', retry: true },
  { how: 'forbids it (403)', forced: { status: 403 }, status: 403, words: 'This account may not do that.' },
];

for (const place of places.filter((place) => ['listServers', 'getServer', 'listSupportDepartments'].includes(place.operation))) {
  test.describe(`the provider's answer for ${place.name}`, () => {
    for (const { how, forced, status, words, retry } of failures) {
      test(`${how}: right status, right words, the frame stands`, async ({ page, world, guard }) => {
        guard.expects(404, '/nowhere');
        const where = await place.address(world);
        guard.expects(status, where);
        await enter(page, world);
        await world.force(place.operation, { ...forced, times: 0 });
        const answer = await open(page, where);
        expect(answer.status).toBe(status);
        expect(answer.took).toBeLessThan(PATIENCE);
        expect('retry-after' in answer.headers).toBe(retry ?? false);
        await expect(page.getByRole('main')).toContainText(words);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tickets' })).toBeVisible();
        if (retry) {
          // What helps is offered, and helps once the provider is well again.
          await expect(page.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', where);
        }
      });
    }
  });
}

test('an object that the provider does not know (404): said, with whose account this is', async ({ page, world, guard }) => {
  const { id } = await world.server('web-1');
  guard.expects(404, /^\//);
  await enter(page, world);
  await world.force('getServer', { status: 404, times: 0 });
  const { status } = await open(page, `/servers/${id}`);
  expect(status).toBe(404);
  await expect(page.getByText('There is no server here.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`You are signed in as ${world.email}`);
  await page.getByRole('link', { name: 'sign in with another token' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page).toHaveURL(`/sign-in?next=%2Fservers%2F${id}`);
});

test('trouble that passes: “Try again” brings the page', async ({ page, world, guard }) => {
  guard.expects(404, '/nowhere');
  guard.expects(503, '/invoices');
  await enter(page, world);
  await world.force('listInvoices', { status: 500, times: 3 });
  await page.goto('/invoices');
  await expect(page.getByRole('alert')).toContainText('There is no word on the list of invoices.');
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByText('3 invoices', { exact: true })).toBeVisible();
});

test.describe('a value that is not the present one', () => {
  for (const { how, forced, words } of [
    { how: 'the provider fails', forced: { status: 500 }, words: 'The provider reports a fault of its own.' },
    { how: 'the provider is silent', forced: { hang: true }, words: 'The provider is slow to answer.' },
    { how: 'the provider has had enough', forced: { status: 429 }, words: 'allows no more requests right now' },
  ]) {
    test(`${how}: the last good one stands in, with its age and the reason`, async ({ page, world }) => {
      test.slow();
      await signIn(page, world.writeToken, '/tickets');
      await expect(row(page, 'No route')).toBeVisible();
      await world.force('listTickets', { ...forced, times: 0 });
      // For five seconds it is fresh; then the provider is asked again.
      const stale = page.getByRole('status').filter({ hasText: 'Not the present state.' });
      await expect(async () => {
        await page.reload();
        await expect(stale).toBeVisible({ timeout: 250 });
      }).toPass({ timeout: 20_000 });
      await expect(stale).toContainText(words);
      await expect(stale).toContainText(/Shown is what the provider said (just now|\d+ seconds? ago)/);
      await expect(row(page, 'No route')).toBeVisible();
    });
  }
});

test('power is not to be had: the list stands and says so', async ({ page, world }) => {
  await world.force('listServerStatuses', { status: 500, times: 0 });
  await signIn(page, world.writeToken, '/servers');
  await expect(page.getByText('Power is not shown. The provider reports a fault of its own.')).toBeVisible();
  await expect(row(page, 'web-1')).toContainText('203.0.113.4');
});

test('metrics fail: the server stands', async ({ page, world }) => {
  const { id } = await world.server('web-1');
  await world.force('getServerMetrics', { status: 500, times: 0 });
  await signIn(page, world.writeToken, `/servers/${id}?tab=metrics`);
  await expect(page.getByRole('alert')).toContainText('There is no word on metrics.');
  await page.getByRole('main').getByRole('link', { name: 'Overview' }).click();
  await expect(property(page, 'Power')).toHaveText('Running');
});

test('one broken row does not hide the others', async ({ page, world }) => {
  const list = await world.ask('/invoices');
  await world.force('listInvoices', { status: 200, body: { data: [list[0], { id: 'nobody knows' }, list[1]] }, times: 0 });
  await signIn(page, world.writeToken, '/invoices');
  await expect(row(page, list[0].invoice_number)).toBeVisible();
  await expect(row(page, list[1].invoice_number)).toBeVisible();
  await expect(page.getByText("1 row of the provider's answer could not be understood and cannot be shown.")).toBeVisible();
});
