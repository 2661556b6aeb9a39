import { addressOf } from '../route.ts';
import { afterPause, breakable, fill, h } from '../dom.ts';
import { ask } from '../graphql.ts';
import { classBadges, stateBadge } from '../parts/badges.ts';
import { countOf, timeOf } from '../words.ts';
import { coverageLine } from '../parts/coverage-line.ts';
import { errorBox, loading } from '../parts/error.ts';
import { fieldTable } from '../parts/field-table.ts';
import { moreButton } from '../parts/more.ts';
import type { DatasetRow, DatasetsAnswer, FieldHit, FieldHitsAnswer } from '../answers.ts';
import type { Page, PageContext } from '../context.ts';

const pageSize = 50;

/** The first page: every dataset with its badge, and a search over datasets and fields. */
export const datasetsPage: Page = async (main, context) => {
  const { route, signal } = context;
  const words = h('input', {
    type: 'search',
    id: 'search',
    value: route.options['q'] ?? '',
    placeholder: 'name of a dataset or field',
    autocomplete: 'off',
  });
  const list = h('div', {}, loading());
  let wanted = '';
  const search = async (): Promise<void> => {
    const text = words.value.trim();
    wanted = text;
    try {
      const parts = await results(text, context);
      if (wanted === text && !signal.aborted) fill(list, ...parts);
    } catch (error) {
      if (!signal.aborted) fill(list, errorBox(error));
    }
  };
  words.addEventListener(
    'input',
    afterPause(200, () => {
      context.keep({ q: words.value.trim() });
      void search();
    }),
  );
  fill(
    main,
    h('h1', {}, 'Datasets'),
    coverageLine(context),
    h(
      'form',
      { class: 'search', role: 'search', onsubmit: (event) => event.preventDefault() },
      h('label', { for: 'search' }, 'Search'),
      words,
    ),
    list,
  );
  await search();
};

async function results(text: string, context: PageContext): Promise<readonly HTMLElement[]> {
  const { route, signal } = context;
  const fetchPage = (after: string | null): Promise<DatasetsAnswer> =>
    ask('datasets', { text: text === '' ? null : text, first: pageSize, after, asOf: route.asOf }, signal);
  const [first, hits] = await Promise.all([
    fetchPage(null),
    text === ''
      ? null
      : ask<FieldHitsAnswer>('fieldHits', { text, first: 20, asOf: route.asOf }, signal).then(({ search }) => search),
  ]);
  const { nodes, pageInfo } = first.datasets;
  const body = h('tbody', {}, ...nodes.map((row) => datasetRow(row, route.asOf)));
  const heads = ['Dataset', 'What it holds', 'Class', 'Sensitive', 'Gaps', 'Last read'];
  const table = h(
    'table',
    { class: 'datasets' },
    h('thead', {}, h('tr', {}, ...heads.map((title) => h('th', { scope: 'col' }, title)))),
    body,
  );
  const fields = (hits?.nodes ?? []).filter((node): node is FieldHit => 'path' in node);
  return [
    nodes.length === 0
      ? h(
          'p',
          { class: 'muted' },
          text === '' ? 'Nothing was read yet. Run: lexline sync' : `No dataset is called "${text}".`,
        )
      : table,
    moreButton('Show more', pageInfo.hasNextPage ? pageInfo.endCursor : null, async (after) => {
      const page = (await fetchPage(after)).datasets;
      body.append(...page.nodes.map((row) => datasetRow(row, route.asOf)));
      return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }),
    ...(text === ''
      ? []
      : [
          h('h2', {}, 'Fields'),
          fields.length === 0
            ? h('p', { class: 'muted' }, `No field is called "${text}".`)
            : fieldTable(fields, route.asOf),
          ...(hits?.pageInfo.hasNextPage === true
            ? [h('p', { class: 'muted' }, 'Only the best hits are shown: say more of the name.')]
            : []),
        ]),
  ];
}

function datasetRow({ id, name, kind, platform, summary, freshness }: DatasetRow, asOf: string | null): HTMLElement {
  const open = summary.undecidedFields + summary.gapFields;
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      h('a', { class: 'mono', href: addressOf(`/datasets/${id}`, asOf) }, ...breakable(name)),
      ' ',
      h(
        'span',
        { class: 'muted' },
        [kind?.toLowerCase().replaceAll('_', ' ') ?? 'not described', platform ?? ''].join(' ').trim(),
      ),
    ),
    h('td', {}, stateBadge(summary.state, summary.label)),
    h('td', { class: 'classes' }, ...classBadges(summary.classes)),
    h(
      'td',
      { class: summary.fields === 0 ? 'muted' : null, 'data-label': 'Sensitive' },
      summary.fields === 0 ? 'not known' : `${String(summary.sensitiveFields)} of ${String(summary.fields)}`,
    ),
    summary.fields === 0
      ? h('td', { class: 'gap', 'data-label': 'Gaps' }, 'fields not told')
      : h('td', { class: open > 0 ? 'gap' : 'muted', 'data-label': 'Gaps' }, open > 0 ? countOf(open, 'gap') : 'none'),
    h(
      'td',
      { class: freshness.stale ? 'gap' : 'muted', 'data-label': 'Last read' },
      `${timeOf(freshness.lastSyncedAt)}${freshness.stale ? ', stale' : ''}`,
    ),
  );
}
