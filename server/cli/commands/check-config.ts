import type { CustomRules } from '../../classify/custom-rules.ts';
import { readCustomRules } from '../../classify/read-custom-rules.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { CommandContext, ExitStatus } from '../command.ts';

/** Reads the configuration and says what it means. Connects to nothing; `lexline doctor` does. */
export async function run(_: unknown, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const config = await compose.readConfig();
  const own = readCustomRules(config.detectors, loadTaxonomy());
  const sources = config.sources.map(({ name, connector, schedule, profile, applies }) => ({
    name,
    connector,
    schedule,
    profile,
    applies,
  }));
  if (global.json) {
    await io.out(
      `${JSON.stringify({ valid: true, data: config.dataDirectory, timezone: config.timezone, detectors: countsOf(own), sources })}\n`,
    );
    return 0;
  }
  const lines = sources.map(
    ({ name, connector, schedule, profile, applies }) =>
      `  ${name}: ${connector}, ${schedule === null ? 'synced when asked' : `synced at ${schedule}`}, profile ${profile}${appliesText(applies)}`,
  );
  await io.out(
    `The configuration is valid.\nstores: ${config.dataDirectory}\ntime zone: ${config.timezone}\n${detectorsLine(own)}` +
      (lines.length === 0 ? 'No source is configured yet.\n' : `sources:\n${lines.join('\n')}\n`),
  );
  return 0;
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
