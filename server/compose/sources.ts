import { connectors } from '../../connectors/connectors.ts';
import type { CheckResult, SourceConnection } from '../../connectors/connector.ts';
import type { Clock } from '../base/clock.ts';
import type { Config, SourceConfig } from '../base/config.ts';
import { LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redact } from '../base/redact.ts';
import { digestOf } from '../model/json.ts';
import type { Events } from './build-events.ts';
import type { ConfiguredSource } from '../sync/source.ts';

/** Signs in at one configured source and looks at the rights. Fails with INPUT_INVALID for a name that is not configured. */
export async function checkSource(
  name: string,
  config: Config,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<CheckResult> {
  const source = config.sources.find((one) => one.name === name);
  if (source === undefined) throw new LexlineError('INPUT_INVALID', `[lexline] no source "${name}" is configured`);
  const connection = (await configuredSource(source, config, clock, log)).connection();
  try {
    return await connection.check(signal);
  } finally {
    await connection.close();
  }
}

/** A source of the configuration with its connector loaded, as the sync wants it. */
export async function configuredSource(
  source: SourceConfig,
  config: Config,
  clock: Clock,
  log: Log,
  events?: Pick<Events, 'roomOf'>,
): Promise<ConfiguredSource> {
  const load = connectors[source.connector];
  if (load === undefined) throw new LexlineError('INTERNAL', `[lexline] connector ${source.connector} was not checked`);
  const connector = await load();
  const { name, connector: connectorName, profile, applies, tagMap, writeBack, settings } = source;
  const room = connector.capabilities.mode === 'events' ? events?.roomOf(name) : undefined;
  const connect = (): SourceConnection =>
    connector.connect(settings, {
      source: name,
      clock,
      log,
      directory: config.directory,
      ...(room === undefined ? {} : { events: room }),
    });
  return {
    name,
    connectorName,
    capabilities: connector.capabilities,
    connection: connect,
    ...(room === undefined ? {} : { settle: () => room.settle() }),
    profile,
    applies,
    precedence: precedenceOf(source, config),
    tagMap,
    llm: source.llm,
    writeBack,
    fingerprint: digestOf(redact({ settings, namespaces: config.namespaces })),
  };
}

/** Sources that `precedence` names come first, in its order; the others follow in the order of the file. */
function precedenceOf({ name, connector }: SourceConfig, config: Config): number {
  const { precedence, sources } = config;
  const named = precedence.findIndex((one) => one === name || one === connector);
  return named >= 0 ? named : precedence.length + sources.findIndex((source) => source.name === name);
}
