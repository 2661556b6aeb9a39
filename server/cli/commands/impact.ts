import type { Filter, FilterCondition, Impact, ImpactCounts, ImpactRequest } from '../../query/answers.ts';
import type { ImpactHit, Query } from '../../query/query.ts';
import { requireKnownWords } from '../../query/known-words.ts';
import { countOf } from '../../query/labels.ts';
import { printPath, type QualifiedName } from '../../model/ids.ts';
import { csvCell } from '../../report/export/csv.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { distinctNames } from '../distinct-names.ts';
import { findThing } from '../find-thing.ts';
import { oneOf, textOption, wholeNumber } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';

const formats = ['text', 'csv', 'json'] as const;
const directions = ['upstream', 'downstream'] as const;

/** Options that leave out what they do not name, and what each looks at. */
const filters = { category: 'CATEGORY', platform: 'PLATFORM', tag: 'TAG', source: 'SOURCE' } as const;

/** Hits asked for at a time. */
const pageSize = 500;

/** What a change to a dataset or field would reach: counts, break-downs, and each field with the way to it. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose } = context;
  const format = oneOf(options, 'format', formats) ?? (global.json ? 'json' : 'text');
  const direction = oneOf(options, 'direction', directions) ?? 'downstream';
  const first = wholeNumber(options, 'first', 1, 20_000) ?? (format === 'text' ? 50 : 20_000);
  const out = textOption(options, 'out');
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const thing = await findThing(query, args[0] ?? '', n);
    const origin = thing.field?.uid ?? thing.dataset.uid;
    const filter = filterOf(options);
    await requireKnownWords(filter, n, { query, taxonomy: loadTaxonomy() });
    const request: ImpactRequest = { origin, direction: direction === 'upstream' ? 'UPSTREAM' : 'DOWNSTREAM', n };
    const counts = await query.impactCounts(request);
    if (options['counts'] === true) {
      if (format === 'json') await printJson(io, { thing: thing.name, revision: n, counts });
      else await printLines(io, [`${thing.name}: ${countsInWords(counts)}`]);
      return 0;
    }
    const impact = await query.impact(request);
    const { hits, endsBecause } = await hitsOf(query, request, filter, first);
    const names = await datasetNames(query, hits, n);
    if (format === 'csv') {
      const missing = [...new Set([...impact.incompleteBecause, ...(endsBecause === null ? [] : [endsBecause])])];
      const lines = csvLines(hits, names, missing);
      if (out === undefined) await io.out(lines.join(''));
      else await writeWhole(out, lines);
      // A list that is not whole must not look whole: what is missing is said in the file and beside it.
      for (const reason of missing) io.err(`not complete: ${reason}\n`);
    } else if (format === 'json')
      await printJson(io, {
        thing: thing.name,
        revision: n,
        counts,
        ...impact,
        listEndsBecause: endsBecause,
        list: hits.map((hit) => shown(hit, names)),
      });
    else
      await printLines(
        io,
        textLines(thing.name, counts, impact, hits, names, {
          filtered: filter !== undefined && hits.length < first,
          endsBecause,
        }),
      );
    return 0;
  } finally {
    await product.close();
  }
}

/** The options that were given, all of which must hold. */
function filterOf(options: Invocation['options']): Filter | undefined {
  const all = Object.entries(filters).flatMap(([name, on]): readonly FilterCondition[] => {
    const value = textOption(options, name);
    return value === undefined ? [] : [{ on, not: false, values: value.split(',').map((one) => one.trim()) }];
  });
  return all.length === 0 ? undefined : { any: [{ all }] };
}

