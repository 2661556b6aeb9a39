import { describe, expect, it } from 'vitest';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { dataset, flow, sensitive, classification } from './query-double.ts';
import { readReport, rowsOf } from './read-report.ts';

/** The clinic's data as source `shop` shows it, and the payments as another source does. */
const cards = dataset('cards.payments.vault', { sources: ['vault'] });
const pan = sensitive(cards, 'pan', classification('user.payment.card.number', 'Card number'));
const world = {
  ...clinicWorld,
  datasets: [...clinicWorld.datasets, cards],
  fields: [...clinicWorld.fields, pan],
  flows: [...clinicWorld.flows, flow(pan, clinicWorld.fields[0] ?? pan)],
};
const governance = {
  ...clinicGovernance,
  systems: clinicGovernance.systems.map((system) =>
    system.id === 'payments' ? { ...system, datasets: [{ name: 'cards.*' }] } : system,
  ),
  activities: clinicGovernance.activities.map((activity) =>
    activity.id === 'selling' ? { ...activity, datasets: [{ name: 'cards.*' }] } : activity,
  ),
};
const one = (name: string, parameters = {}) => readReport(name, governance, world, { source: 'shop', parameters });

describe('a report of one source', () => {
  it.each(['gdpr-30-1', 'pci-dss-12-5-2', 'hipaa-ephi', 'ccpa-categories'])(
    'does not call what other sources show unconnected: %s',
    async (name) => {
      const made = await one(name);
      expect(rowsOf(made, 'notConnected').map((row) => row['name'])).toEqual(['Bookkeeping']);
      expect(rowsOf(made, 'outside')).toEqual([
        { kind: 'system', name: 'Payments', inside: 0, outside: 1, sources: ['vault'] },
        { kind: 'processing activity', name: 'Selling', inside: 0, outside: 1, sources: ['vault'] },
      ]);
      expect(rowsOf(made, 'open').map(({ what }) => what)).not.toContain('Outside of this report');
    },
  );

  it('says nothing of places and contents that it did not look at', async () => {
    const record = await one('gdpr-30-1');
    expect(rowsOf(record, 'activities').map(({ activity }) => activity)).toEqual(['Care']);
    const scope = await one('pci-dss-12-5-2');
    expect(rowsOf(scope, 'components').map(({ system }) => system)).toEqual([
      'Clinic system',
      'Marketing',
      'Bookkeeping',
    ]);
    expect(
      rowsOf(record, 'limits')
        .map(({ statement }) => String(statement))
        .join(' '),
    ).toContain(
      'It is of the source shop alone. Lineage joins it with 1 dataset outside of it; what it holds, where it stands and where it sends it was not looked at.',
    );
  });

  it('leaves a report of all sources as it is', async () => {
    const made = await readReport('gdpr-30-1', governance, world);
    expect(Object.keys(made.sections)).not.toContain('outside');
    expect(rowsOf(made, 'activities').map(({ activity }) => activity)).toEqual(['Care', 'Selling']);
  });

  it('has no exposure sheet of a system that other sources show, and says whose it is', async () => {
    await expect(one('exposure', { system: 'payments' })).rejects.toThrow(
      'all datasets of the system Payments are outside of the source shop',
    );
  });
});
