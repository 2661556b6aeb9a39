import type { Uid } from '../../../model/ids.ts';
import type { Query } from '../../../query/query.ts';
import { cutField, type CutField } from '../../policies/parts-together.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { derived, entered, provenanceColumn, sourcedRow, together } from '../../sourced.ts';
import { drawingsSection } from '../../frame/drawings.ts';
import { evidenceSection } from '../../frame/evidence.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import { readFlowMap, type FlowMap } from '../../survey/flow-map.ts';
import { flowWords, readNumberedFlows, type NumberedFlows } from '../../survey/numbered-flows.ts';
import { createPeopleKnow, ruleText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey } from '../../survey/survey.ts';
import { accountData, placeOf, type AccountData } from './account-data.ts';
import { closedText, pciFindings, type PciFinding } from './findings.ts';
import { componentsSection, elementsSection, thirdPartiesSection } from './scope-sections.ts';

/** One place of account data, as an assessor wants it. */
export const locationColumns: readonly Column[] = [
  { key: 'location', title: 'Location' },
  { key: 'element', title: 'Element' },
  { key: 'form', title: 'Storage form' },
  { key: 'scope', title: 'Scope' },
  { key: 'system', title: 'System' },
  { key: 'flowsIn', title: 'Flows in' },
  { key: 'flowsOut', title: 'Flows out' },
  { key: 'justification', title: 'Justification', place: 'detail' },
  { key: 'stage', title: 'Payment stage and channel', place: 'detail' },
  { key: 'retention', title: 'Retention, 3.2.1', place: 'detail' },
  { key: 'readers', title: 'Readers, 7.2', place: 'detail' },
  { key: 'owner', title: 'Owner', place: 'detail' },
  { key: 'verifiedOn', title: 'Verified on', place: 'detail' },
  { key: 'lastAccessReview', title: 'Last access review, 7.2.4', place: 'detail' },
  { key: 'category', title: 'Category', place: 'detail' },
  { key: 'decidedBy', title: 'Decided by', place: 'detail' },
  provenanceColumn,
];

/** Input to the yearly confirmation of scope by 12.5.2 of PCI DSS 4.0.1: where account data lies and how it gets there. */
export async function* pciScopeInput(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const { n } = ground.revision;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, n, ground.source);
  const map = await readFlowMap(query, n);
  const all = accountData(survey, people);
  const fields = [...new Set(all.map(({ field }) => field.uid))];
  const flows = await readNumberedFlows(query, n, survey, fields);
  yield* openingSections(tools, ground);
  yield* findingsSections(pciFindings(all, people, await cutsOf(query, n, all)));
  yield {
    type: 'section',
    id: 'locations',
    title: 'Locations of account data',
    about:
      'One row for each element of account data in a field. Tokens and last four are related data, not PAN. The form is that of the stored value; what a reader is shown is another matter.',
    columns: locationColumns,
    look: 'table',
  };
  for (const one of all) yield sourcedRow(locationColumns, locationCells(one, people, map, flows));
  yield* flowsSection(all, flows);
  yield* drawingsSection(query, n, originsOf(all, flows));
  yield* componentsSection(people, all);
  yield* thirdPartiesSection(people, all, map);
  yield* elementsSection(people, all, flows);
  yield* evidenceSection(
    survey,
    ({ terms }) => terms.some(({ regulation }) => regulation === 'pci-dss'),
    'pci-dss',
    people,
  );
  yield* closingSections(tools, ground, people, survey, [
    'This is input to the confirmation of scope by 12.5.2. It confirms nothing: the entity documents and confirms its scope, an assessor verifies it.',
    'Lexline sees stored data that was connected and the statements that move it. Card readers, memory, log files, paper, back-ups and network paths that nobody connected are not seen.',
    'SAD may be stored before authorisation is complete (3.3.2) and by issuers with a business need (3.3.3). A field that looks like it is a finding that a person closes with its ground.',
  ]);
}

/** Fields with a part of a PAN, as lineage shows how they were cut. */
async function cutsOf(query: Query, n: number, all: readonly AccountData[]): Promise<readonly CutField<AccountData>[]> {
  const parts = all.filter(({ element, form }) => element === 'PAN' && form.startsWith('truncated'));
  const cuts: CutField<AccountData>[] = [];
  for (const of of parts)
    cuts.push(...(await cutField(query, n, { of, field: of.field.uid, category: of.holding.category })));
  return cuts;
}

