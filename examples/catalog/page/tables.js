import { ask, linkTo } from './ask.js';
import { badge, h, table } from './dom.js';

/** The catalog's own list of tables: it knows Lexline's ids of none of them. */
const tables = await (await fetch('./tables.json')).json();

/** Screen 1: badges for a page of 50 rows in one request. A miss is a row. */
export async function tablesPart(choose) {
  const { datasetsByRef, revision } = await ask('Badges', { refs: tables.map(({ ref }) => ref) });
  const rows = datasetsByRef.map((found, at) => [
    h('button', { class: 'plain', type: 'button', click: () => choose(tables[at]) }, tables[at].title),
    ...cellsOf(found),
  ]);
  const heads = ['Table', 'What it holds', 'In the words of the law', 'Rows of', 'Not known', 'Read'];
  return { part: h('section', {}, h('h2', {}, 'Tables'), table('Tables', heads, rows)), revision };
}

function cellsOf({ status, dataset }) {
  if (dataset === null) return [badge(status, missWords[status]), '', '', '', ''];
  const { summary, subject, freshness, url } = dataset;
  const { state, label, terms, sensitiveFields, undecidedFields, gapFields } = summary;
  return [
    [badge(state, label), h('div', {}, `${sensitiveFields} sensitive, `, h('a', { href: linkTo(url) }, 'in Lexline'))],
    Object.entries(Object.groupBy(terms, ({ regulation }) => regulation)).map(lawLine),
    subject === null ? '' : subject.kind + (subject.keyField === null ? '' : ` (${subject.keyField.path})`),
    undecidedFields + gapFields === 0 ? '' : `${undecidedFields} undecided, ${gapFields} not judged`,
    freshness.stale ? badge('GAP', 'stale') : day(freshness.lastSyncedAt),
  ];
}

/** One line a law: its first word for it, and how many more; all of them to read on. */
function lawLine([regulation, found]) {
  const words = [...new Set(found.map(({ term }) => term))];
  const more = words.length > 1 ? ` and ${words.length - 1} more` : '';
  return h('div', { title: words.join(', ') }, `${regulation.replace('_', ' ')}: ${words[0]}${more}`);
}

const missWords = { NOT_FOUND: 'not known to Lexline', AMBIGUOUS: 'several tables have this name' };

const day = (instant) => (instant === null ? 'never' : instant.slice(0, 10));

/** The columns of one table, each with its badge. */
export async function columnsPart({ title, ref }, choose) {
  const [found] = (await ask('Columns', { ref })).datasetsByRef;
  if (found.dataset === null) return h('section', {}, h('h2', {}, title), h('p', {}, missWords[found.status]));
  const { nodes, pageInfo } = found.dataset.fields;
  const rows = nodes.map(({ path, state, label }) => [
    h('button', { class: 'plain', type: 'button', click: () => choose(ref, path) }, path),
    badge(state, label),
  ]);
  return h(
    'section',
    {},
    h('h2', {}, title),
    table(`Columns of ${title}`, ['Column', 'What it holds'], rows),
    pageInfo.hasNextPage ? h('p', {}, 'There are more than 250 columns: the rest is not shown here.') : null,
  );
}
