import { ask } from './ask.js';
import { countOf, h, inWords, problem, table, when } from './dom.js';

/** Screen 6: can the silence be trusted, and what changed in the last thirty days? */
export async function trustPart() {
  const { sources, revision } = await ask('Sources');
  const part = h('section', {}, h('h2', {}, 'Can the silence be trusted?'));
  for (const { name } of sources) part.append(await sourcePart(name, revision).catch(problem));
  return part;
}

async function sourcePart(name, revision) {
  const month = new Date(new Date(revision.at).getTime() - 30 * 86_400_000).toISOString();
  const answer = await ask('Coverage', { source: name, from: month });
  const { lastRun, coverage } = answer.source;
  const { fields, namesOnly, profiled, notRead, undecided, unparsedStatements, staleDatasets } = coverage;
  const row = [fields, profiled, namesOnly, notRead, undecided, unparsedStatements, staleDatasets].map(String);
  const heads = ['Columns', 'Values looked at', 'Names only', 'Not judged', 'Undecided', 'SQL not understood', 'Stale'];
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, name),
    h(
      'p',
      {},
      lastRun === null
        ? 'Never read.'
        : `Last read ${lastRun.finishedAt === null ? 'now' : when(lastRun.finishedAt)}: ${inWords(lastRun.status)}.`,
    ),
    table(`Coverage of ${name}`, heads, [row]),
    h('ul', {}, ...(lastRun?.missed ?? []).map(({ what, reason }) => h('li', {}, `Missed: ${what}: ${reason}`))),
    h('p', {}, `${countOf(answer.changes.totalCount, 'change')} in the last thirty days. ${answer.changes.note ?? ''}`),
    h('ul', {}, ...answer.changes.edges.map(({ node }) => h('li', {}, `${node.at.slice(0, 10)} ${node.summary}`))),
  );
}
