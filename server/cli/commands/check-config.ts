import type { CommandContext, ExitStatus } from '../command.ts';

/** Reads the configuration and says what it means. Connects to nothing; `lexline doctor` does. */
export async function run(_: unknown, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const config = await compose.readConfig();
  const sources = config.sources.map(({ name, connector, schedule, profile, applies }) => ({
    name,
    connector,
    schedule,
    profile,
    applies,
  }));
  if (global.json) {
    await io.out(
      `${JSON.stringify({ valid: true, data: config.dataDirectory, timezone: config.timezone, sources })}\n`,
    );
    return 0;
  }
  const lines = sources.map(
    ({ name, connector, schedule, profile, applies }) =>
      `  ${name}: ${connector}, ${schedule === null ? 'synced when asked' : `synced at ${schedule}`}, profile ${profile}${appliesText(applies)}`,
  );
  await io.out(
    `The configuration is valid.\nstores: ${config.dataDirectory}\ntime zone: ${config.timezone}\n` +
      (lines.length === 0 ? 'No source is configured yet.\n' : `sources:\n${lines.join('\n')}\n`),
  );
  return 0;
}

function appliesText(applies: Readonly<Record<string, string>>): string {
  const parts = Object.entries(applies).map(([regulation, role]) => `${regulation} ${role}`);
  return parts.length === 0 ? ', nothing said about regulations' : `, ${parts.join(', ')}`;
}