function* findingsSections(findings: readonly PciFinding[]): Generator<ReportPart> {
  const columns: readonly Column[] = [
    { key: 'severity', title: 'Severity' },
    { key: 'finding', title: 'Finding' },
    { key: 'requirement', title: 'Requirement' },
    { key: 'where', title: 'Where' },
    { key: 'detail', title: 'Detail' },
  ];
  yield {
    type: 'section',
    id: 'findings',
    title: 'Open findings',
    about:
      'What the requirements speak against, as far as data shows it, and scope that nobody entered. "critical" is looked at first.',
    columns,
    look: 'table',
    open: true,
  };
  for (const one of findings)
    if (one.closedBy === null)
      yield { type: 'row', cells: [one.severity, one.finding, one.requirement, one.where, one.detail] };
  yield {
    type: 'section',
    id: 'closedFindings',
    title: 'Findings closed by a person',
    about: 'Closed on a ground that a named person entered. The data is still there.',
    columns: [...columns, { key: 'ground', title: 'Ground' }],
    look: 'table',
  };
  for (const one of findings)
    if (one.closedBy !== null)
      yield {
        type: 'row',
        cells: [one.severity, one.finding, one.requirement, one.where, one.detail, closedText(one)],
        origins: [null, null, null, null, null, 'entered'],
      };
}

const scopeWords = { cde: 'in the CDE', connected: 'connected to the CDE', out: 'out of scope' } as const;

function locationCells(one: AccountData, people: PeopleKnow, map: FlowMap, flows: NumberedFlows) {
  const { dataset, field, holding, system } = one;
  const rules = people.retentionOf(dataset.view, holding.category).map(ruleText);
  const pci = system?.pci ?? null;
  const readers = map.readersOf(dataset.view.uid).map(({ name }) => `reader ${name}`);
  return {
    location: derived(placeOf(one)),
    element: derived(one.element),
    form: derived(one.form),
    scope: entered(pci === null ? null : scopeWords[pci.scope]),
    system: entered(system?.name ?? null),
    flowsIn: derived(flows.into(field.uid)),
    flowsOut: derived(flows.outOf(field.uid)),
    justification: pci?.scope === 'cde' ? derived('holds account data') : entered(pci?.justification ?? null),
    stage: entered(pci?.stage ?? null),
    retention: entered(rules),
    readers: together(readers, system?.readers ?? []),
    owner: system?.owner === undefined || system.owner === null ? ownersOf(one) : entered(system.owner),
    verifiedOn: entered(pci?.verifiedOn ?? null),
    lastAccessReview: entered(system?.lastAccessReview ?? null),
    category: derived(holding.category),
    decidedBy: derived(
      `${holding.decidedBy}, confidence ${String(holding.confidence)}${holding.reviewed ? ', reviewed' : ', not reviewed'}`,
    ),
  };
}

function ownersOf({ dataset }: AccountData) {
  return together(dataset.view.owners, []);
}

function* flowsSection(all: readonly AccountData[], { flows }: NumberedFlows): Generator<ReportPart> {
  const byField = Map.groupBy(all, ({ field }) => field.uid);
  const says = (uid: Uid | null): readonly string[] =>
    uid === null ? [] : (byField.get(uid) ?? []).map(({ element, form }) => `${element}, ${form}`);
  yield {
    type: 'section',
    id: 'flows',
    title: 'Account-data flows',
    about: 'Every step by which a value leaves or enters one of the locations above, as SQL and sources show it.',
    columns: [
      { key: 'flow', title: 'Flow' },
      { key: 'from', title: 'From' },
      { key: 'holds', title: 'Holds' },
      { key: 'to', title: 'To' },
      { key: 'arrives', title: 'What arrives' },
      { key: 'done', title: 'What is done' },
      { key: 'job', title: 'Job' },
      { key: 'source', title: 'Said by' },
    ],
    look: 'table',
  };
  for (const { id, flow, from, to } of flows)
    yield {
      type: 'row',
      cells: [id, from, says(flow.from), to, says(flow.to), flowWords(flow), flow.job, flow.source],
    };
}

/** Where a PAN or SAD stands first: no flow brings it there, some flow takes it on. */
function originsOf(all: readonly AccountData[], flows: NumberedFlows) {
  const first = all.filter(
    ({ element, field }) =>
      (element === 'PAN' || element === 'SAD') &&
      flows.into(field.uid).length === 0 &&
      flows.outOf(field.uid).length > 0,
  );
  const unique = new Map(first.map((one) => [one.field.uid, { uid: one.field.uid, name: placeOf(one) }]));
  return [...unique.values()];
}
