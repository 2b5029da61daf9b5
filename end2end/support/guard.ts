// Watches a browser during a test: whatever goes wrong in it fails the test, unless the test named it.

import type { BrowserContext, Page, Request, Response } from '@playwright/test';

type Problem = { what: string; status?: number; address?: string; broken?: boolean; script?: boolean };
type Named = { status: number; address: RegExp };

export class Guard {
  private readonly problems: Problem[] = [];
  private readonly named: Named[] = [];
  private readonly reading: Promise<void>[] = [];
  private readonly secrets: string[] = [];
  private mayBreak = false;
  private scriptsMayBreak = false;

  constructor(
    private readonly origins: Set<string>,
    private readonly scripts: boolean,
  ) {}

  /** An answer that belongs to the test. `address` is a path, or a pattern for path and query. */
  expects(status: number, address: string | RegExp) {
    const pattern = typeof address === 'string' ? new RegExp(`^${escaped(address)}(?:[?#]|$)`) : address;
    this.named.push({ status, address: pattern });
  }

  /** From now on connections may break: the console is stopped, or was. */
  expectsBrokenConnections() {
    this.mayBreak = true;
  }

  /** From now on scripts may break: the test breaks them. */
  expectsBrokenScripts() {
    this.scriptsMayBreak = true;
  }

  /** Another console of this test. */
  trusts(origin: string) {
    this.origins.add(origin);
  }

  /** Must be in nothing that the browser gets. */
  keepsSecret(secret: string) {
    this.secrets.push(secret);
  }

  watch(context: BrowserContext) {
    context.on('console', (message) => {
      const text = message.text();
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // Said once more about an answer or a connection that is judged below.
      if (/^Failed to load resource: (the server responded with a status of|net::ERR_)/.test(text)) return;
      // The scripts that nobody runs were fetched in advance all the same.
      if (!this.scripts && /was preloaded using link preload but not used/.test(text)) return;
      this.problems.push({ what: `console ${message.type()}: ${text} (${message.location().url})`, script: true });
    });
    context.on('weberror', (error) => {
      const { name, message, stack } = error.error();
      // The browser itself: a page goes over into another without the animation.
      if (/^Transition was (aborted|skipped)/.test(message)) return;
      this.problems.push({ what: `script broke: ${name}: ${message} ${stack ?? ''} (${error.page()?.url()})`, script: true });
    });
    context.on('requestfailed', (request) => this.failed(request));
    context.on('response', (response) => this.answered(response));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && !this.origins.has(url.origin)) {
        this.problems.push({ what: `request to somebody else: ${request.url()}` });
      }
    });
    const watched = (page: Page) => {
      page.on('dialog', (dialog) => {
        this.problems.push({ what: `dialog of a script: ${dialog.message()}` });
        void dialog.dismiss();
      });
      page.on('crash', () => this.problems.push({ what: 'the tab crashed' }));
    };
    context.pages().forEach(watched);
    context.on('page', watched);
  }

  private failed(request: Request) {
    const why = request.failure()?.errorText ?? 'nobody knows why';
    // The browser itself let go: a stream, a prefetch, a download, or a page left before it was whole. What the
    // console breaks off has another name.
    if (why === 'net::ERR_ABORTED') return;
    // What a browser without scripts calls a script that it does not load.
    if (!this.scripts && why === 'csp' && /\.(js|wasm)$/.test(request.url())) return;
    this.problems.push({ what: `${request.method()} ${request.url()} failed: ${why}`, broken: true });
  }

  private answered(response: Response) {
    const url = new URL(response.url());
    const status = response.status();
    // A page fetched beforehand that is not in the cache: the browser drops the answer and asks again.
    const early = status === 503 && response.request().headers()['sec-purpose']?.startsWith('prefetch');
    if (status >= 400 && !early) {
      const address = url.pathname + url.search;
      this.problems.push({ what: `${response.request().method()} ${address} answered ${status}`, status, address });
    }
    if (url.pathname !== '/live' && this.secrets.length > 0) {
      const inside = (text: string) => this.secrets.some((secret) => text.includes(secret));
      if (inside(url.href)) this.problems.push({ what: `the token is in an address: ${url.pathname}` });
      for (const [name, value] of Object.entries(response.headers())) {
        if (inside(value)) this.problems.push({ what: `the token is in a header of ${url.pathname}: ${name}` });
      }
      if (/html|json|javascript/.test(response.headers()['content-type'] ?? '')) {
        const read = response.text().then(
          (text) => {
            if (inside(text)) this.problems.push({ what: `the token is in the answer of ${url.pathname}` });
          },
          // A page that was left, or a redirect: there is no body to read.
          () => undefined,
        );
        this.reading.push(read);
      }
    }
  }

  /** What went wrong and was not named. */
  async found(): Promise<string[]> {
    await Promise.all(this.reading);
    const excused = (problem: Problem) => {
      if (problem.broken) return this.mayBreak;
      if (problem.script) return this.scriptsMayBreak;
      const { status, address } = problem;
      return status !== undefined && this.named.some((named) => named.status === status && named.address.test(address ?? ''));
    };
    return this.problems.filter((problem) => !excused(problem)).map((problem) => problem.what);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
