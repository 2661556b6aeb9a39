import type { JobFacets } from '../model/facets.ts';
import type { Gap } from '../model/provenance.ts';
import { seesEverything } from '../access/viewer.ts';
import type { QueryContext } from './context.ts';
import { eachFacet, jobView } from './entity-views.ts';
import { isVisible, readStanding } from './entities.ts';
import { readFreshness, readLastRun } from './freshness.ts';
import { shownGaps } from './shown-gaps.ts';
import { readMarkedFields, type MarkedField } from './marks.ts';
import { eachPage } from './paging.ts';
import type { Coverage } from './query.ts';

/** Gaps that an answer names; the rest are counted in its figures. */
const maxGaps = 2000;
/** Datasets whose fields are looked at together. */
const datasetsAtOnce = 200;

type Counts = { -readonly [K in Exclude<keyof Coverage, 'statements' | 'gaps'>]: number };

/** How far everything, or one source, is known at `n`. Reads every field; ask through a memory by revision. */
export async function readCoverage(context: QueryContext, n: number, source?: string): Promise<Coverage> {
  const only = source === undefined ? {} : { source };
  const stale = await staleSources(context, source);
  const counts: Counts = {
    datasets: 0,
    fields: 0,
    namesOnly: 0,
    profiled: 0,
    sensitive: 0,
    notSensitive: 0,
    undecided: 0,
    notJudged: 0,
    staleDatasets: 0,
  };
  const datasets = eachPage((page) => context.graph.list({ kind: 'dataset', ...only }, n, page), datasetsAtOnce);
  for await (const records of datasets) {
    const visible = records.filter((record) => isVisible(context, record));
    counts.datasets += visible.length;
    counts.staleDatasets += visible.filter(({ assertions }) => assertions.some((one) => stale.has(one.source))).length;
    const uids = visible.map(({ uid }) => uid);
    for (const fields of await readMarkedFields(context, uids, n)) countFields(fields, counts);
  }
  const { statements, gaps } = await readStatements(context, n, only);
  const runs = await Promise.all(
    (source === undefined ? await sourceNames(context) : [source]).map((name) => readLastRun(context, name)),
  );
  const unknown = source === undefined ? await readUndescribed(context, n) : [];
  const all = [...runs.flatMap((run) => shownGaps(context.scope, run?.gaps ?? [])), ...unknown, ...gaps];
  const unique = new Map(all.map((gap) => [JSON.stringify([gap.what, gap.reason, gap.detail]), gap]));
  return { ...counts, statements, gaps: [...unique.values()].slice(0, maxGaps) };
}

function countFields(fields: readonly MarkedField[], counts: Counts): void {
  counts.fields += fields.length;
  for (const { effective, profiled } of fields) {
    if (effective.state === 'GAP') counts.notJudged += 1;
    else if (profiled) counts.profiled += 1;
    else counts.namesOnly += 1;
    if (effective.state === 'SENSITIVE') counts.sensitive += 1;
    else if (effective.state === 'NOT_SENSITIVE') counts.notSensitive += 1;
    else if (effective.state === 'UNDECIDED') counts.undecided += 1;
  }
}

async function readStatements(
  context: QueryContext,
  n: number,
  only: { readonly source?: string },
): Promise<{ readonly statements: Coverage['statements']; readonly gaps: readonly Gap[] }> {
  const statements = { full: 0, tables: 0, failed: 0 };
  const gaps: Gap[] = [];
  for await (const jobs of eachPage((page) => context.graph.list({ kind: 'job', ...only }, n, page))) {
    for (const job of jobs) {
      if (!isVisible(context, job)) continue;
      const { full, tables, failed } = jobView(job).statements;
      statements.full += full;
      statements.tables += tables;
      statements.failed += failed;
      if (gaps.length < maxGaps)
        gaps.push(...eachFacet<JobFacets, 'sql'>(job, 'sql').flatMap(({ value }) => value.gaps));
    }
  }
  return { statements, gaps };
}

async function sourceNames(context: QueryContext): Promise<readonly string[]> {
  const { sources } = context.scope;
  const all = (await context.graph.sources()).map(({ name }) => name);
  return sources === 'all' ? all : all.filter((name) => sources.includes(name));
}

async function staleSources(context: QueryContext, source: string | undefined): Promise<ReadonlySet<string>> {
  const names = source === undefined ? await sourceNames(context) : [source];
  const each = await Promise.all(names.map(async (name) => ({ name, ...(await readFreshness(context, [name])) })));
  return new Set(each.filter(({ stale }) => stale).map(({ name }) => name));
}

/** Datasets that statements use and no source describes: nobody knows what they hold. */
async function readUndescribed(context: QueryContext, n: number): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  if (!seesEverything(context.scope)) return gaps;
  const datasets = eachPage((page) => context.graph.list({ kind: 'dataset', alive: false }, n, page));
  for await (const records of datasets) {
    const undescribed = records.filter(({ assertions }) => assertions.length === 0);
    const standing = await readStanding(context, undescribed, n);
    for (const { uid, namespace, name } of undescribed)
      if (standing.has(uid) && gaps.length < maxGaps)
        gaps.push({
          what: `${namespace}/${name}`,
          reason: 'not-connected',
          detail: 'statements use it; no source describes it',
          remedy: 'Connect the source that holds it.',
        });
  }
  return gaps;
}
