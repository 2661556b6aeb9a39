import { ask } from '../graphql.ts';
import { countOf } from '../words.ts';
import { errorBox } from '../parts/error.ts';
import { fieldRow, fieldTable } from '../parts/field-table.ts';
import { fill, h } from '../dom.ts';
import { gapRow, gapTable } from '../parts/gap.ts';
import { moreButton } from '../parts/more.ts';
import type { Coverage, CoverageAnswer, FieldsAnswer } from '../answers.ts';
import type { Page, PageContext } from '../context.ts';

/** Whether the silence can be trusted: how deep the look went, what was not understood, and which fields have no answer. */
export const gapsPage: Page = async (main, context) => {
  const { route, signal } = context;
  const fetchPage = (afterGap: string | null): Promise<CoverageAnswer> =>
    ask('coverage', { asOf: route.asOf, firstGaps: 100, afterGap }, signal);
  const { coverage } = await fetchPage(null);
  const { gaps } = coverage;
  const table = gapTable(gaps.nodes);
  const open = h('div', {});
  fill(
    main,
    h('h1', {}, 'Coverage and gaps'),
    h(
      'p',
      { class: 'about' },
      'What was not judged, is undecided or was not understood is a gap. It must not be read as free of personal data.',
    ),
    bars(coverage),
    h(
      'section',
      {},
      h('h2', {}, 'Met while reading'),
      gaps.nodes.length === 0 ? h('p', {}, 'None.') : table,
      moreButton('Show more gaps', gaps.pageInfo.hasNextPage ? gaps.pageInfo.endCursor : null, async (after) => {
        const page = (await fetchPage(after)).coverage.gaps;
        table.tBodies[0]?.append(...page.nodes.map((gap) => gapRow(gap)));
        return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      }),
    ),
    h('section', {}, h('h2', {}, 'Fields without an answer'), open),
  );
  try {
    fill(open, ...(await openFields(context)));
  } catch (error) {
    if (!signal.aborted) fill(open, errorBox(error));
  }
};

function bars(coverage: Coverage): HTMLElement {
  const { statements } = coverage;
  return h(
    'div',
    { class: 'bars' },
    bar(`${countOf(coverage.fields, 'field')}, by depth`, [
      ['judged with a profile of values', coverage.profiled, 'clear'],
      ['judged from names only', coverage.namesOnly, 'half'],
      ['not judged', coverage.notRead, 'gap'],
    ]),
    bar('by outcome', [
      ['sensitive', coverage.sensitive, 'sensitive'],
      ['not sensitive', coverage.notSensitive, 'clear'],
      ['undecided', coverage.undecided, 'half'],
      ['not judged', coverage.notRead, 'gap'],
    ]),
    bar(countOf(statements.full + statements.tables + statements.failed, 'SQL statement'), [
      ['understood in full', statements.full, 'clear'],
      ['to their tables only', statements.tables, 'half'],
      ['not understood', statements.failed, 'gap'],
    ]),
    coverage.staleDatasets > 0
      ? h(
          'p',
          { class: 'gap' },
          `${countOf(coverage.staleDatasets, 'dataset')} of sources that are stale: what they hold today is not known.`,
        )
      : null,
  );
}

/** A bar of shares; the words below it carry the figures, so that colour is never alone. */
function bar(title: string, parts: readonly (readonly [string, number, string])[]): HTMLElement {
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('viewBox', '0 0 1000 14');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  let x = 0;
  for (const [, count, look] of parts) {
    const part = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const width = total === 0 ? 0 : (count / total) * 1000;
    for (const [name, value] of Object.entries({ x, y: 0, width, height: 14, class: `bar-${look}` }))
      part.setAttribute(name, String(value));
    picture.append(part);
    x += width;
  }
  return h(
    'div',
    { class: 'bar' },
    h('h3', {}, title),
    picture,
    h(
      'ul',
      {},
      ...parts.map(([words, count, look]) =>
        h('li', {}, h('span', { class: `dot bar-${look}` }), `${count.toLocaleString('en')} ${words}`),
      ),
    ),
  );
}

async function openFields({ route, signal }: PageContext): Promise<readonly HTMLElement[]> {
  const fetchPage = (after: string | null): Promise<FieldsAnswer> =>
    ask(
      'fields',
      {
        filter: { any: [{ all: [{ on: 'STATE', values: ['UNDECIDED', 'GAP'] }] }] },
        first: 50,
        after,
        asOf: route.asOf,
      },
      signal,
    );
  const { nodes, pageInfo } = (await fetchPage(null)).fields;
  const table = fieldTable(nodes, route.asOf);
  return [
    nodes.length === 0 && !pageInfo.hasNextPage ? h('p', {}, 'None.') : table,
    moreButton('Show more fields', pageInfo.hasNextPage ? pageInfo.endCursor : null, async (after) => {
      const page = (await fetchPage(after)).fields;
      table.tBodies[0]?.append(...page.nodes.map((row) => fieldRow(row, route.asOf)));
      return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }),
  ];
}
