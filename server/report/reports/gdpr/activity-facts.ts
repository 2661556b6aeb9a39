import { kindsOfPersons } from '../../../governance/draft-activities.ts';
import type { Activity } from '../../../governance/objects.ts';
import type { Uid } from '../../../model/ids.ts';
import type { DatasetView } from '../../../query/query.ts';
import type { FlowMap } from '../../survey/flow-map.ts';
import { partyText, type PeopleKnow } from '../../survey/people-know.ts';
import { isInEea } from '../../survey/places.ts';
import { treatmentWords, type Survey, type SurveyedDataset } from '../../survey/survey.ts';

/** One category of personal data in one processing activity. */
export interface CategoryUse {
  readonly category: string;
  readonly label: string;
  /** The GDPR's own words where it has some for it: `special category: health`. */
  readonly special: string | null;
  fields: number;
  clear: number;
  /** The datasets of the activity that hold it. */
  readonly datasets: Map<Uid, DatasetView>;
}

/** One sign that data of an activity goes to, or is read from, a place. */
export interface TransferSign {
  readonly kind: 'recipient' | 'system' | 'flow';
  readonly to: string;
  readonly country: string | null;
  readonly outside: boolean | null;
  readonly safeguards: string | null;
  readonly ground: string;
  readonly said: 'entered' | 'derived';
}

/** What data and lineage say of one processing activity. */
export interface ActivityFacts {
  readonly activity: Activity;
  readonly datasets: readonly SurveyedDataset[];
  readonly subjects: readonly string[];
  readonly categories: readonly CategoryUse[];
  readonly recipients: readonly string[];
  readonly transfers: readonly TransferSign[];
  readonly measures: readonly string[];
  readonly fields: number;
  readonly reviewed: number;
  readonly classified: number;
}

/** Gathers what is known of an activity from the datasets that its selectors mean. */
export function activityFacts(activity: Activity, survey: Survey, people: PeopleKnow, flows: FlowMap): ActivityFacts {
  const datasets = [...survey.datasets.values()].filter(({ view }) => people.activitiesOf(view).includes(activity));
  const categories = categoriesOf(datasets);
  const holdings = datasets.flatMap(({ holding }) => holding.flatMap(({ holdings: all }) => all));
  const transfers = transferSigns(activity, datasets, survey, people, flows);
  return {
    activity,
    datasets,
    subjects: peopleIn(datasets),
    categories,
    recipients: derivedRecipients(datasets, survey, people, flows),
    transfers,
    measures: derivedMeasures(datasets),
    fields: datasets.reduce((sum, { fields }) => sum + fields, 0),
    classified: holdings.length,
    reviewed: holdings.filter(({ reviewed }) => reviewed).length,
  };
}

function peopleIn(datasets: readonly SurveyedDataset[]): readonly string[] {
  const kinds = datasets.flatMap(({ subject, holding }) =>
    subject === null || holding.length === 0 ? [] : [subject.kind],
  );
  return [...new Set(kinds)].filter((kind) => kindsOfPersons.has(kind)).toSorted();
}

function categoriesOf(datasets: readonly SurveyedDataset[]): readonly CategoryUse[] {
  const found = new Map<string, CategoryUse>();
  for (const { view, holding } of datasets)
    for (const { holdings } of holding)
      for (const { category, label, terms, treatment, derived } of holdings) {
        const special = terms.find(
          ({ regulation, provision }) => regulation === 'gdpr' && /^GDPR:(?:9|10)\b/u.test(provision),
        );
        const use = found.get(category) ?? {
          category,
          label: plainLabel(label),
          special: special?.base ?? special?.term ?? null,
          fields: 0,
          clear: 0,
          datasets: new Map<Uid, DatasetView>(),
        };
        use.fields += 1;
        if (treatment === 'clear' && derived === null) use.clear += 1;
        use.datasets.set(view.uid, view);
        found.set(category, use);
      }
  return [...found.values()].toSorted((a, b) => (a.category < b.category ? -1 : 1));
}

/** A label without what was done to one copy: the record speaks of kinds of data. */
export function plainLabel(label: string): string {
  return label.replace(/ \((?:hashed|token|masked|last four)\)$/u, '');
}

