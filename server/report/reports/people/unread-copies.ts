import { closingSections, openingSections } from '../../frame/frame.ts';
import type { ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { readFlowMap } from '../../survey/flow-map.ts';
import { createPeopleKnow } from '../../survey/people-know.ts';
import { readSurvey, treatmentWords } from '../../survey/survey.ts';
import { plainLabel } from '../gdpr/activity-facts.ts';

/** Sensitive copies that no statement, model, report or person is known to read: the first to erase. */
export async function* unreadCopies(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const { n } = ground.revision;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, n, ground.source);
  const flows = await readFlowMap(query, n);
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'copies',
    title: 'Sensitive copies that nobody is known to read',
    about:
      'Datasets that are made from others, hold personal data, and from which nothing known goes on: no statement, no model, no report outside. A person with a query tool leaves no such trace unless the source keeps a log of queries.',
    columns: [
      { key: 'dataset', title: 'Dataset' },
      { key: 'madeFrom', title: 'Made from' },
      { key: 'holds', title: 'Holds' },
      { key: 'clear', title: 'Fields in clear', holds: 'numbers' },
      { key: 'fields', title: 'Fields that hold something', holds: 'numbers' },
      { key: 'owners', title: 'Owners' },
      { key: 'lastRead', title: 'Source last read' },
      { key: 'known', title: 'How well it is known' },
    ],
    look: 'table',
  };
  for (const { view, holding } of survey.datasets.values()) {
    const from = flows.sourcesOf(view.uid);
    if (
      holding.length === 0 ||
      from.length === 0 ||
      flows.targetsOf(view.uid).length > 0 ||
      flows.readersOf(view.uid).length > 0
    )
      continue;
    const all = holding.flatMap(({ holdings }) => holdings);
    const { lastSyncedAt, stale } = await query.freshness(view.sources);
    yield {
      type: 'row',
      cells: [
        view.name,
        from.flatMap((uid) => survey.datasets.get(uid)?.view.name ?? []).toSorted(),
        [...new Set(all.map(({ label }) => plainLabel(label)))].toSorted(),
        holding.filter(({ holdings }) => holdings.some((one) => treatmentWords(one) === 'in clear')).length,
        holding.length,
        view.owners,
        lastSyncedAt,
        stale
          ? 'its source is stale: somebody may read it since'
          : 'nothing in the statements and models that were read',
      ],
    };
  }
  yield* closingSections(tools, ground, people, survey, [
    'That nobody is known to read a copy is no proof that nobody does. Ask its owner before it is erased.',
  ]);
}