async function hitsOf(
  query: Query,
  request: ImpactRequest,
  filter: Filter | undefined,
  first: number,
): Promise<{ readonly hits: readonly ImpactHit[]; readonly endsBecause: string | null }> {
  const hits: ImpactHit[] = [];
  for (let after: string | undefined; hits.length < first;) {
    const page = await query.impactList(request, filter, {
      first: Math.min(pageSize, first - hits.length),
      ...(after === undefined ? {} : { after }),
    });
    hits.push(...page.items);
    if (page.cursor === null) return { hits, endsBecause: page.endsBecause };
    after = page.cursor;
  }
  return { hits, endsBecause: `only the first ${first} were asked for (--first)` };
}

type NameOf = (hit: ImpactHit) => string;

async function datasetNames(query: Query, hits: readonly ImpactHit[], n: number): Promise<NameOf> {
  const uids = [...new Set(hits.map(({ field }) => field.dataset))];
  const datasets = new Map<string, QualifiedName>();
  for (let at = 0; at < uids.length; at += pageSize)
    for (const dataset of await query.datasetsByUid(uids.slice(at, at + pageSize), n))
      if (dataset !== null) datasets.set(dataset.uid, dataset);
  const nameOf = distinctNames(datasets.values());
  return ({ field }) => {
    const dataset = datasets.get(field.dataset);
    return dataset === undefined ? '' : nameOf(dataset);
  };
}

function shown(hit: ImpactHit, name: NameOf): Readonly<Record<string, unknown>> {
  const { field, degree, path } = hit;
  return {
    dataset: name(hit),
    field: printPath(field.path),
    degree,
    state: field.effective.state,
    categories: field.classifications.map(({ category }) => category),
    path,
  };
}

/** RFC 4180, guarded against formulas as reports are. What is missing stands in rows of its own at the end. */
function csvLines(hits: readonly ImpactHit[], name: NameOf, missing: readonly string[]): readonly string[] {
  const line = (cells: readonly (string | number | readonly string[])[]): string =>
    `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`;
  return [
    line(['dataset', 'field', 'degree', 'state', 'categories', 'path']),
    ...hits.map((hit) =>
      line([
        name(hit),
        printPath(hit.field.path),
        hit.degree,
        hit.field.effective.state,
        hit.field.classifications.map(({ category }) => category),
        hit.path.join(' > '),
      ]),
    ),
    ...missing.map((reason) => line([`(not complete: ${reason})`, '', '', '', '', ''])),
  ];
}

function countsInWords({ fields, datasets, jobs, exposures, whole }: ImpactCounts): string {
  const least = whole ? '' : 'at least ';
  return `${least}${countOf(fields, 'field')} in ${countOf(datasets, 'dataset')}, by ${countOf(jobs, 'job')}; ${exposures === 1 ? '1 report or application' : `${exposures} reports and applications`} outside`;
}

function textLines(
  name: string,
  counts: ImpactCounts,
  { byRegion, byCategory, incompleteBecause }: Impact,
  hits: readonly ImpactHit[],
  nameOf: NameOf,
  { filtered, endsBecause }: { readonly filtered: boolean; readonly endsBecause: string | null },
): readonly string[] {
  const rest = filtered
    ? `${hits.length} of ${counts.fields === 1 ? 'this 1 field' : `these ${counts.fields} fields`} ${hits.length === 1 ? 'is' : 'are'} what was asked for`
    : `… there are more than these ${hits.length} (--first, --format csv)`;
  return [
    `${name} reaches ${countsInWords(counts)}`,
    ...byRegion.map(({ region, datasets }) => `  region ${region ?? 'not known'}: ${countOf(datasets, 'dataset')}`),
    ...byCategory.map(({ category, fields }) => `  ${category}: ${countOf(fields, 'field')}`),
    ...incompleteBecause.map((reason) => `  not complete: ${reason}`),
    ...hits.map((hit) => `${hit.degree}  ${nameOf(hit)}.${printPath(hit.field.path)}  by ${hit.path.join(' > ')}`),
    ...(hits.length < counts.fields ? [rest] : []),
    ...(endsBecause === null || endsBecause.includes('--first') ? [] : [`not complete: ${endsBecause}`]),
  ];
}
