import { ask, linkTo } from './ask.js';
import { badge, countOf, h, inWords, problem, table, when } from './dom.js';

/** Screen 2: what one column is, says who, on what ground; with its lineage, reasons and reach behind. */
export async function columnPart(ref, path) {
  const field = (await ask('FieldPanel', { ref, path })).fieldByRef;
  if (field === null) return h('section', {}, h('h2', {}, path), h('p', {}, 'Lexline does not know this column.'));
  const part = h(
    'section',
    { 'aria-label': `Column ${field.path}` },
    h('h2', {}, field.path, ' ', h('span', { class: 'quiet' }, field.type ?? '')),
    h('p', {}, badge(field.state, inWords(field.state)), ' ', field.because),
    field.gap === null ? null : h('p', {}, `Not known: ${field.gap.reason}. ${field.gap.remedy ?? ''}`),
    ...field.classifications.map(classificationCard),
    facts('Controls', field.controls, ({ kind, name, enforcedBy }) => `${kind}: ${name}, enforced by ${enforcedBy}`),
    facts(
      'Tags',
      field.tags,
      ({ name, source, setBy }) => `${name} in ${source ?? 'its table'}, set by ${inWords(setBy.kind)}`,
    ),
    h('p', {}, h('a', { href: linkTo(field.url) }, 'This column in Lexline')),
  );
  for (const more of [lineagePart(field, 'DOWNSTREAM'), lineagePart(field, 'UPSTREAM'), impactPart(field)])
    part.append(await more.catch(problem));
  return part;
}

function facts(title, things, wordsOf) {
  if (things.length === 0) return null;
  return [h('h3', {}, title), h('ul', {}, ...things.map((thing) => h('li', {}, wordsOf(thing))))];
}

function classificationCard(found) {
  const { id, label, category, confidence, terms, decidedBy, reviewState, evidence, citations, origin } = found;
  const why = h('div');
  const showWhy = async () => why.replaceChildren(await whyPart(id).catch(problem));
  return h(
    'article',
    { class: 'card' },
    h('h3', {}, label),
    h('p', { class: 'quiet' }, `${category}, ${Math.round(confidence * 100)} %`),
    h(
      'p',
      {},
      terms
        .map(({ regulation, term, provision }) => `${regulation.replace('_', ' ')}: ${term} (${provision})`)
        .join('; '),
    ),
    h('p', {}, `Said by ${inWords(decidedBy.kind)} ${decidedBy.name}; ${inWords(reviewState)}`),
    origin === null ? null : h('p', {}, `Came from ${nameOf(origin.field)}, ${origin.hops} steps away`),
    h('ul', {}, ...evidence.map(({ signal, detail }) => h('li', {}, `${signal}: ${detail}`))),
    h('ul', {}, ...citations.map(citationLine)),
    h('button', { type: 'button', click: showWhy }, 'Why?'),
    why,
  );
}

function citationLine({ provision, edition, check, quote, ownWords }) {
  const text = quote === null ? (ownWords ?? '') : `“${quote}”`;
  return h('li', {}, `${provision} (${edition}, ${inWords(check)}): ${text}`);
}

/** What the reader may not see stays visible as a place. */
const nameOf = (field) => (field === null ? 'a place you may not see' : `${field.dataset.name}.${field.path}`);

/** Screen 4: why does the column carry that tag? */
async function whyPart(classificationId) {
  const { explanation, history } = (await ask('Why', { classificationId })).classification;
  const steps = explanation.steps.map((step) => {
    const how = step.function === '' ? 'copied' : `${step.function}: ${inWords(step.effect)}`;
    return h(
      'li',
      {},
      `${nameOf(step.from)} → ${nameOf(step.to)} (${how}${step.statement ? `, ${step.statement}` : ''})`,
    );
  });
  return h(
    'div',
    {},
    h('p', {}, explanation.sentence),
    h('ol', {}, ...steps),
    facts('Weighed and not taken', explanation.alternatives, (one) => `${one.category}: ${one.rejectedBecause}`),
    facts('It would end if', explanation.wouldEndIf, ({ detail }) => detail),
    facts(
      'History',
      history,
      ({ at, actor, change, after }) => `${when(at)} ${actor.name} ${inWords(change)} ${after ?? ''}`,
    ),
  );
}

/** Screen 3: the picture, and the same as a table for those who cannot see it. */
async function lineagePart({ id }, direction) {
  const { lineage, lineageDiagram } = (await ask('Lineage', { id, direction })).field;
  const { nodes, edges, hiddenNodes, unparsedStatements, truncated } = lineage;
  const heading = h('h3', {}, direction === 'DOWNSTREAM' ? 'Where it goes' : 'Where it comes from');
  const places = new Map(nodes.map((node) => [node.key, nameOf(node.field)]));
  const limits = [
    hiddenNodes > 0 ? `${countOf(hiddenNodes, 'place')} you may not see` : '',
    unparsedStatements > 0 ? `${unparsedStatements} statements not understood: there may be more` : '',
    truncated === null ? '' : `cut short (${inWords(truncated.reason)}), ${truncated.remaining ?? 'some'} left`,
  ].filter((text) => text !== '');
  if (edges.length === 0) return h('div', {}, heading, h('p', {}, 'Nothing known.', ' ', limits.join('; ')));
  const rows = edges.map(({ from, to, transformation, masking, assertedBy }) => [
    places.get(from) ?? '',
    places.get(to) ?? '',
    inWords(transformation ?? 'steers rows') + (masking ? ', masked' : ''),
    assertedBy.name,
  ]);
  // As an image nothing in the picture can run, whoever named the columns in it.
  const picture = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(lineageDiagram.content)}`;
  return h(
    'div',
    {},
    heading,
    h(
      'div',
      { class: 'scroll' },
      h('img', { class: 'picture', alt: `${edges.length} steps, listed below`, src: picture }),
    ),
    table(heading.textContent, ['From', 'To', 'How', 'Said by'], rows),
    limits.length === 0 ? null : h('p', {}, limits.join('; ')),
  );
}

/** Screen 5: before it is dropped, changed or shared. */
async function impactPart({ id }) {
  const { counts, byRegion, complete, incompleteBecause, list } = (await ask('Impact', { id })).field.impact;
  const { fields, datasets, jobs, exposures } = counts;
  const regions = byRegion.map(({ region, datasets: n }) => `${region ?? 'unknown'}: ${n}`).join(', ');
  return h(
    'div',
    {},
    h('h3', {}, 'What a change would reach'),
    h(
      'p',
      {},
      `${countOf(fields, 'column')} in ${countOf(datasets, 'table')}, ${countOf(jobs, 'job')}, ${countOf(exposures, 'report')}. By region: ${regions || 'none'}.`,
    ),
    complete ? null : h('p', {}, badge('GAP', 'not all of it is known'), ` ${[incompleteBecause].flat().join('; ')}`),
    h('ol', {}, ...list.edges.map(({ path }) => h('li', {}, path.join(' → ')))),
  );
}
