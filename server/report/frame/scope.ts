import type { ReportPart } from '../report.ts';
import type { Query } from '../../query/query.ts';

/** Which sources the report speaks of, when they were last read, and that anything else is outside. */
export async function* scopeSection(query: Query, only: string | null): AsyncGenerator<ReportPart> {
  yield {
    type: 'section',
    id: 'scope',
    title: 'Scope',
    about:
      'Sources that Lexline was told to read. Systems that nobody connected are outside of this report and may hold anything. The last read is that of the moment this report was made.',
    columns: [
      { key: 'source', title: 'Source' },
      { key: 'connector', title: 'Connector' },
      { key: 'included', title: 'Included' },
      { key: 'lastRead', title: 'Last read' },
      { key: 'result', title: 'Result' },
      { key: 'missed', title: 'Gaps in it', holds: 'numbers' },
    ],
    look: 'table',
  };
  const sources = [...(await query.sources())].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, connector, managed } of sources) {
    const run = await query.lastRun(name);
    const included = only === null || only === name ? 'yes' : 'no: left out on request';
    yield {
      type: 'row',
      cells: [
        name,
        connector,
        managed ? included : `${included}; no longer in the configuration`,
        run?.finishedAt ?? null,
        run === null ? 'never read' : run.status.toLowerCase(),
        run?.gaps.length ?? null,
      ],
    };
  }
}
