import { printPath, type Uid } from '../../model/ids.ts';
import type { Query } from '../../query/query.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { stopWords } from '../stop-words.ts';

/** The stops in force, or those of an earlier time, with reason, end and who set them. */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose } = context;
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const stops = await (await product.stops()).list(n);
    const names = await namesOf(
      query,
      stops.flatMap(({ at, to }) => (to === null ? [at] : [at, to])),
      n,
    );
    const shown = stops.map((stop) => ({
      ...stop,
      at: names.get(stop.at) ?? stop.at,
      to: stop.to === null ? null : (names.get(stop.to) ?? stop.to),
    }));
    if (global.json) await printJson(io, shown);
    else if (shown.length === 0) await printLines(io, ['No stop is in force.']);
    else
      await printLines(
        io,
        shown.map((stop) => `${stop.at}: ${stopWords(stop, stop.to)}; ${stop.reason} (${stop.by})`),
      );
    return 0;
  } finally {
    await product.close();
  }
}

async function namesOf(query: Query, uids: readonly Uid[], n: number): Promise<ReadonlyMap<Uid, string>> {
  const [datasets, fields, jobs] = await Promise.all([
    query.datasetsByUid(uids, n),
    query.fieldsByUid(uids, n),
    query.jobsByUid(uids, n),
  ]);
  const parents = await query.datasetsByUid(
    fields.flatMap((field) => (field === null ? [] : [field.dataset])),
    n,
  );
  const parentName = new Map(parents.flatMap((one) => (one === null ? [] : [[one.uid, one.name] as const])));
  return new Map(
    uids.flatMap((uid, i) => {
      const field = fields[i] ?? null;
      const name =
        field === null
          ? (datasets[i]?.name ?? jobs[i]?.name)
          : `${parentName.get(field.dataset) ?? ''}.${printPath(field.path)}`;
      return name === undefined ? [] : [[uid, name] as const];
    }),
  );
}
