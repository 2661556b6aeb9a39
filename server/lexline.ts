import { existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connectors } from '../connectors/connectors.ts';
import { systemClock, type Clock } from './base/clock.ts';
import { loadConfig, parseConfig, type Config } from './base/config.ts';
import { LexlineError } from './base/errors.ts';
import { configPart } from './compose/config-part.ts';
import { openProduct } from './compose/open-product.ts';
import { lineModel } from './compose/line-model.ts';
import { openRulebook } from './compose/open-rulebook.ts';
import { checkSource } from './compose/sources.ts';
import { backUp, checkStores, hasStores, inspectStores, restore } from './compose/stores.ts';
import { createLog, logLevel, silentLog, type Log } from './base/log.ts';
import { lazily } from './base/lazily.ts';
import type { Compose, ComposeSettings } from './cli/composition.ts';
import type { Query } from './query/query.ts';
import type { Reports } from './report/create-reports.ts';
import type { Sync } from './sync/sync.ts';

/** How a program starts Lexline inside itself. */
export interface LexlineOptions {
  /** A configuration file, or what would stand in one. Default: no sources, stores in ./data. */
  readonly config?: string | Readonly<Record<string, unknown>>;
  /** What relative paths of a configuration given as a value start from. Default: the working directory. */
  readonly directory?: string;
  /** Fills `${NAME}` in a configuration file. Default: the process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Default: nothing is logged. */
  readonly log?: Log;
}

/** Lexline inside another program. */
export interface Lexline {
  /** Mounts on an Express application: `app.use('/lexline', lexline.router)`. Answers loopback only, as there is no sign-in. */
  readonly router: (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
  readonly sync: Sync;
  readonly query: Query;
  readonly reports: Reports;
  /** Lets `close` end the connections of the server that the router is mounted on. */
  attach(server: Server): void;
  /** Lets running requests end, then closes workers and stores. */
  close(): Promise<void>;
}

/**
 * Starts Lexline inside another program. Fails with CONFIG_INVALID, or with what the stores say: STORE_UNAVAILABLE,
 * STORE_CORRUPT, STORE_NEWER.
 */
export async function createLexline(options: LexlineOptions = {}): Promise<Lexline> {
  const { config: given = {}, directory = process.cwd(), env = process.env, clock = systemClock } = options;
  const config =
    typeof given === 'string'
      ? await loadConfig(given, env, { connectors })
      : await parseConfig(given, directory, { connectors });
  const product = await openProduct(config, clock, options.log ?? silentLog);
  try {
    const doors = await product.doors();
    const [sync, query, reports] = await Promise.all([product.sync(), product.query(), product.reports()]);
    // Express's own type would ask every user for @types/express; what it takes is Node's.
    const router = doors.router as unknown as Lexline['router'];
    return {
      router,
      sync,
      query,
      reports,
      attach: (server) => doors.attach(server),
      close: () => product.close(),
    };
  } catch (error) {
    await product.close();
    throw error;
  }
}

/** What the command line needs, made from its options. The composition behind `server/main.ts`. */
export function composeFor({ global, env, clock }: ComposeSettings): Compose {
  const log = createLog({ level: logLevel(env['LEXLINE_LOG'], 'warn'), clock });
  const configured = (sourcesUnread: boolean): Promise<Config> => {
    const file = global.config ?? 'lexline.yaml';
    const options = { connectors, data: global.data, sourcesUnread };
    return global.config !== undefined || existsSync(file)
      ? loadConfig(file, env, options)
      : parseConfig({}, process.cwd(), options);
  };
  const readConfig = lazily(() => configured(false));
  const readRegulations = lazily(() =>
    configPart(
      { file: global.config ?? 'lexline.yaml', isNamed: global.config !== undefined },
      ['regulations', 'rulebook', 'stores'],
      env,
      { connectors, data: global.data },
    ),
  );
  return {
    readConfig,
    parseConfig: (value, directory) => parseConfig(value, directory, { connectors }),
    checkSource: async (name, signal) => checkSource(name, await readConfig(), clock, log, signal),
    inspectStores: async () => inspectStores(await readConfig()),
    checkStores: async () => checkStores(await readConfig()),
    hasStores: async () => hasStores(await readConfig()),
    backUp: async (file) => backUp(await readConfig(), file),
    restore: async (file) => restore(await readConfig(), file),
    lineModel: async (endpoint) => lineModel(await readConfig(), clock, log, endpoint),
    openRulebook: async ({ writes, alone = false }) =>
      openRulebook(await (alone ? readRegulations() : readConfig()), clock, log, { writes }),
    async open(given = {}) {
      const config = given.config ?? (await (given.storesOnly === true ? configured(true) : readConfig()));
      if (given.mustExist === true && !(await hasStores(config))) throw noStores(config);
      return openProduct(config, clock, given.log ?? log);
    },
  };
}

function noStores({ dataDirectory, graphStore }: Config): LexlineError {
  const where = graphStore.engine === 'embedded' ? dataDirectory : new URL(graphStore.url).host;
  const message = `[lexline] there are no stores in ${where}: nothing was synced yet`;
  return new LexlineError('STORE_UNAVAILABLE', message, {
    remedy: 'lexline sync\nor name the folder that has them with --data',
  });
}
