import { describe, expect, it } from 'vitest';
import { governanceFileSchema, type Governance } from '../../../server/governance/objects.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { queryOver } from './query-double.ts';
import { readReport, rowsOf } from './read-report.ts';

describe('the record of a controller', () => {
  it('gives a time limit to the datasets that its rule covers, and leaves the others open', async () => {
    const rule = (id: string, name: string, more: object) => ({
      ...governanceFileSchema.parse({
        retention: [{ id, name, duty: 'erase-after', duration: 'P13M', from: 'use', ...more }],
      }).retention[0],
    });
    const retention = [
      rule('mails', 'Mails', { categories: ['user.contact'], datasets: [{ name: '*.clinic.patients' }] }),
      rule('cards', 'Cards', { categories: ['user.payment'], datasets: [{ name: 'shop.elsewhere.*' }] }),
      rule('own', 'Of the other activity', { categories: ['user.health'] }),
    ] as Governance['retention'];
    const activities = clinicGovernance.activities.map((one) =>
      one.id === 'care'
        ? { ...one, retention: ['cards'], datasets: [{ name: 'shop.clinic.*' }, { name: 'shop.old.*' }] }
        : { ...one, retention: ['own'] },
    );
    const made = await readReport('gdpr-30-1', { ...clinicGovernance, retention, activities });
    expect(rowsOf(made, 'activities').find(({ activity }) => activity === 'Care')).toMatchObject({
      timeLimits: ['E-mail address: erase after P13M from use, in shop.clinic.patients'],
      timeLimitsOpen: [
        'E-mail address in shop.old.customers',
        'Diagnosis',
        'the rule “Cards” covers none of this data',
      ],
      keepDuties: null,
    });
    expect(rowsOf(made, 'categories').find(({ category }) => category === 'user.contact.email')).toMatchObject({
      timeLimit: ['erase after P13M from use, in shop.clinic.patients'],
      keepDuties: [],
      withoutLimit: ['shop.old.customers'],
    });
  });

  it('takes no table of payments for a category of persons', async () => {
    const [vault] = clinicWorld.datasets.filter(({ name }) => name === 'shop.payments.card_vault');
    const subjects = async (kind: string) =>
      rowsOf(
        await readReport('gdpr-30-1', clinicGovernance, {
          ...clinicWorld,
          subjects: { ...clinicWorld.subjects, [vault?.uid ?? '']: kind },
        }),
        'activities',
      ).find(({ activity }) => activity === 'Selling')?.['dataSubjects'];
    expect([await subjects('payment'), await subjects('customer')]).toEqual([null, ['customer']]);
  });

  it('names the open items of each kind with their count, for whoever asks without opening the file', async () => {
    const made = createReports({
      query: queryOver(clinicWorld),
      version: '0.1.0',
      governance: () => Promise.resolve(clinicGovernance),
    });
    const { open } = await made.review({ name: 'gdpr-30-1' });
    expect(open.lines).toContainEqual({
      kind: 'item',
      what: 'Personal data in no activity',
      count: 2,
      names: ['shop.marketing.export', 'shop.old.customers'],
    });
    expect(open.lines.find(({ what }) => what.includes('(b) Purposes'))).toMatchObject({
      kind: 'fact',
      count: 1,
      names: ['Selling'],
    });
    expect(open.lines.reduce((sum, { count }) => sum + count, 0)).toBe(open.count);
  });
});
