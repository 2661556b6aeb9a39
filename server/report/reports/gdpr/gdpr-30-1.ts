import type { Activity, Governance, LegalEntity } from '../../../governance/objects.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { entered, derived, provenanceColumn, sourcedRow, together, type Sourced } from '../../sourced.ts';
import { readFlowMap } from '../../survey/flow-map.ts';
import { createPeopleKnow, partyText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey } from '../../survey/survey.ts';
import { activityFacts, type ActivityFacts } from './activity-facts.ts';
import { timeLimits } from './time-limits.ts';
import { categoriesSection, transfersSection, uncoveredSection } from './record-sections.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import { evidenceSection } from '../../frame/evidence.ts';

/** The columns of Art. 30(1) by its letters, then what auditors ask for beside them. */
export const activityColumns: readonly Column[] = [
  { key: 'activity', title: 'Processing activity' },
  { key: 'standing', title: 'Standing' },
  { key: 'controller', title: '(a) Controller' },
  { key: 'jointControllers', title: '(a) Joint controllers' },
  { key: 'representative', title: '(a) Representative' },
  { key: 'dpo', title: '(a) Data protection officer' },
  { key: 'purposes', title: '(b) Purposes' },
  { key: 'dataSubjects', title: '(c) Categories of data subjects' },
  { key: 'personalData', title: '(c) Categories of personal data' },
  { key: 'specialCategories', title: '(c) Of them special (Arts. 9, 10)' },
  { key: 'recipients', title: '(d) Categories of recipients' },
  { key: 'transfers', title: '(e) Transfers: third countries and organisations' },
  { key: 'safeguards', title: '(e) Safeguards' },
  { key: 'timeLimits', title: '(f) Time limits for erasure' },
  { key: 'timeLimitsOpen', title: '(f) Without a time limit' },
  { key: 'keepDuties', title: 'Duties to keep, no limit for erasure' },
  { key: 'measures', title: '(g) Security measures, Art. 32(1)' },
  { key: 'legalBasis', title: 'Legal basis, Art. 6(1)' },
  { key: 'condition', title: 'Condition, Art. 9(2) or 10' },
  { key: 'contracts', title: 'Contracts, Art. 28' },
  { key: 'dpia', title: 'Impact assessment, Art. 35' },
  { key: 'dataSource', title: 'Where the data comes from, Art. 14' },
  { key: 'rights', title: 'Requests of data subjects, Arts. 15 to 22' },
  { key: 'breachLog', title: 'Breach log, Art. 33(5)' },
  { key: 'datasets', title: 'Datasets' },
  { key: 'fields', title: 'Fields', holds: 'numbers' },
  { key: 'classified', title: 'Classifications', holds: 'numbers' },
  { key: 'reviewed', title: 'Of them reviewed by people', holds: 'numbers' },
  provenanceColumn,
];

/** Draft of the record that a controller keeps by Art. 30(1) GDPR, one row a processing activity. */
export async function* gdprRecordOfController(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, ground.revision.n, ground.source);
  const flows = await readFlowMap(query, ground.revision.n);
  const activities = governance.activities.filter(({ role }) => role === 'controller');
  const facts = activities.map((activity) => activityFacts(activity, survey, people, flows));
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'activities',
    title: 'Processing activities',
    about:
      'One entry for each processing activity that people entered; the letters are those of Art. 30(1). Each cell says whether it is derived from data and lineage, entered by people, or missing.',
    columns: activityColumns,
    look: 'cards',
  };
  for (const one of facts) yield sourcedRow(activityColumns, recordCells(one, people));
  yield* categoriesSection(facts, people);
  yield* transfersSection(facts);
  yield* uncoveredSection(survey, people);
  yield* evidenceSection(survey, ({ terms }) => terms.some(({ regulation }) => regulation === 'gdpr'), 'gdpr', people);
  yield* closingSections(tools, ground, people, survey, [
    'Art. 30 records are kept per processing activity. Data shows categories, places and flows; purposes, legal bases, recipients outside and contracts are what people entered.',
    'A transfer indication is a sign that data goes to or lies in a place outside the EEA. Whether it is a transfer within Chapter V, and whether a decision under Art. 45 covers it, is for people to say.',
    'Whether Art. 30(5) frees a small organisation of this record has to be read in the text in force.',
  ]);
}

