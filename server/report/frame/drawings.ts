import { layOut } from '../../draw/layout.ts';
import type { Uid } from '../../model/ids.ts';
import type { Query } from '../../query/query.ts';
import type { ReportPart } from '../report.ts';

/** At most so many pictures in one report; the flows beyond them are in its list of flows. */
const most = 12;

/** Pictures of where the given fields go, each with its words. */
export async function* drawingsSection(
  query: Query,
  n: number,
  origins: readonly { readonly uid: Uid; readonly name: string }[],
): AsyncGenerator<ReportPart> {
  yield {
    type: 'section',
    id: 'drawings',
    title: 'Lineage drawings',
    about:
      origins.length > most
        ? `From where a value first stands to where it arrives. ${String(most)} of ${String(origins.length)} are drawn; every flow is in the list of flows.`
        : 'From where a value first stands to where it arrives. Every flow is in the list of flows as well.',
    columns: [
      { key: 'drawing', title: 'Drawing' },
      { key: 'shows', title: 'Shows' },
    ],
    look: 'table',
  };
  for (const { uid, name } of origins.slice(0, most)) {
    const graph = await query.lineage({
      origin: uid,
      direction: 'DOWNSTREAM',
      depth: 20,
      first: 60,
      granularity: 'FIELD',
      includeIndirect: false,
      n,
    });
    const { description, notes } = layOut(graph);
    yield { type: 'row', cells: [`From ${name}`, [description, ...notes]], drawing: graph };
  }
}
