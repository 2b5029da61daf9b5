// An account at the provider, of one test alone, and the strings on which it hangs (sandbox/README.md).

import { expect } from '@playwright/test';
import type { Program } from './programs.ts';

export type Seed = 'empty' | 'small' | 'typical' | 'fifty' | 'large';

/** A line of the journal: one request that the provider got. */
export type Entry = {
  method: string;
  path: string;
  query: string | null;
  operation: string | null;
  token: 'write' | 'read' | 'unknown';
  status: number | null;
};

type Faults = {
  latency_ms?: number;
  iso_bytes_per_second?: number;
  power_lag_seconds?: number;
  support_answer_seconds?: number;
  rate_limit?: number;
  boot_asks_password?: boolean;
  card_declined?: boolean;
  revoke?: 'write' | 'read' | 'both' | 'none';
};

type Forced = {
  status?: number;
  body?: unknown;
  content_type?: string;
  headers?: Record<string, string | null>;
  delay_ms?: number;
  cut_after_bytes?: number;
  hang?: boolean;
  reset?: boolean;
  /** 0: until released. */
  times?: number;
  perform?: boolean;
};

export class World {
  private constructor(
    private readonly sandbox: string,
    readonly id: string,
    /** May do everything. */
    readonly writeToken: string,
    /** May only read. */
    readonly readToken: string,
    readonly email: string,
  ) {}

  static async make(sandbox: Program, settings: { seed: Seed; freeze?: boolean; rate_limit?: number }): Promise<World> {
    const answer = await fetch(`${sandbox.url}/_sandbox/accounts`, {
      method: 'POST',
      body: JSON.stringify({ rate_limit: 100_000, ...settings }),
    });
    expect(answer.status, 'the sandbox makes an account').toBe(201);
    const { id, write_token, read_token } = await answer.json();
    const state = await (await fetch(`${sandbox.url}/_sandbox/state?account=${id}`)).json();
    return new World(sandbox.url, id, write_token, read_token, state.email);
  }

  private async control(method: string, name: string, body?: object): Promise<any> {
    const answer = await fetch(`${this.sandbox}/_sandbox/${name}?account=${this.id}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${name} ${JSON.stringify(body)}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  /** Time at the provider stands still, until told otherwise. */
  freeze = () => this.control('POST', 'clock', { freeze: true });
  /** Time goes on by itself again. */
  thaw = () => this.control('POST', 'clock', { freeze: false });
  /** Lets time pass at the provider. */
  pass = (seconds: number) => this.control('POST', 'clock', { advance_seconds: seconds });
  faults = (faults: Faults) => this.control('POST', 'faults', faults);
  /** Decides the next answer of an operation (`*`: of any). */
  force = (operation: string, forced: Forced) => this.control('POST', 'force', { operation, ...forced });
  /** Forgets all forced answers. */
  release = () => this.control('DELETE', 'force');
  dialect = (dialect: 'as-written' | 'first' | 'last' | 'documented-only') => this.control('POST', 'dialect', { dialect });

  /** The requests that the provider got from the console, of one operation if named. */
  async journal(operation?: string): Promise<Entry[]> {
    const all: Entry[] = await this.control('GET', 'journal');
    return operation === undefined ? all : all.filter((entry) => entry.operation === operation);
  }

  forgetJournal = () => this.control('DELETE', 'journal');

  /** What the provider itself says: the truth to which pages are held. */
  async ask(path: string): Promise<any> {
    const answer = await fetch(`${this.sandbox}/v1${path}`, { headers: { authorization: `Bearer ${this.writeToken}` } });
    if (!answer.ok) throw new Error(`The provider answered ${path} with ${answer.status}`);
    const json = await answer.json();
    return json.data ?? json;
  }

  /** Changes something at the provider without the console, as a colleague would. */
  async change(method: string, path: string, body?: object): Promise<any> {
    const answer = await fetch(`${this.sandbox}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.writeToken}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The provider answered ${method} ${path} with ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Asks the provider for an ISO without the console, as a colleague would. */
  async addIso(url: string): Promise<{ id: number; name: string }> {
    const answer = await fetch(`${this.sandbox}/v1/isos`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.writeToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    });
    expect(answer.status, 'the provider takes the ISO').toBe(201);
    return answer.json();
  }

  async server(hostname: string): Promise<{ id: number; hostname: string }> {
    const servers: { id: number; hostname: string }[] = await this.ask('/servers?per_page=50');
    const found = servers.find((server) => server.hostname === hostname);
    if (!found) throw new Error(`The account has no server ${hostname}`);
    return found;
  }

  async ticket(subject: string): Promise<{ id: number; subject: string }> {
    const tickets: { id: number; subject: string }[] = await this.ask('/support/tickets');
    const found = tickets.find((ticket) => ticket.subject.includes(subject));
    if (!found) throw new Error(`The account has no ticket ${subject}`);
    return found;
  }
}
