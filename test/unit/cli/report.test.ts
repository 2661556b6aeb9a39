import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../../server/cli/commands/report.ts';
import type { CommandContext } from '../../../server/cli/command.ts';
import { LexlineError } from '../../../server/base/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A product of which only what this command asks is there. */
function contextOver(exported: (entry: { readonly sha256: string }) => Promise<void>): CommandContext {
  const report = { title: 'Inventory', revision: 1, knownBy: '2026-01-01T00:00:00.000Z', id: 'r', status: 'draft' };
  const product = {
    reports: async () => ({
      open: async () => ({
        ...report,
        chunks: (async function* () {
          yield 'a';
          yield 'b';
        })(),
      }),
    }),
    reportDesk: async () => ({ exported }),
    close: async () => {},
  };
  return {
    io: { out: async () => {}, err: () => {} },
    global: { config: undefined, data: undefined, json: false },
    compose: { open: async () => product },
    signal: new AbortController().signal,
    actor: { kind: 'person', id: 'tester@example' },
  } as unknown as CommandContext;
}

it('puts no file in its place that could not be entered into the ledger', async () => {
  const out = join(folder, 'inventory.html');
  const readOnly = contextOver(async () => {
    throw new LexlineError('STORE_UNAVAILABLE', '[stores] attempt to write');
  });
  await expect(run({ args: ['inventory'], options: { out } }, readOnly)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

it('enters the SHA-256 of all that was written', async () => {
  const out = join(folder, 'inventory.html');
  const entered: string[] = [];
  const context = contextOver(async ({ sha256 }) => void entered.push(sha256));
  expect(await run({ args: ['inventory'], options: { out } }, context)).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe('ab');
  expect(entered).toEqual(['fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603']);
});