/** The cells that Art. 30(1) asks for, and those that auditors add. */
export function recordCells(facts: ActivityFacts, people: PeopleKnow): Readonly<Record<string, Sourced>> {
  const { activity, categories, transfers } = facts;
  const { governance } = people;
  const entity = governance.entities.find(({ id }) => id === activity.entity);
  const limits = timeLimits(activity, categories, people);
  const special = categories.flatMap(({ special: words, label }) => (words === null ? [] : [`${label}: ${words}`]));
  const outside = transfers.filter(({ outside: is }) => is !== false);
  const unsafe = outside.filter(({ safeguards }) => safeguards === null);
  return {
    activity: entered(activity.name),
    standing: entered(activity.draft ? 'draft written by a program; nobody has looked at it' : 'entered'),
    controller: entered(entity === undefined ? null : entityLines(entity)),
    jointControllers: noneIsFine(activity.jointControllers.map((id) => people.party(id)?.name ?? id)),
    representative: representativeOf(entity),
    dpo: entered(entity?.dpo === undefined || entity.dpo === null ? null : [entity.dpo.name, entity.dpo.contact]),
    purposes: entered(activity.purposes),
    dataSubjects: subjectsCell(facts.subjects, activity.dataSubjects),
    personalData: together(
      categories.map(({ label, category }) => `${label} (${category})`),
      activity.categories,
    ),
    specialCategories: derived(special),
    recipients: together(facts.recipients, recipientTexts(activity, people)),
    transfers: transfersCell(facts),
    safeguards:
      outside.length === 0
        ? derived(null)
        : unsafe.length > 0
          ? { value: outside.map(({ to, safeguards }) => `${to}: ${safeguards ?? 'to be entered'}`), origin: 'missing' }
          : entered(outside.map(({ to, safeguards }) => `${to}: ${safeguards ?? ''}`)),
    timeLimits: entered(limits.lines),
    timeLimitsOpen:
      limits.open.length === 0 || limits.lines.length === 0
        ? derived(limits.open)
        : { value: limits.open, origin: 'missing' },
    keepDuties: limits.keep.length === 0 ? derived(null) : entered(limits.keep),
    measures: together(facts.measures, activity.measures),
    legalBasis: entered(
      activity.legalBasis.map(({ article, note }) => `Art. ${article}${note === null ? '' : `: ${note}`}`),
    ),
    condition:
      special.length === 0 && activity.specialCategoryCondition === null
        ? derived(null)
        : entered(activity.specialCategoryCondition),
    contracts: contractsCell(activity, people),
    dpia: entered(dpiaText(activity)),
    dataSource: entered(activity.origin),
    rights: entered(activity.rights),
    breachLog: entered(activity.breachLog),
    datasets: derived(facts.datasets.map(({ view }) => view.name)),
    fields: derived(facts.fields),
    classified: derived(facts.classified),
    reviewed: derived(facts.reviewed),
  };
}

/** Who answers, with address and contact. */
export function entityLines({ name, address, contact }: LegalEntity): readonly string[] {
  return [
    name,
    ...(address === null ? ['address to be entered'] : [address]),
    ...(contact === null ? ['contact to be entered'] : [contact]),
  ];
}

/** Kinds that people named and kinds that tables show; a kind that is there in the plural is not said twice. */
function subjectsCell(found: readonly string[], said: readonly string[]): Sourced {
  const { origin } = together(found, said);
  const plain = new Set(said.map((one) => one.toLowerCase().replace(/s$/u, '')));
  const value = [...said, ...found.filter((one) => !plain.has(one.toLowerCase()))];
  return { value: value.length === 0 ? null : value, origin };
}

/** Only a controller outside of the Union needs one. */
export function representativeOf(entity: Governance['entities'][number] | undefined): Sourced {
  if (entity?.representative !== undefined && entity.representative !== null)
    return entered([entity.representative.name, entity.representative.contact]);
  return entity?.country === undefined || entity.country === null
    ? { value: null, origin: 'missing' }
    : entered(`none entered; established in ${entity.country}`);
}

function noneIsFine(names: readonly string[]): Sourced {
  return { value: names.length === 0 ? 'none entered' : names, origin: 'entered' };
}

function recipientTexts({ recipients }: Activity, people: PeopleKnow): readonly string[] {
  return recipients.map((id) => {
    const party = people.party(id);
    return party === undefined ? id : partyText(party);
  });
}

/** Third countries and organisations, with what each sign rests on. */
export function transfersCell({ transfers }: ActivityFacts): Sourced {
  const outside = transfers.filter(({ outside: is }) => is !== false);
  if (outside.length === 0) return derived('no sign of a place outside the EEA was found');
  const lines = outside.map(({ to, country, ground }) => `${country ?? 'country to be entered'}: ${to} (${ground})`);
  if (outside.some(({ country, outside: is }) => country === null && is === null))
    return { value: lines, origin: 'missing' };
  const said = new Set(outside.map((one) => one.said));
  return { value: lines, origin: said.size > 1 ? 'derived and entered' : said.has('entered') ? 'entered' : 'derived' };
}

function contractsCell({ recipients }: Activity, people: PeopleKnow): Sourced {
  const processors = recipients
    .flatMap((id) => people.party(id) ?? [])
    .filter(({ kind }) => kind === 'processor' || kind === 'sub-processor');
  if (processors.length === 0) return derived('no processor is named as recipient');
  const lines = processors.map(
    ({ name, contract }) =>
      `${name}: ${contract === null ? 'to be entered' : `${contract.kind} ${contract.reference}`}`,
  );
  return { value: lines, origin: processors.some(({ contract }) => contract === null) ? 'missing' : 'entered' };
}

function dpiaText({ dpia }: Activity): string | null {
  if (dpia === null || dpia.required === 'unknown') return null;
  if (dpia.required === 'no') return 'not required, as entered';
  return dpia.reference === null ? null : `required: ${dpia.reference}`;
}
