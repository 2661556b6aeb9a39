import { ask } from '../graphql.ts';
import { countOf, durationOf, inWords, timeOf } from '../words.ts';
import { fill, h } from '../dom.ts';
import { gapTable } from '../parts/gap.ts';
import { moreButton } from '../parts/more.ts';
import type { Page } from '../context.ts';
import type { RunsAnswer, SyncRun } from '../answers.ts';

/** What was read when, how it ended, and what was missed. Runs are of now, whatever time is looked at. */
export const runsPage: Page = async (main, { signal }) => {
  const fetchPage = (after: string | null): Promise<RunsAnswer> => ask('runs', { first: 25, after }, signal);
  const { sources, syncRuns } = await fetchPage(null);
  const list = h('div', {}, ...syncRuns.nodes.map((run) => runCard(run)));
  fill(
    main,
    h('h1', {}, 'Sync runs'),
    h('h2', {}, 'Sources'),
    sources.length === 0
      ? h('p', {}, 'No source was read yet. Run: lexline sync')
      : h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ...['Source', 'Connector', 'Last read with success', 'State'].map((title) =>
                h('th', { scope: 'col' }, title),
              ),
            ),
          ),
          h(
            'tbody',
            {},
            ...sources.map((source) =>
              h(
                'tr',
                {},
                h('td', {}, source.name),
                h('td', {}, source.connector),
                h('td', {}, timeOf(source.freshness.lastSyncedAt)),
                h(
                  'td',
                  { class: source.freshness.stale ? 'gap' : '' },
                  [
                    source.freshness.stale ? 'stale' : 'fresh',
                    ...(source.managed ? [] : ['no longer configured']),
                  ].join(', '),
                ),
              ),
            ),
          ),
        ),
    h('h2', {}, 'Runs, newest first'),
    list,
    moreButton('Show older runs', syncRuns.pageInfo.hasNextPage ? syncRuns.pageInfo.endCursor : null, async (after) => {
      const page = (await fetchPage(after)).syncRuns;
      list.append(...page.nodes.map((run) => runCard(run)));
      return page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }),
  );
};

function runCard(run: SyncRun): HTMLElement {
  const status = run.status === 'PARTIAL' ? 'PARTIAL_RUN' : run.status;
  return h(
    'details',
    { class: 'card' },
    h(
      'summary',
      {},
      h('b', {}, run.source),
      ' ',
      h(
        'span',
        { class: run.status === 'FAILED' ? 'sensitive' : run.missed.length > 0 ? 'gap' : 'not-sensitive' },
        inWords(status),
      ),
      h(
        'span',
        { class: 'muted' },
        ` ${timeOf(run.startedAt)} ${durationOf(run.startedAt, run.finishedAt)}${run.missed.length > 0 ? `, ${countOf(run.missed.length, 'gap')}` : ''}`,
      ),
    ),
    run.error === null
      ? null
      : h(
          'div',
          { class: 'error-box' },
          h('strong', {}, `${run.error.code}: ${run.error.message}`),
          run.error.remedy === null ? null : h('pre', {}, run.error.remedy),
        ),
    h('p', {}, figuresOf(run)),
    run.missed.length === 0 ? null : gapTable(run.missed),
  );
}

function figuresOf({ documents, fields, revisions, resumed }: SyncRun): string {
  const figures =
    documents === null || fields === null
      ? 'Its figures are of the whole source, of which you see a part.'
      : `Documents: ${String(documents.read)} read, ${String(documents.changed)} changed, ${String(documents.unchanged)} unchanged, ${String(documents.retired)} retired. Fields: ${String(fields.judged)} judged, ${String(fields.profiled)} profiled, ${String(fields.sensitive)} sensitive, ${String(fields.undecided)} undecided.`;
  const published = revisions.length === 0 ? 'No revision.' : `Revisions: ${revisions.join(', ')}.`;
  return `${figures} ${published}${resumed ? ' Went on from an interrupted run.' : ''}`;
}
