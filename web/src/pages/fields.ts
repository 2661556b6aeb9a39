import { afterPause, fill, h } from '../dom.ts';
import { ask } from '../graphql.ts';
import { errorBox, loading } from '../parts/error.ts';
import { fieldRow, fieldTable } from '../parts/field-table.ts';
import { moreButton } from '../parts/more.ts';
import type { FieldsAnswer } from '../answers.ts';
import type { Page, PageContext } from '../context.ts';

const pageSize = 100;

const classes: readonly (readonly [string, string])[] = [
  ['', 'all classes'],
  ['PCI', 'PCI: card data'],
  ['PHI', 'PHI: health data'],
  ['PII', 'PII: personal data'],
];

/** What was found, across all datasets: every sensitive field, by class and category. */
export const fieldsPage: Page = async (main, context) => {
  const { route, signal } = context;
  const chosen = h(
    'select',
    { id: 'class' },
    ...classes.map(([value, words]) => h('option', { value, selected: value === route.options['class'] }, words)),
  );
  const category = h('input', {
    type: 'search',
    id: 'category',
    value: route.options['category'] ?? '',
    placeholder: 'user.contact',
    autocomplete: 'off',
  });
  const list = h('div', {});
  let latest = '';
  const show = async (): Promise<void> => {
    const wanted = { class: chosen.value, category: category.value.trim() };
    const key = JSON.stringify(wanted);
    latest = key;
    context.keep(wanted);
    fill(list, loading());
    try {
      const parts = await fieldList(wanted, context);
      if (latest === key && !signal.aborted) fill(list, ...parts);
    } catch (error) {
      if (latest === key && !signal.aborted) fill(list, errorBox(error));
    }
  };
  chosen.addEventListener('change', () => void show());
  category.addEventListener(
    'input',
    afterPause(300, () => void show()),
  );
  fill(
    main,
    h('h1', {}, 'Sensitive fields'),
    h(
      'form',
      { class: 'controls', onsubmit: (event) => event.preventDefault() },
      h('label', {}, 'Class ', chosen),
      h('label', {}, 'Category, or one above it ', category),
    ),
    list,
  );
  await show();
};

async function fieldList(
  wanted: { readonly class: string; readonly category: string },
  { route, signal }: PageContext,
): Promise<readonly HTMLElement[]> {
  const all = [
    { on: 'STATE', values: ['SENSITIVE'] },
    ...(wanted.class === '' ? [] : [{ on: 'CLASS', values: [wanted.class] }]),
    ...(wanted.category === '' ? [] : [{ on: 'CATEGORY', values: [wanted.category] }]),
  ];
  const fetchPage = (after: string | null): Promise<FieldsAnswer> =>
    ask('fields', { filter: { any: [{ all }] }, first: pageSize, after, asOf: route.asOf }, signal);
  const { nodes, pageInfo } = (await fetchPage(null)).fields;
  const table = fieldTable(nodes, route.asOf);
  return [
    nodes.length === 0 && !pageInfo.hasNextPage
      ? h('p', {}, 'None was found. Fields without an answer are under Coverage and gaps.')
      : table,
    moreButton('Show more fields', pageInfo.hasNextPage ? pageInfo.endCursor : null, async (after) => {
      const page = (await fetchPage(after)).fields;
      table.tBodies[0]?.append(...page.nodes.map((row) => fieldRow(row, route.asOf)));
      return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }),
  ];
}
