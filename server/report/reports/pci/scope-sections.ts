import type { CellOrigin, Column, ReportPart } from '../../report.ts';
import { derived, entered, provenanceColumn, sourcedRow } from '../../sourced.ts';
import type { FlowMap } from '../../survey/flow-map.ts';
import type { NumberedFlows } from '../../survey/numbered-flows.ts';
import { isSelected } from '../../../governance/selectors.ts';
import type { PeopleKnow } from '../../survey/people-know.ts';
import type { AccountData } from './account-data.ts';
import { countOf } from '../../../query/labels.ts';

const componentColumns: readonly Column[] = [
  { key: 'system', title: 'System' },
  { key: 'function', title: 'Function, 12.5.1' },
  { key: 'scope', title: 'Scope' },
  { key: 'justification', title: 'Segmentation and justification' },
  { key: 'locations', title: 'Locations found', holds: 'numbers' },
  { key: 'owner', title: 'Owner' },
  { key: 'verifiedOn', title: 'Verified on' },
  provenanceColumn,
];

/** The systems that people entered: in the CDE, connected to it, out of scope and why. */
export function* componentsSection(people: PeopleKnow, all: readonly AccountData[]): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'components',
    title: 'System components',
    about: 'As entered, with the number of locations of account data that were found in each.',
    columns: componentColumns,
    look: 'table',
  };
  const words = { cde: 'in the CDE', connected: 'connected to the CDE', out: 'out of scope' } as const;
  for (const system of people.governance.systems) {
    const { pci } = system;
    yield sourcedRow(componentColumns, {
      system: entered(system.name),
      function: entered(system.function),
      scope: entered(pci === null ? null : words[pci.scope]),
      justification: pci?.scope === 'cde' ? derived(null) : entered(pci?.justification ?? null),
      locations: derived(all.filter(({ dataset }) => isSelected(system.datasets, dataset.view)).length),
      owner: entered(system.owner),
      verifiedOn: entered(pci?.verifiedOn ?? null),
    });
  }
}

const thirdPartyColumns: readonly Column[] = [
  { key: 'who', title: 'Who' },
  { key: 'kind', title: 'Kind' },
  { key: 'receives', title: 'Receives, as far as data shows' },
  { key: 'country', title: 'Country' },
  { key: 'contract', title: 'Agreement, 12.8.2' },
  provenanceColumn,
];

/** Third parties and readers outside that touch account data. */
export function* thirdPartiesSection(
  people: PeopleKnow,
  all: readonly AccountData[],
  map: FlowMap,
): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'thirdParties',
    title: 'Third-party connections',
    about: 'Parties whose datasets hold account data, and readers outside that a source names.',
    columns: thirdPartyColumns,
    look: 'table',
  };
  for (const party of people.governance.parties) {
    const receives = all.filter(({ dataset }) => isSelected(party.datasets, dataset.view));
    if (receives.length === 0) continue;
    yield sourcedRow(thirdPartyColumns, {
      who: entered(party.name),
      kind: entered(party.kind),
      receives: derived(
        receives.map(({ dataset, field, element, form }) => `${dataset.view.name}.${field.path}: ${element}, ${form}`),
      ),
      country: entered(party.country),
      contract: entered(party.contract === null ? null : `${party.contract.kind} ${party.contract.reference}`),
    });
  }
  const holding = new Set(all.map(({ dataset }) => dataset.view.uid));
  for (const exposure of map.exposures) {
    const inputs = exposure.inputs.filter((uid) => holding.has(uid));
    if (inputs.length === 0) continue;
    const names = all
      .filter(({ dataset }) => inputs.includes(dataset.view.uid))
      .map(({ dataset }) => dataset.view.name);
    yield sourcedRow(thirdPartyColumns, {
      who: derived(exposure.name),
      kind: derived('reader outside'),
      receives: derived([...new Set(names)]),
      country: derived(null),
      contract: derived(null),
    });
  }
}

/** The points of 12.5.2 one by one: what this report gives for each, and what people have to bring. */
export function* elementsSection(
  people: PeopleKnow,
  all: readonly AccountData[],
  { flows }: NumberedFlows,
): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'elements',
    title: 'Points of 12.5.2',
    about: 'What the confirmation has to cover, and where this report has it. "missing" is for people to bring.',
    columns: [
      { key: 'point', title: 'Point' },
      { key: 'given', title: 'Given here' },
      { key: 'state', title: 'State' },
    ],
    look: 'table',
  };
  const { systems, parties } = people.governance;
  const scoped = systems.filter(({ pci }) => pci !== null);
  const staged = scoped.filter(({ pci }) => pci?.stage !== null);
  const outside = scoped.filter(({ pci }) => pci?.scope === 'out');
  const rows: readonly (readonly [string, string, CellOrigin])[] = [
    [
      'all data flows for the payment stages and acceptance channels',
      `${countOf(flows.length, 'flow')}; stage and channel entered for ${countOf(staged.length, 'system')}`,
      staged.length === 0 ? 'missing' : 'derived and entered',
    ],
    ['data-flow diagrams by 1.2.4', 'drawings of stored data; network paths are not seen', 'derived'],
    [
      'all locations of account data, stored, processed and transmitted, outside the CDE too',
      `${String(all.length)} stored locations in connected sources`,
      'derived',
    ],
    ['back-ups, applications, transmissions', 'not seen', 'missing'],
    [
      'system components in the CDE, connected to it or affecting it',
      `${countOf(scoped.length, 'system')} with a scope of ${String(systems.length)} entered`,
      scoped.length === 0 ? 'missing' : 'entered',
    ],
    [
      'segmentation controls and justification of what is out of scope',
      `${String(outside.filter(({ pci }) => pci?.justification !== null).length)} of ${countOf(outside.length, 'system')} out of scope have a justification`,
      outside.some(({ pci }) => pci?.justification === null) ? 'missing' : 'entered',
    ],
    [
      'third-party connections',
      `${String(parties.length)} parties entered`,
      parties.length === 0 ? 'missing' : 'entered',
    ],
    ['confirmation that all of it is included in scope', 'by the named person who confirms this report', 'missing'],
  ];
  for (const [point, given, state] of rows)
    yield { type: 'row', cells: [point, given, state], origins: [null, null, state] };
}
