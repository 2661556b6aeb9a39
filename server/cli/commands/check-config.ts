import type { Config } from '../../base/config.ts';
import { suggest } from '../../base/nearest.ts';
import { sourcesNotThere } from '../../classify/custom-problems.ts';
import type { CustomRules } from '../../classify/custom-rules.ts';
import { readCustomRules } from '../../classify/read-custom-rules.ts';
import { readMaskingFunctions } from '../../rulebook/masking-functions.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import { dialectNames } from '../../sql/dialect/dialects.ts';
import { dialectsThatTell } from '../../sql/functions/told-functions.ts';
import type { CommandContext, ExitStatus } from '../command.ts';
import { seeStores } from '../stores-seen.ts';

/**
 * Reads the configuration and says what it means. Connects to nothing but the server that keeps the stores, where there is
 * one; `lexline doctor` asks the sources too. Ends with 1 when that server does not let us in.
 */
export async function run(_: unknown, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const config = await compose.readConfig();
  const stores = await seeStores(config, compose);
  const status = stores.error === null ? 0 : 1;
  const own = readCustomRules(config.detectors, loadTaxonomy());
  const sources = config.sources.map(({ name, connector, schedule, profile, applies }) => ({
    name,
    connector,
    schedule,
    profile,
    applies,
  }));
  const notes = [
    ...detectorNotes(
      own,
      sources.map(({ name }) => name),
    ),
    ...(await maskingNotes(config)),
  ];
  if (global.json) {
    await io.out(
      `${JSON.stringify({ valid: true, data: config.dataDirectory, stores, timezone: config.timezone, detectors: countsOf(own), notes, sources })}\n`,
    );
    return status;
  }
  const lines = sources.map(
    ({ name, connector, schedule, profile, applies }) =>
      `  ${name}: ${connector}, ${schedule === null ? 'synced when asked' : `synced at ${schedule}`}, profile ${profile}${appliesText(applies)}`,
  );
  await io.out(
    `The configuration is valid.\nstores: ${stores.detail}\ntime zone: ${config.timezone}\n${detectorsLine(own)}${notes.map((note) => `  note: ${note}\n`).join('')}` +
      (lines.length === 0 ? 'No source is configured yet.\n' : `sources:\n${lines.join('\n')}\n`),
  );
  return status;
}

function appliesText(applies: Readonly<Record<string, string>>): string {
  const parts = Object.entries(applies).map(([regulation, role]) => `${regulation} ${role}`);
  return parts.length === 0 ? ', nothing said about regulations' : `, ${parts.join(', ')}`;
}

function countsOf(own: CustomRules | null): Readonly<Record<string, number>> | null {
  if (own === null) return null;
  const ids = new Set([...own.detectors, ...own.names].map(({ id }) => id));
  return { detectors: ids.size, allowed: own.allow.length, tuned: own.tune.length };
}

function detectorsLine(own: CustomRules | null): string {
  const counts = countsOf(own);
  if (counts === null) return '';
  const { detectors = 0, allowed = 0, tuned = 0 } = counts;
  return `own detectors: ${detectors}, allowed findings: ${allowed}, tuning: ${tuned}; their tests hold\n`;
}

/** One file of detectors may serve several configurations: a source that is in none of this one is told, not refused. */
function detectorNotes(own: CustomRules | null, sources: readonly string[]): readonly string[] {
  if (own === null) return [];
  return sourcesNotThere(own, sources).map(
    ({ list, source }) =>
      `${list}: no source here is called ${source}, so this does nothing; ${suggest(source, sources)}`,
  );
}

/** Dialects that a note names. */
const namedDialects = 4;

/** Functions of the masking file whose effect is known without it: there nobody asks what people vouch for. */
async function maskingNotes({ masking, rulebook }: Config): Promise<readonly string[]> {
  if (masking === null) return [];
  return (await readMaskingFunctions(masking, rulebook.regulations)).flatMap(({ name }) => {
    const telling = dialectsThatTell(name);
    if (telling.length === 0) return [];
    const named = telling.slice(0, namedDialects).join(', ');
    const others = telling.length - namedDialects;
    const where =
      telling.length === dialectNames.length
        ? 'every dialect'
        : `${named}${others > 0 ? ` and ${others} ${others === 1 ? 'other' : 'others'}` : ''}`;
    return [`masking: Lexline itself tells what ${name} does in ${where}; there this entry is never asked`];
  });
}
