import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { derived, entered, provenanceColumn, sourcedRow, together, type Sourced } from '../../sourced.ts';
import { drawingsSection } from '../../frame/drawings.ts';
import { evidenceSection } from '../../frame/evidence.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import { readFlowMap, type FlowMap } from '../../survey/flow-map.ts';
import { flowWords, readNumberedFlows, type NumberedFlows } from '../../survey/numbered-flows.ts';
import { createPeopleKnow, ruleText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey, treatmentWords } from '../../survey/survey.ts';
import { ephiFields, type EphiField } from './ephi.ts';

/** One field of ePHI, with what a risk analysis asks of it. */
export const ephiColumns: readonly Column[] = [
  { key: 'dataset', title: 'Dataset', place: 'group' },
  { key: 'system', title: 'System', place: 'group' },
  { key: 'column', title: 'Column' },
  { key: 'holds', title: 'Holds' },
  { key: 'identifier', title: 'Identifier, 164.514(b)(2)(i)' },
  { key: 'part', title: 'Part' },
  { key: 'beside', title: 'Beside, in the same dataset' },
  { key: 'treatment', title: 'Treatment' },
  { key: 'ephiRole', title: 'ePHI is', place: 'detail' },
  { key: 'designatedRecordSet', title: 'Designated record set, 164.501', place: 'detail' },
  { key: 'encryptedAtRest', title: 'Encrypted at rest', place: 'detail' },
  { key: 'encryptedInTransit', title: 'Encrypted in transit', place: 'detail' },
  { key: 'readers', title: 'Who can read', place: 'detail' },
  { key: 'flowsIn', title: 'Flows in', place: 'detail' },
  { key: 'flowsOut', title: 'Flows out', place: 'detail' },
  { key: 'businessAssociate', title: 'Business associate and agreement', place: 'detail' },
  { key: 'lastAccessReview', title: 'Last access review', place: 'detail' },
  { key: 'retention', title: 'Retention', place: 'detail' },
  { key: 'term', title: 'Term', place: 'detail' },
  { key: 'category', title: 'Category', place: 'detail' },
  { key: 'decidedBy', title: 'Decided by', place: 'detail' },
  provenanceColumn,
];

/** Inventory of electronic protected health information: where it is created, received, maintained and transmitted. */
export async function* hipaaEphi(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const { n } = ground.revision;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, n, ground.source);
  const map = await readFlowMap(query, n);
  const all = ephiFields(survey);
  const flows = await readNumberedFlows(query, n, survey, [...new Set(all.map(({ field }) => field.uid))]);
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'ephi',
    title: 'Fields of ePHI',
    about:
      'One row for each field that says something of a person’s health, and for each field beside it that says whose it is. The identifier is a label from the list in 164.514(b)(2)(i); the list is not an inventory, and a field without a letter is not free of PHI.',
    columns: ephiColumns,
    look: 'table',
  };
  for (const one of all) yield sourcedRow(ephiColumns, ephiCells(one, people, map, flows));
  yield* flowsSection(flows);
  yield* drawingsSection(query, n, originsOf(all, flows));
  yield* totalsSection(all);
  yield* evidenceSection(
    survey,
    ({ terms }) => terms.some(({ regulation }) => regulation === 'hipaa'),
    'hipaa',
    people,
  );
  yield* closingSections(tools, ground, people, survey, [
    'Input to the risk analysis of 164.308(a)(1)(ii)(A). Whether something is PHI depends on who holds it: a covered entity or business associate, and not as an employment record or a record under FERPA.',
    'No field and no copy is called free of PHI. Removing the listed identifiers, hashing or masking a field does not by itself meet 164.514.',
    'Records of treatment of substance use fall under 42 CFR Part 2 as well, which data does not show.',
    'Documentation is kept six years from its creation or from when it was last in effect, whichever is later (164.316(b)(2)(i)).',
  ]);
}

