import { addressOf } from '../route.ts';
import { ask } from '../graphql.ts';
import { alternativesPart } from '../parts/alternatives.ts';
import { citationsPart } from '../parts/citations.ts';
import { classBadges, stateBadge } from '../parts/badges.ts';
import { classificationCard } from '../parts/classification.ts';
import { evidenceList } from '../parts/evidence.ts';
import { facts, tagList } from '../parts/facts.ts';
import { fill, h } from '../dom.ts';
import { gapBox } from '../parts/gap.ts';
import { inWords, timeOf } from '../words.ts';
import { lineagePart } from '../parts/lineage.ts';
import { notThere, saidWrongAddress } from './not-there.ts';
import type { FieldAnswer } from '../answers.ts';
import type { Page } from '../context.ts';

/** One field: what it holds, who says so, on what ground, under which law's words, and where it comes from and goes. */
export const fieldPage: Page = async (main, context) => {
  const { route, signal } = context;
  if (saidWrongAddress(main, 'field', route)) return;
  const { field } = await ask<FieldAnswer>('field', { id: route.id, asOf: route.asOf }, signal);
  if (field === null) {
    notThere(main, 'field', route.asOf);
    return;
  }
  document.title = `${field.dataset.name}.${field.path} · Lexline`;
  fill(
    main,
    h(
      'p',
      { class: 'crumbs' },
      h('a', { href: addressOf('/', route.asOf) }, 'Datasets'),
      ' › ',
      h('a', { class: 'mono', href: addressOf(`/datasets/${field.dataset.id}`, route.asOf) }, field.dataset.name),
    ),
    h('h1', { class: 'mono' }, field.path),
    h(
      'p',
      {},
      stateBadge(field.state, field.label),
      ' ',
      ...classBadges(field.classifications.flatMap((one) => one.classes)),
    ),
    h('p', { class: 'because' }, field.because),
    field.gap === null ? null : gapBox(field.gap),
    field.description === null ? null : h('p', {}, field.description),
    facts([
      ['Type', field.type === null ? 'not told' : h('span', { class: 'mono' }, field.type)],
      [
        'Judged from',
        field.state === 'GAP'
          ? 'nothing yet'
          : field.profiled
            ? 'names and a profile of the values; no value is kept'
            : 'names, type, comment and neighbours; no value was read',
      ],
      [
        'Controls on reading',
        field.controls.length === 0
          ? null
          : field.controls.map((one) => `${inWords(one.kind)} ${one.name} (${one.enforcedBy})`).join(', '),
      ],
      ['Tags', tagList(field.tags)],
    ]),
    ...field.classifications.map((one) => classificationCard(one, route.asOf)),
    verdictsPart(field.verdicts, field.classifications.length === 0),
    lineagePart('field', `${field.dataset.name}.${field.path}`, context),
  );
};

/** `open`: nothing above says why the field is judged as it is. */
function verdictsPart(verdicts: NonNullable<FieldAnswer['field']>['verdicts'], open: boolean): HTMLElement | null {
  if (verdicts.length === 0) return null;
  return h(
    'details',
    { class: 'card', open },
    h('summary', {}, `All verdicts (${String(verdicts.length)})`),
    ...verdicts.map((one) =>
      h(
        'div',
        { class: 'verdict' },
        h(
          'p',
          {},
          h('strong', {}, one.category),
          ' ',
          ...classBadges(one.classes),
          `: ${inWords(one.state)} by ${inWords(one.decidedBy.kind)} ${one.decidedBy.name}, confidence ${one.confidence.toFixed(2)}, ${timeOf(one.decidedBy.at)}`,
        ),
        evidenceList(one.evidence),
        citationsPart(one.citations),
        alternativesPart(one.alternatives),
      ),
    ),
  );
}
