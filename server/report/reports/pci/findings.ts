import type { FindingGround } from '../../../governance/objects.ts';
import { partsTogether, type CutField } from '../../policies/parts-together.ts';
import type { PeopleKnow } from '../../survey/people-know.ts';
import { placeOf, type AccountData } from './account-data.ts';

/** Something that the standard speaks against, or that nobody can tell; never a verdict on the assessment. */
export interface PciFinding {
  readonly finding: string;
  readonly severity: 'critical' | 'high' | 'gap';
  readonly requirement: string;
  readonly where: string;
  readonly detail: string;
  /** The ground on which a person closed it; null: open. */
  readonly closedBy: FindingGround | null;
}

const groundWords: Readonly<Record<FindingGround['ground'], string>> = {
  '3.3.2': 'stored before authorisation is complete (3.3.2)',
  '3.3.3': 'stored by an issuer for its issuing service (3.3.3)',
  'not-sad': 'it holds something else',
  removed: 'it was removed',
};

/** All findings, the gravest first, then by place. `cuts`: parts of a PAN, as lineage shows how they were cut. */
export function pciFindings(
  all: readonly AccountData[],
  people: PeopleKnow,
  cuts: readonly CutField<AccountData>[],
): readonly PciFinding[] {
  const found = [
    ...sadAtRest(all, people),
    ...unexpectedPan(all),
    ...clearPan(all),
    ...unkeyedHash(all),
    ...hashBesideTruncation(all),
    ...truncationsTogether(cuts),
  ];
  const rank = { critical: 0, high: 1, gap: 2 } as const;
  return found.toSorted((a, b) => rank[a.severity] - rank[b.severity] || (a.where < b.where ? -1 : 1));
}

/** The ground of a closed finding in one line; null while it is open. */
export function closedText({ closedBy }: PciFinding): string | null {
  return closedBy === null ? null : `${groundWords[closedBy.ground]}: ${closedBy.statement} (${closedBy.by})`;
}

/** 3.3.1: not to be kept after authorisation, encrypted or not; whether a row is from before, only people can say. */
function sadAtRest(all: readonly AccountData[], people: PeopleKnow): readonly PciFinding[] {
  return all
    .filter(({ element }) => element === 'SAD')
    .map((one) => ({
      finding: 'possible SAD at rest, 3.3.1',
      severity: 'critical' as const,
      requirement: '3.3.1',
      where: placeOf(one),
      detail: `${one.holding.label}, ${one.form}. A check result of a code is not SAD: look at what the field holds, then remove it or enter the ground of 3.3.2 or 3.3.3.`,
      closedBy: groundOf(one, people),
    }));
}

function groundOf(one: AccountData, people: PeopleKnow): FindingGround | null {
  const place = placeOf(one).toLowerCase();
  const grounds = people.governance.grounds.filter(({ finding }) => finding === 'sad-at-rest');
  return (
    grounds.find(({ field }) => field.toLowerCase() === place) ??
    grounds.find(({ field }) => place.endsWith(`.${field.toLowerCase()}`)) ??
    null
  );
}

/** 12.10.7: a PAN where the declared scope does not expect one, or where nobody declared a scope. */
function unexpectedPan(all: readonly AccountData[]): readonly PciFinding[] {
  return all
    .filter(({ element, scope, form }) => element === 'PAN' && scope !== 'cde' && isReadable(form))
    .map((one) => ({
      finding: one.scope === null ? 'PAN in a system of unknown scope' : 'PAN outside the declared CDE',
      severity: one.scope === null ? ('gap' as const) : ('critical' as const),
      requirement: one.scope === null ? '12.5.2' : '12.10.7',
      where: placeOf(one),
      detail:
        one.scope === null
          ? 'Nobody entered whether this system is in the CDE, connected to it or out of scope.'
          : `The system ${one.system?.name ?? ''} is declared ${one.scope === 'out' ? 'out of scope' : 'connected to the CDE'}.`,
      closedBy: null,
    }));
}

/** 3.5.1. A masking policy restricts reading and leaves the stored value as it is. */
function clearPan(all: readonly AccountData[]): readonly PciFinding[] {
  return all
    .filter(({ element, form }) => element === 'PAN' && isReadable(form))
    .map((one) => ({
      finding: 'PAN that nothing shows to be unreadable',
      severity: 'high' as const,
      requirement: '3.5.1',
      where: placeOf(one),
      detail: one.holding.putTogether
        ? 'Parts of one PAN come together here. How much each keeps is not known: show that it is less than the whole, or treat it as a stored PAN.'
        : one.field.controls.length === 0
          ? 'No treatment of the stored value is known.'
          : `Restricted for readers (${one.field.controls.join(', ')}); the stored value is not changed by that.`,
      closedBy: null,
    }));
}

function unkeyedHash(all: readonly AccountData[]): readonly PciFinding[] {
  return all
    .filter(({ element, form }) => element === 'PAN' && form === 'hashed')
    .map((one) => ({
      finding: 'PAN hashed without a key, as far as lineage shows',
      severity: 'high' as const,
      requirement: '3.5.1.1',
      where: placeOf(one),
      detail: 'A hash that makes a PAN unreadable has to be keyed and of the whole PAN.',
      closedBy: null,
    }));
}

/** 3.5.1: a hash and a truncation of one PAN together need more controls, for one helps to guess the other. */
function hashBesideTruncation(all: readonly AccountData[]): readonly PciFinding[] {
  const byDataset = Map.groupBy(all, ({ dataset }) => dataset.view.uid);
  return [...byDataset.values()].flatMap((here): readonly PciFinding[] => {
    const hashed = here.find(({ element, form }) => element === 'PAN' && (form === 'hashed' || form === 'keyed'));
    const truncated = here.find(({ form }) => form.startsWith('truncated'));
    if (hashed === undefined || truncated === undefined) return [];
    return [
      {
        finding: 'hash and truncation of a PAN side by side',
        severity: 'high',
        requirement: '3.5.1',
        where: hashed.dataset.view.name,
        detail: `${hashed.field.path} (${hashed.form}) and ${truncated.field.path} (${truncated.form}): show the controls that keep them from being put together.`,
        closedBy: null,
      },
    ];
  });
}

/** 3.5.1: truncations of one PAN that differ can be put together; what a truncation may leave, 3.4.1 and the brands say. */
function truncationsTogether(cuts: readonly CutField<AccountData>[]): readonly PciFinding[] {
  const byDataset = Map.groupBy(cuts, ({ of }) => of.dataset.view.uid);
  return [...byDataset.values()].flatMap((here) =>
    partsTogether(here).map((parts): PciFinding => ({
      finding: 'different truncations of one PAN side by side',
      severity: 'high',
      requirement: '3.5.1',
      where: parts[0]?.of.dataset.view.name ?? '',
      detail: `${parts.map(({ of }) => of.field.path).join(' and ')}, all of them parts of ${parts[0]?.origin ?? ''}: together they may be the whole PAN. Look at how much each keeps; where it is more than first six or eight and last four together, it counts as a stored PAN. Else show the controls that keep them from being put together.`,
      closedBy: null,
    })),
  );
}

function isReadable(form: string): boolean {
  return form.startsWith('clear');
}