function ephiCells(
  one: EphiField,
  people: PeopleKnow,
  map: FlowMap,
  flows: NumberedFlows,
): Readonly<Record<string, Sourced>> {
  const { dataset, field, holding } = one;
  const systems = people.systemsOf(dataset.view);
  const system = systems.find(({ hipaa }) => hipaa !== null) ?? systems[0];
  const hipaa = system?.hipaa ?? null;
  const associate = hipaa?.businessAssociate ?? null;
  const party = associate === null ? undefined : people.party(associate);
  const out = flows.outOf(field.uid);
  const yesNo = (answer: string | undefined): Sourced =>
    entered(answer === undefined || answer === 'unknown' ? null : answer);
  return {
    dataset: derived(dataset.view.name),
    system: entered(system?.name ?? null),
    column: derived(field.path),
    holds: derived(holding.label),
    identifier: derived(one.identifier),
    part: derived(one.role),
    beside: derived(one.beside),
    treatment: derived(treatmentWords(holding)),
    ephiRole: together(['maintained', ...(out.length > 0 ? ['transmitted'] : [])], hipaa?.ephi ?? []),
    designatedRecordSet: yesNo(hipaa?.designatedRecordSet),
    encryptedAtRest: yesNo(system?.encryptedAtRest),
    encryptedInTransit: yesNo(system?.encryptedInTransit),
    readers: together(
      map.readersOf(dataset.view.uid).map(({ name }) => `reader ${name}`),
      system?.readers ?? [],
    ),
    flowsIn: derived(flows.into(field.uid)),
    flowsOut: derived(out),
    businessAssociate: associateCell(hipaa === null, party),
    lastAccessReview: entered(system?.lastAccessReview ?? null),
    retention: entered(people.retentionOf(dataset.view, holding.category).map(ruleText)),
    term: derived(one.term),
    category: derived(holding.category),
    decidedBy: derived(
      `${holding.decidedBy}, confidence ${String(holding.confidence)}${holding.reviewed ? ', reviewed' : ', not reviewed'}`,
    ),
  };
}

function associateCell(unknown: boolean, party: ReturnType<PeopleKnow['party']>): Sourced {
  if (unknown) return { value: null, origin: 'missing' };
  if (party === undefined) return entered('none entered');
  const { contract } = party;
  return contract === null
    ? { value: `${party.name}: agreement to be entered`, origin: 'missing' }
    : entered(`${party.name}: ${contract.kind} ${contract.reference}`);
}

function* flowsSection({ flows }: NumberedFlows): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'flows',
    title: 'Flows of ePHI',
    about: 'Every step by which a value leaves or enters one of the fields above, as SQL and sources show it.',
    columns: [
      { key: 'flow', title: 'Flow' },
      { key: 'from', title: 'From' },
      { key: 'to', title: 'To' },
      { key: 'done', title: 'What is done' },
      { key: 'job', title: 'Job' },
      { key: 'source', title: 'Said by' },
    ],
    look: 'table',
  };
  for (const { id, flow, from, to } of flows)
    yield { type: 'row', cells: [id, from, to, flowWords(flow), flow.job, flow.source] };
}

function* totalsSection(all: readonly EphiField[]): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'totals',
    title: 'Totals',
    about: 'Of the rows above.',
    columns: [
      { key: 'measure', title: 'Measure' },
      { key: 'count', title: 'Count', holds: 'numbers' },
    ],
    look: 'table',
  };
  const count = (meant: (one: EphiField) => boolean): number => all.filter(meant).length;
  const datasets = new Set(all.map(({ dataset }) => dataset.view.uid)).size;
  yield { type: 'row', cells: ['rows', all.length] };
  yield { type: 'row', cells: ['datasets', datasets] };
  yield { type: 'row', cells: ['rows of health data', count(({ role }) => role === 'health data')] };
  yield {
    type: 'row',
    cells: [
      'rows of health data beside an identifier',
      count(({ role, beside }) => role === 'health data' && beside.length > 0),
    ],
  };
  yield { type: 'row', cells: ['rows of identifiers', count(({ role }) => role === 'identifier')] };
  yield {
    type: 'row',
    cells: ['rows that relate to the person', count(({ role }) => role === 'relates to the person')],
  };
}

function originsOf(all: readonly EphiField[], flows: NumberedFlows) {
  const first = all.filter(
    ({ role, field }) =>
      role === 'health data' && flows.into(field.uid).length === 0 && flows.outOf(field.uid).length > 0,
  );
  const unique = new Map(
    first.map(({ dataset, field }) => [field.uid, { uid: field.uid, name: `${dataset.view.name}.${field.path}` }]),
  );
  return [...unique.values()];
}
