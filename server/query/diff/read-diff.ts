import { LexlineError } from '../../base/errors.ts';
import type { Uid } from '../../model/ids.ts';
import type { QueryContext } from '../context.ts';
import { readCoverage } from '../coverage.ts';
import { eachPage } from '../paging.ts';
import type { Revisions } from '../revisions.ts';
import { diffArrivals } from './arrivals.ts';
import type { Diff, DiffMoment, DiffSection } from './diff.ts';
import { diffEntered } from './entered.ts';
import { diffJudgements } from './judgements.ts';
import { diffLineage } from './lineage.ts';
import { summedSections } from './sums.ts';
import { diffThings } from './things.ts';
import { readWindow, type DiffWindow } from './window.ts';

/**
 * What differs between two revisions, what matters most first. What came and went in between is in neither. Fails with
 * INPUT_INVALID when `from` is the later. Of more than 400,000 rows (`rows`) only the sum of each kind is told, beside what people
 * entered; a viewer who sees a part gets QUERY_TOO_COSTLY.
 */
export async function readDiff(
  context: QueryContext,
  revisions: Revisions,
  request: { readonly from: number; readonly to: number; readonly rows?: number },
): Promise<Diff> {
  const { from, to } = request;
  if (from > to)
    throw new LexlineError('INPUT_INVALID', '[query] the first time lies after the second', {
      remedy: 'Exchange --from and --to.',
    });
  const window = await readWindow(context, from, to, request.rows);
  const sections = window.sums === null ? await sectionsOf(context, window) : summedSections(window.sums);
  const entered = { key: 'entered', title: 'What people entered', items: diffEntered(context, window) } as const;
  return {
    from: await moment(context, revisions, from),
    to: await moment(context, revisions, to),
    revisions: await between(context, from, to),
    sections: [...sections, entered].filter(({ items }) => items.length > 0),
    hidden: hiddenIn(window),
  };
}

async function sectionsOf(context: QueryContext, window: DiffWindow): Promise<readonly DiffSection[]> {
  const { datasets, fields, jobs } = diffThings(context, window);
  const [flows, judgements] = await Promise.all([diffArrivals(context, window), diffJudgements(context, window)]);
  return [
    { key: 'flows', title: 'Where regulated data goes', items: flows },
    { key: 'judgements', title: 'What fields hold', items: judgements },
    { key: 'datasets', title: 'Datasets', items: datasets },
    { key: 'fields', title: 'Fields', items: fields },
    { key: 'lineage', title: 'Lineage', items: diffLineage(window) },
    { key: 'jobs', title: 'Jobs', items: jobs },
  ];
}

async function moment(context: QueryContext, revisions: Revisions, n: number): Promise<DiffMoment> {
  const [{ publishedAt }, coverage] = await Promise.all([revisions.get(n), readCoverage(context, n)]);
  return {
    n,
    publishedAt,
    datasets: coverage.datasets,
    fields: coverage.fields,
    sensitiveFields: coverage.sensitive,
    undecidedFields: coverage.undecided,
    notJudgedFields: coverage.notJudged,
  };
}

async function between(context: QueryContext, from: number, to: number): Promise<Diff['revisions']> {
  const found: Diff['revisions'][number][] = [];
  for await (const page of eachPage((request) => context.graph.revisions(request))) {
    for (const { n, publishedAt, cause, actor } of page)
      if (n > from && n <= to) found.push({ n, publishedAt, cause, actor: actor.id });
    if (page.some(({ n }) => n <= from)) break;
  }
  return found.sort((a, b) => a.n - b.n);
}

/** Datasets that changed and that the viewer may not see. */
function hiddenIn(window: DiffWindow): number {
  const hidden = new Set<Uid>();
  for (const { uid } of window.rows)
    if (window.known(uid) !== undefined && window.nameOf(uid) === null) hidden.add(window.holderOf(uid));
  return hidden.size;
}
