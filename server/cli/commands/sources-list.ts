import type { CommandContext, ExitStatus } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** The sources that the graph knows and those that are only configured, with what their last sync came to. */
export async function run(_: unknown, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const conductor = await product.sync();
    const known = await product.sources();
    const configured = product.config.sources;
    const names = [...new Set([...configured.map(({ name }) => name), ...known.map(({ name }) => name)])];
    const rows = await Promise.all(
      names.map(async (name) => {
        const source = configured.find((one) => one.name === name);
        const record = known.find((one) => one.name === name);
        const last = await conductor.lastReport(name);
        return {
          name,
          connector: source?.connector ?? record?.connector ?? 'unknown',
          configured: source !== undefined,
          schedule: source?.schedule ?? null,
          lastStatus: last?.status ?? null,
          lastFinishedAt: last?.finishedAt ?? null,
          gaps: last?.gaps.length ?? null,
        };
      }),
    );
    if (global.json) for (const row of rows) await printJson(io, row);
    else if (rows.length === 0) await printLines(io, ['No source is configured, and the graph knows none.']);
    else
      await printLines(
        io,
        rows.map(
          (row) =>
            `${row.name}: ${row.connector}, ` +
            (row.lastStatus === null
              ? 'never synced'
              : `${row.lastStatus.toLowerCase()} at ${String(row.lastFinishedAt)}, ${String(row.gaps)} ${row.gaps === 1 ? 'gap' : 'gaps'}`) +
            (row.configured ? '' : ', no longer configured'),
        ),
      );
    return 0;
  } finally {
    await product.close();
  }
}
