import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../base/config.ts';
import { isLexlineError, messageOf } from '../../base/errors.ts';
import { writeFailure } from '../../base/file-failure.ts';
import { productVersion } from '../../base/version.ts';
import type { Compose } from '../composition.ts';
import type { CommandContext, ExitStatus } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** One thing looked at. `gap`: works, but something cannot be seen. `failed`: does not work. */
interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'gap' | 'failed';
  readonly detail: string;
  readonly remedy: string | null;
}

const noSources = 'name your sources in lexline.yaml (lexline init writes one)';
const gibibyte = 1024 ** 3;

/** Looks at everything a sync needs: runtime, folder, stores, every source's sign-in and rights. Ends with 1 when something is wrong. */
export async function run(_: unknown, { io, global, compose, signal }: CommandContext): Promise<ExitStatus> {
  const config = await compose.readConfig();
  let wrong = 0;
  for await (const finding of findings(config, compose, signal)) {
    if (finding.state !== 'ok') wrong += 1;
    if (global.json) await printJson(io, finding);
    else await printLines(io, linesOf(finding));
  }
  if (!global.json) await printLines(io, [wrong === 0 ? 'All is well.' : `${wrong} to look at.`]);
  return wrong === 0 ? 0 : 1;
}

async function* findings(config: Config, compose: Compose, signal: AbortSignal): AsyncGenerator<Finding> {
  yield ok(
    'runtime',
    `Lexline ${productVersion()} on Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
  );
  yield folder(config.dataDirectory);
  yield* await stores(compose);
  if (config.sources.length === 0)
    yield { what: 'sources', state: 'gap', detail: 'no source is configured', remedy: noSources };
  for (const { name } of config.sources) {
    signal.throwIfAborted();
    try {
      const { system, gaps, notes } = await compose.checkSource(name, signal);
      yield ok(`source ${name}`, [system, ...notes].join('; '));
      for (const gap of gaps)
        yield { what: `source ${name}`, state: 'gap', detail: `${gap.what}: ${gap.detail}`, remedy: gap.remedy };
    } catch (error) {
      signal.throwIfAborted();
      yield failed(`source ${name}`, error);
    }
  }
}

function folder(directory: string): Finding {
  let existing = resolve(directory);
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
  } catch (error) {
    const { why, remedy } = writeFailure(error);
    return { what: 'data folder', state: 'failed', detail: `${existing}: ${why}`, remedy };
  }
  const { bavail, bsize } = statfsSync(existing);
  const free = (bavail * bsize) / gibibyte;
  const detail = `${directory}, ${free.toFixed(1)} GiB free`;
  if (free >= 1) return ok('data folder', detail);
  return { what: 'data folder', state: 'gap', detail, remedy: 'make room: a sync needs space for what it reads' };
}

async function stores(compose: Compose): Promise<readonly Finding[]> {
  try {
    const { where, what, exist, gap } = await compose.inspectStores();
    const engine: readonly Finding[] = [
      ok('store engine', `${what}, ${where}`),
      ...(gap === null ? [] : [{ what: 'store engine', state: 'gap' as const, ...gap }]),
    ];
    await compose.checkStores();
    if (!exist) return [...engine, ok('stores', 'none yet: the first sync makes them')];
    const product = await compose.open();
    try {
      const { published, publishedAt, open } = await product.head();
      const state = published === 0 ? 'empty' : `revision ${published} of ${String(publishedAt)}`;
      const writing = open === null ? '' : `; revision ${open.n} is being written by run ${open.run}`;
      return [...engine, ok('stores', `${state}${writing}`)];
    } finally {
      await product.close();
    }
  } catch (error) {
    return [failed('stores', error)];
  }
}

function ok(what: string, detail: string): Finding {
  return { what, state: 'ok', detail, remedy: null };
}

function failed(what: string, error: unknown): Finding {
  const known = isLexlineError(error) ? error : null;
  return {
    what,
    state: 'failed',
    detail: known === null ? messageOf(error) : `[${known.code}] ${known.message}`,
    remedy: known?.remedy ?? null,
  };
}

function linesOf({ what, state, detail, remedy }: Finding): string[] {
  const lines = [`${state.padEnd(6)} ${what}: ${detail}`];
  if (remedy !== null)
    lines.push(...remedy.split('\n').map((line, i) => `       ${i === 0 ? 'what to do: ' : '  '}${line}`));
  return lines;
}
