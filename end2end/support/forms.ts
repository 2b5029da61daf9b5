// Forms beyond what a browser lets a person send: what somebody else's program sends, or an older browser.

import type { APIResponse, Page } from '@playwright/test';

export type Fields = Record<string, string>;

/** Lets forms be filled in and sent as they are, as a browser without checks of its own would. */
export async function withoutBrowserChecks(page: Page) {
  await page.evaluate(() => {
    document.querySelectorAll('form').forEach((form) => form.setAttribute('novalidate', ''));
    document.querySelectorAll('[maxlength]').forEach((field) => field.removeAttribute('maxlength'));
  });
}

/** All fields of the form with this button, hidden ones too, as they would be sent. */
export function fieldsOf(page: Page, button: string): Promise<Fields> {
  return page
    .getByRole('main')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: button, exact: true })
    .evaluate((element) => {
      const form = (element as HTMLButtonElement).form!;
      return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    });
}

type Sending = {
  /** `null` leaves the header out. Usually the console's own. */
  origin?: string | null;
  /** Other headers. */
  headers?: Record<string, string>;
  /** Follows where the answer leads. */
  follow?: boolean;
};

/** Sends a form with the cookies of the page's browser, but not through a page. */
export function send(page: Page, path: string, fields: Fields | string, sending: Sending = {}): Promise<APIResponse> {
  const own = new URL(page.url()).origin;
  const origin = sending.origin === undefined ? own : sending.origin;
  return page.request.fetch(own + path, {
    method: 'POST',
    data: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      ...(origin === null ? {} : { origin }),
      ...sending.headers,
    },
    maxRedirects: sending.follow ? 5 : 0,
  });
}
