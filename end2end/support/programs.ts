// Starting and ending the release program: the sandbox that stands in for the provider, and the console.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
/** The release; or a copy of it (with its site), so that a build meanwhile changes nothing. */
const program = process.env.VITOSHA_PROGRAM || path.join(root, 'target/release/vitosha');

/** A program that is running, and what it says. */
export type Program = {
  url: string;
  pid: number;
  /** File with all it has said. */
  log: string;
  stop: () => Promise<void>;
};

// What must not outlive this process, however it ends.
const running = new Set<number>();
const directories = new Set<string>();
process.on('exit', () => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  directories.forEach((directory) => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
});

/** A directory that is gone when the tests are. */
export function temporary(name: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), `vitosha-${name}-`));
  directories.add(directory);
  return directory;
}

/** What a log says from a place on. */
export function said(program: Program, from = 0): string {
  return readFileSync(program.log).subarray(from).toString('utf8');
}

/** How long a log is. */
export function length(program: Program): number {
  return statSync(program.log).size;
}

async function start(args: string[], announce: RegExp): Promise<Program> {
  const log = path.join(temporary('log'), `${args[0]}.log`);
  const written = createWriteStream(log, { flags: 'a' });
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // More than usual, because the tests look for tokens in the log too.
    env: { ...process.env, RUST_LOG: 'info,server=debug,app=debug,gateway=debug,vpsbg_api=debug', NO_COLOR: '1' },
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} is missing: run make build`);
  running.add(pid);
  let text = '';
  const address = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        written.write(part);
        if (text.length > 20_000) return;
        text += part;
        const found = text.match(announce)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(pid);
      resolve();
    });
  });
  const url = await Promise.race([
    address,
    ended.then(() => {
      throw new Error(`vitosha ${args.join(' ')} ended at once:\n${text}`);
    }),
  ]);
  const stop = async () => {
    if (!running.has(pid)) return ended;
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), 12_000);
    await ended;
    clearTimeout(impatient);
  };
  return { url, pid, log, stop };
}

/** The stand-in of the provider. */
export function startSandbox(): Promise<Program> {
  return start(['sandbox', '--addr', '127.0.0.1:0'], /Sandbox listens at (http:\/\/\S+)/);
}

export type ConsoleSettings = {
  /** The sandbox it speaks to; none: it has its own inside (`--demo`). */
  sandbox?: Program;
  /** Where its database is; a new directory unless given. */
  data?: string;
  /** 0: any free port. */
  port?: number;
};

/** The console. */
export function startConsole({ sandbox, data, port = 0 }: ConsoleSettings): Promise<Program> {
  const provider = sandbox ? ['--api-url', `${sandbox.url}/v1`] : ['--demo'];
  const where = ['--addr', `127.0.0.1:${port}`, '--data-dir', data ?? temporary('data')];
  return start(['serve', ...where, ...provider], /Vitosha listens at (http:\/\/\S+)/);
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
