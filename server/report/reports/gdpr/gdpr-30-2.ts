import { closingSections, openingSections } from '../../frame/frame.ts';
import { evidenceSection } from '../../frame/evidence.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { derived, entered, provenanceColumn, sourcedRow, together } from '../../sourced.ts';
import { readFlowMap } from '../../survey/flow-map.ts';
import { createPeopleKnow } from '../../survey/people-know.ts';
import { readSurvey } from '../../survey/survey.ts';
import { activityFacts } from './activity-facts.ts';
import { entityLines, representativeOf, transfersCell } from './gdpr-30-1.ts';
import { transfersSection } from './record-sections.ts';

/** The columns of Art. 30(2) by its letters: one row for each activity and each controller on whose behalf it is done. */
export const processingColumns: readonly Column[] = [
  { key: 'activity', title: 'Processing' },
  { key: 'controller', title: '(a) Controller' },
  { key: 'controllerContact', title: '(a) Its contact' },
  { key: 'controllerRepresentative', title: '(a) Its representative' },
  { key: 'controllerDpo', title: '(a) Its data protection officer' },
  { key: 'processor', title: '(a) Processor' },
  { key: 'representative', title: '(a) Processor’s representative' },
  { key: 'dpo', title: '(a) Processor’s data protection officer' },
  { key: 'categories', title: '(b) Categories of processing' },
  { key: 'transfers', title: '(c) Transfers: third countries and organisations' },
  { key: 'measures', title: '(d) Security measures, Art. 32(1)' },
  { key: 'contract', title: 'Contract, Art. 28' },
  { key: 'subProcessors', title: 'Sub-processors' },
  { key: 'personalData', title: 'Personal data seen' },
  { key: 'datasets', title: 'Datasets' },
  provenanceColumn,
];

/** Draft of the record that a processor keeps by Art. 30(2) GDPR, with transfer indications. */
export async function* gdprRecordOfProcessor(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, ground.revision.n, ground.source);
  const flows = await readFlowMap(query, ground.revision.n);
  const activities = governance.activities.filter(({ role }) => role === 'processor');
  const facts = activities.map((activity) => activityFacts(activity, survey, people, flows));
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'processing',
    title: 'Processing on behalf of controllers',
    about:
      'One entry for each processing that people entered with the role of a processor, and each controller of it. The letters are those of Art. 30(2).',
    columns: processingColumns,
    look: 'cards',
  };
  for (const one of facts) {
    const { activity, categories, measures, datasets } = one;
    const entity = governance.entities.find(({ id }) => id === activity.entity);
    const parties = activity.recipients.flatMap((id) => people.party(id) ?? []);
    const controllers =
      activity.controllers.length === 0 ? [undefined] : activity.controllers.map((id) => people.party(id));
    for (const controller of controllers)
      yield sourcedRow(processingColumns, {
        activity: entered(activity.name),
        controller: entered(controller?.name ?? null),
        controllerContact: entered(controller?.contact ?? null),
        controllerRepresentative: whoOf(controller?.representative, controller?.country),
        controllerDpo: whoOf(controller?.dpo, null),
        processor: entered(entity === undefined ? null : entityLines(entity)),
        representative: representativeOf(entity),
        dpo: whoOf(entity?.dpo, null),
        categories: entered(activity.purposes),
        transfers: transfersCell(one),
        measures: together(measures, activity.measures),
        contract: entered(
          controller?.contract === undefined || controller.contract === null
            ? null
            : `${controller.contract.kind} ${controller.contract.reference}`,
        ),
        subProcessors: entered(
          parties
            .filter(({ kind }) => kind === 'sub-processor' || kind === 'processor')
            .map(({ name }) => name)
            .join('; ') || 'none entered',
        ),
        personalData: derived(categories.map(({ label, category }) => `${label} (${category})`)),
        datasets: derived(datasets.map(({ view }) => view.name)),
      });
  }
  yield* transfersSection(facts);
  const own = new Set(facts.flatMap(({ datasets }) => datasets.map(({ view }) => view.uid)));
  const part = { datasets: new Map([...survey.datasets].filter(([uid]) => own.has(uid))) };
  yield* evidenceSection(part, ({ terms }) => terms.some(({ regulation }) => regulation === 'gdpr'), 'gdpr', people);
  yield* closingSections(tools, ground, people, survey, [
    'Only processing that people entered with the role of a processor is listed. Data cannot show on whose behalf it is processed.',
    'A transfer indication is a sign that data goes to or lies in a place outside the EEA. Whether it is a transfer within Chapter V is for people to say.',
  ]);
}

function whoOf(
  who: { readonly name: string; readonly contact: string } | null | undefined,
  country: string | null | undefined,
) {
  if (who !== null && who !== undefined) return entered([who.name, who.contact]);
  return country === null || country === undefined ? entered(null) : entered(`none entered; established in ${country}`);
}
