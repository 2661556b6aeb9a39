import { addressOf } from '../route.ts';
import { alternativesPart } from './alternatives.ts';
import { citationsPart } from './citations.ts';
import { classBadges } from './badges.ts';
import { countOf, inWords, timeOf } from '../words.ts';
import { evidenceList } from './evidence.ts';
import { facts } from './facts.ts';
import { h, type Child } from '../dom.ts';
import type { Classification, Place } from '../answers.ts';

/** One classification with everything that speaks for it. */
export function classificationCard(one: Classification, asOf: string | null): HTMLElement {
  const { explanation } = one;
  return h(
    'article',
    { class: 'card' },
    h('h2', {}, one.label, ' ', ...classBadges(one.classes)),
    h('p', {}, explanation.sentence),
    facts([
      ['Category', h('span', { class: 'mono' }, one.category)],
      [
        'Decided by',
        `${inWords(one.decidedBy.kind)} ${one.decidedBy.name}${one.decidedBy.at === null ? '' : `, ${timeOf(one.decidedBy.at)}`}`,
      ],
      ['Confidence', one.confidence.toFixed(2)],
      ['Treatment', inWords(one.treatment)],
      [
        'Review',
        `${inWords(one.reviewState)}${one.staleSince === null ? '' : `; decided on other evidence, which changed ${timeOf(one.staleSince)}`}`,
      ],
      ['In the law’s words', one.terms.length === 0 ? null : termWords(one.terms)],
      ['Under single regulations', explanation.under.length === 0 ? null : underWords(explanation.under)],
      ['Reached from', one.origin === null ? null : originWords(one.origin, asOf)],
    ]),
    explanation.steps.length === 0
      ? null
      : h('div', {}, h('h3', {}, 'How it got here'), witnessPath(explanation.steps, asOf)),
    one.evidence.length === 0 ? null : h('div', {}, h('h3', {}, 'Evidence'), evidenceList(one.evidence)),
    citationsPart(one.citations),
    alternativesPart(explanation.alternatives),
    explanation.wouldEndIf.length === 0
      ? null
      : h(
          'p',
          { class: 'muted' },
          `Would end if: ${explanation.wouldEndIf.map((ending) => ending.detail).join('; or ')}`,
        ),
  );
}

function termWords(terms: Classification['terms']): string {
  return terms
    .map(
      ({ regulation, term, provision, applies }) =>
        `${regulation.replaceAll('_', ' ')}: ${term} (${provision}${applies ? '' : ', if it binds you'})`,
    )
    .join('; ');
}

function underWords(under: Classification['explanation']['under']): string {
  return under
    .map(
      ({ regulation, treatment }) =>
        `${regulation.replaceAll('_', ' ')}: ${treatment === null ? 'nothing of it arrives' : inWords(treatment)}`,
    )
    .join('; ');
}

function originWords({ field, name, hops }: NonNullable<Classification['origin']>, asOf: string | null): Child {
  return h(
    'span',
    {},
    field === null ? name : h('a', { class: 'mono', href: addressOf(`/fields/${field.id}`, asOf) }, name),
    `, ${countOf(hops, 'step')} away`,
  );
}

function witnessPath(steps: Classification['explanation']['steps'], asOf: string | null): HTMLElement {
  return h(
    'ol',
    { class: 'steps' },
    ...steps.map((step) =>
      h(
        'li',
        {},
        placeLink(step.from, asOf),
        h(
          'span',
          { class: 'effect' },
          ` ${step.function === '' ? '' : `${step.function}: `}${inWords(step.effect)} → `,
        ),
        placeLink(step.to, asOf),
        step.statement === null ? null : h('span', { class: 'muted' }, ` by ${step.statement}`),
        ...stepWords(step).map((words) => h('span', { class: 'muted' }, `; ${words}`)),
      ),
    ),
  );
}

/** Who answers for the functions of a step, and what it does under single regulations. */
function stepWords({ vouchedFor, under }: Classification['explanation']['steps'][number]): readonly string[] {
  return [
    ...vouchedFor.map(({ name, by, until }) => `${by} vouches for ${name} until ${until}`),
    ...under.map(({ regulation, effect }) => `${inWords(effect)} under ${regulation.replaceAll('_', ' ')}`),
  ];
}

function placeLink(place: Place | null, asOf: string | null): Child {
  return place === null
    ? h('span', { class: 'gap' }, 'hidden from you')
    : h('a', { class: 'mono', href: addressOf(`/fields/${place.id}`, asOf) }, `${place.dataset.name}.${place.path}`);
}
