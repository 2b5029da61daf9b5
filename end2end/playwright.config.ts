// The suite: what a person does, in a real browser, on the release program, with scripts and without.

import { defineConfig } from '@playwright/test';
import type { Options } from './support/test.ts';

export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  // Every test has its own account at the provider, so nothing is shared.
  fullyParallel: true,
  // Two browsers at a time, which is what two cores bear; `--workers` says otherwise.
  workers: 2,
  // A test that fails now and then is a fault of the test or of the product: it is mended, not repeated.
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 7_000,
    navigationTimeout: 10_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Sofia',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.VITOSHA_CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
  projects: [
    { name: 'with-scripts', use: { javaScriptEnabled: true } },
    { name: 'without-scripts', use: { javaScriptEnabled: false } },
  ],
});
