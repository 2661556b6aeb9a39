import { loadCatalogue } from '../../rulebook/catalogue.ts';
import type { ReportPart } from '../report.ts';
import type { PeopleKnow } from '../survey/people-know.ts';
import { treatmentWords, type Holding, type Survey } from '../survey/survey.ts';

/** The fields behind a report one by one: what each holds, who decided it on what, how it was checked. */
export function* evidenceSection(
  survey: Survey,
  isMeant: (holding: Holding) => boolean,
  regulation: string,
  people: PeopleKnow,
): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'evidence',
    title: 'Fields and evidence',
    about:
      'One row for each classification that this report rests on. Confidence is the decider’s own estimate, from 0 to 1. A hashed, masked or otherwise treated copy is listed too.',
    columns: [
      { key: 'dataset', title: 'Dataset', place: 'group' },
      { key: 'system', title: 'System', place: 'group' },
      { key: 'field', title: 'Field' },
      { key: 'holds', title: 'Holds' },
      { key: 'terms', title: 'In the regulation’s words' },
      { key: 'binds', title: 'Binds the holder' },
      { key: 'treatment', title: 'Treatment' },
      { key: 'decidedBy', title: 'Decided by' },
      { key: 'confidence', title: 'Confidence', holds: 'numbers' },
      { key: 'decidedAt', title: 'Decided at', place: 'detail' },
      { key: 'depth', title: 'Judged from', place: 'detail' },
      { key: 'review', title: 'Review', place: 'detail' },
      { key: 'category', title: 'Category', place: 'detail' },
      { key: 'evidence', title: 'Evidence', place: 'detail' },
      { key: 'citations', title: 'Citations', place: 'detail' },
    ],
    look: 'table',
  };
  const own = ({ terms }: Holding): Holding['terms'] => terms.filter((term) => term.regulation === regulation);
  const { prefix } = loadCatalogue(regulation).regulation;
  for (const { view, holding } of survey.datasets.values()) {
    const systems = people.systemsOf(view).map(({ name }) => name);
    for (const { path, holdings, profiled } of holding)
      for (const one of holdings) {
        if (!isMeant(one)) continue;
        yield {
          type: 'row',
          cells: [
            view.name,
            systems,
            path,
            one.label,
            own(one).map(({ term, provision }) => `${term} (${provision})`),
            bindingOf(own(one)),
            treatmentWords(one),
            one.decidedBy,
            one.confidence,
            one.decidedAt,
            profiled ? 'profile of values' : 'names only',
            one.reviewed ? 'reviewed' : 'not reviewed',
            one.category,
            one.evidence,
            citationsOf(one, prefix),
          ],
        };
      }
  }
}

/** Whether a role was entered for it at the source; a regulation without words for the field says nothing. */
function bindingOf(terms: Holding['terms']): string | null {
  if (terms.length === 0) return null;
  return terms.every(({ applies }) => applies) ? 'yes' : 'nobody said so';
}

/** The citations of one regulation; a verdict carries those of all. */
function citationsOf({ citations }: Holding, prefix: string): readonly string[] {
  return citations.split('; ').filter((one) => one.startsWith(`${prefix}:`));
}
