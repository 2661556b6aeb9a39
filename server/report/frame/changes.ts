import type { Query } from '../../query/query.ts';
import type { ReportGround, ReportPart } from '../report.ts';

const kindWords = {
  NEW_SENSITIVE_FIELD: 'new sensitive field',
  NEW_FIELD: 'new field',
  FIELD_GONE: 'field gone',
  NOW_SENSITIVE: 'now sensitive',
  NO_LONGER_SENSITIVE: 'no longer sensitive',
  CATEGORY_CHANGED: 'category changed',
  NOW_UNDECIDED: 'now undecided',
} as const;

/** What became of fields since the earlier state that the report is held against. */
export async function* changesSection(query: Query, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { since, revision, source } = ground;
  yield {
    type: 'section',
    id: 'changes',
    title: 'Changes',
    about:
      since === null
        ? 'No earlier state to compare with: no report of this name was confirmed, and --since was not given.'
        : `Since revision ${String(since.n)}, known by ${since.publishedAt}. Each field once, before against after.`,
    columns: [
      { key: 'change', title: 'Change' },
      { key: 'summary', title: 'What' },
      { key: 'at', title: 'Known since' },
      { key: 'by', title: 'By' },
    ],
    look: 'table',
  };
  if (since === null || since.n >= revision.n) return;
  const request = { from: since.n, to: revision.n, ...(source === null ? {} : { source }) };
  for (let after: string | undefined; ;) {
    const page = await query.changes(request, { first: 1000, ...(after === undefined ? {} : { after }) });
    for (const { kind, summary, at, actor } of page.items)
      yield { type: 'row', cells: [kindWords[kind], summary, at, `${actor.kind} ${actor.name}`.trim()] };
    if (page.cursor === null) return;
    after = page.cursor;
  }
}