/** Who receives what the activity holds, as far as data shows it: parties that hold copies, and readers outside. */
function derivedRecipients(
  datasets: readonly SurveyedDataset[],
  survey: Survey,
  people: PeopleKnow,
  flows: FlowMap,
): readonly string[] {
  const sensitive = datasets.filter(({ holding }) => holding.length > 0).map(({ view }) => view.uid);
  const reached = [...sensitive, ...flows.downstreamOf(sensitive)].flatMap((uid) => survey.datasets.get(uid) ?? []);
  const parties = reached.filter(({ holding }) => holding.length > 0).flatMap(({ view }) => people.partiesOf(view));
  const readers = sensitive.flatMap((uid) => flows.readersOf(uid)).map(({ name }) => `reader ${name}`);
  return [...new Set([...parties.map(partyText), ...readers])].toSorted();
}

function transferSigns(
  activity: Activity,
  datasets: readonly SurveyedDataset[],
  survey: Survey,
  people: PeopleKnow,
  flows: FlowMap,
): readonly TransferSign[] {
  const signs = new Map<string, TransferSign>();
  const add = (sign: TransferSign): void => void signs.set(`${sign.kind} ${sign.to} ${sign.country ?? ''}`, sign);
  for (const id of activity.recipients) {
    const party = people.party(id);
    if (party === undefined) continue;
    const outside = party.internationalOrganisation ? true : party.country === null ? null : !isInEea(party.country);
    add({
      kind: 'recipient',
      to: party.name,
      country: party.country,
      outside,
      safeguards: party.safeguards,
      ground: party.internationalOrganisation
        ? 'named as recipient, an international organisation'
        : 'named as recipient',
      said: 'entered',
    });
  }
  const own = new Set(datasets.map(({ view }) => view.uid));
  const sensitive = datasets.filter(({ holding }) => holding.length > 0).map(({ view }) => view.uid);
  const reached = [...sensitive, ...flows.downstreamOf(sensitive)];
  for (const uid of reached) {
    const target = survey.datasets.get(uid);
    if (target === undefined || target.holding.length === 0) continue;
    for (const party of people.partiesOf(target.view)) {
      if (activity.recipients.includes(party.id) || (party.country !== null && isInEea(party.country))) continue;
      add({
        kind: 'flow',
        to: party.name,
        country: party.country,
        outside: party.country === null ? null : true,
        safeguards: party.safeguards,
        ground: `lineage reaches ${target.view.name}, which ${party.name} receives`,
        said: 'derived',
      });
    }
    const place = people.placeOf(target.view);
    if (place === null || isInEea(place.country)) continue;
    const [system] = people.systemsOf(target.view);
    const provider = system?.provider === null || system === undefined ? undefined : people.party(system.provider);
    add({
      kind: own.has(uid) ? 'system' : 'flow',
      to: system?.name ?? target.view.name,
      country: place.country,
      outside: true,
      safeguards: provider?.safeguards ?? null,
      ground: own.has(uid) ? place.ground : `lineage reaches ${target.view.name}; ${place.ground}`,
      said: place.said,
    });
  }
  return [...signs.values()].toSorted((a, b) => (`${a.kind} ${a.to}` < `${b.kind} ${b.to}` ? -1 : 1));
}

/** Measures that data itself shows: controls on reading, and copies in which the value does not stand in clear. */
function derivedMeasures(datasets: readonly SurveyedDataset[]): readonly string[] {
  const controls = new Map<string, number>();
  const treated = new Map<string, number>();
  for (const { holding } of datasets)
    for (const { controls: own, holdings } of holding) {
      for (const control of own) controls.set(control, (controls.get(control) ?? 0) + 1);
      for (const one of holdings) {
        const words = treatmentWords(one);
        if (words !== 'in clear') treated.set(words, (treated.get(words) ?? 0) + 1);
      }
    }
  const said = (entries: ReadonlyMap<string, number>, words: (name: string, count: number) => string) =>
    [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => words(name, count));
  return [
    ...said(controls, (name, count) => `${name} restricts reading of ${String(count)} of the fields`),
    ...said(treated, (name, count) => `${String(count)} of the fields ${name}`),
  ];
}
