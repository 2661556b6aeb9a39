import { addressOf } from '../route.ts';
import { ask } from '../graphql.ts';
import { classBadges, stateBadge } from '../parts/badges.ts';
import { countOf, inWords, timeOf } from '../words.ts';
import { facts, tagList } from '../parts/facts.ts';
import { fieldRow, fieldTable } from '../parts/field-table.ts';
import { fill, h, type Child } from '../dom.ts';
import { lineagePart } from '../parts/lineage.ts';
import { moreButton } from '../parts/more.ts';
import { notThere, saidWrongAddress } from './not-there.ts';
import type { DatasetAnswer, FieldRow } from '../answers.ts';
import type { Page, PageContext } from '../context.ts';

const pageSize = 200;

/** One dataset: what it is, its fields with their verdicts, and where its data comes from and goes. */
export const datasetPage: Page = async (main, context) => {
  const { route, signal } = context;
  if (saidWrongAddress(main, 'dataset', route)) return;
  const fetchPage = (after: string | null): Promise<DatasetAnswer> =>
    ask('dataset', { id: route.id, first: pageSize, after, asOf: route.asOf }, signal);
  const { dataset } = await fetchPage(null);
  if (dataset === null) {
    notThere(main, 'dataset', route.asOf);
    return;
  }
  document.title = `${dataset.name} · Lexline`;
  const { summary, subject, freshness } = dataset;
  fill(
    main,
    h('p', { class: 'crumbs' }, h('a', { href: addressOf('/', route.asOf) }, 'Datasets')),
    h('h1', { class: 'mono' }, dataset.name),
    h('p', {}, stateBadge(summary.state, summary.label), ' ', ...classBadges(summary.classes)),
    dataset.description === null ? null : h('p', {}, dataset.description),
    facts([
      ['Namespace', h('span', { class: 'mono' }, dataset.namespace)],
      [
        'Kind',
        [dataset.kind === null ? 'no source describes it' : inWords(dataset.kind), dataset.platform]
          .filter((one) => one !== null)
          .join(', '),
      ],
      ['Region', dataset.region ?? 'unknown'],
      ['Rows are about', subjectWords(subject, route.asOf)],
      ['Owners', dataset.owners.length === 0 ? 'none named' : dataset.owners.join(', ')],
      [
        'Read by',
        `${dataset.sources.map((one) => one.name).join(', ')}; last ${timeOf(freshness.lastSyncedAt)}${freshness.stale ? ', stale' : ''}`,
      ],
      ['Tags', tagList(dataset.tags)],
      ['In its source', dataset.openInSource === null ? null : sourceLink(dataset.openInSource)],
    ]),
    fieldsPart(dataset.fields, summary, context, fetchPage),
    lineagePart('dataset', dataset.name, context),
  );
};

function subjectWords(subject: NonNullable<DatasetAnswer['dataset']>['subject'], asOf: string | null): Child {
  if (subject === null) return 'not told';
  if (subject.keyField === null) return subject.kind;
  return h(
    'span',
    {},
    `${subject.kind}, by `,
    h('a', { class: 'mono', href: addressOf(`/fields/${subject.keyField.id}`, asOf) }, subject.keyField.path),
  );
}

/** A page of the catalog itself; only ordinary web addresses become links. */
function sourceLink(url: string): Child {
  return /^https?:\/\//.test(url) ? h('a', { href: url, rel: 'noreferrer noopener' }, url) : url;
}

function fieldsPart(
  fields: NonNullable<DatasetAnswer['dataset']>['fields'],
  summary: NonNullable<DatasetAnswer['dataset']>['summary'],
  { route }: PageContext,
  fetchPage: (after: string | null) => Promise<DatasetAnswer>,
): HTMLElement {
  const table = fieldTable(fields.nodes, route.asOf);
  const only = h('select', { id: 'only' }, ...choices.map(([value, words]) => h('option', { value }, words)));
  const apply = (): void => {
    for (const row of table.querySelectorAll<HTMLElement>('tbody tr'))
      row.hidden = only.value !== '' && !only.value.split(' ').includes(row.dataset['state'] ?? '');
  };
  only.addEventListener('change', apply);
  const add = (rows: readonly FieldRow[]): void => {
    table.tBodies[0]?.append(...rows.map((row) => fieldRow(row, route.asOf)));
    apply();
  };
  return h(
    'section',
    { 'aria-labelledby': 'fields' },
    h('h2', { id: 'fields' }, 'Fields'),
    h(
      'p',
      { class: 'controls' },
      h(
        'span',
        {},
        `${countOf(summary.fields, 'field')}: ${String(summary.sensitiveFields)} sensitive, ${String(summary.undecidedFields)} undecided, ${String(summary.gapFields)} not judged`,
      ),
      h('label', {}, 'Show ', only),
    ),
    fields.nodes.length === 0 ? h('p', { class: 'gap' }, 'Gap: no source tells its fields.') : table,
    moreButton('Show more fields', fields.pageInfo.hasNextPage ? fields.pageInfo.endCursor : null, async (after) => {
      const page = (await fetchPage(after)).dataset?.fields;
      if (page === undefined) return null;
      add(page.nodes);
      return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }),
  );
}

const choices: readonly (readonly [string, string])[] = [
  ['', 'all'],
  ['SENSITIVE', 'sensitive'],
  ['UNDECIDED GAP', 'without an answer'],
  ['NOT_SENSITIVE', 'not sensitive'],
];
