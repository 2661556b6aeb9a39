import { describe, expect, it } from 'vitest';
import { noGovernance } from '../../../server/governance/objects.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { classification, dataset, sensitive } from './query-double.ts';
import { readReport, rowsOf } from './read-report.ts';

describe('every report says what every report must say', () => {
  it.each(['gdpr-30-1', 'hipaa-ephi', 'pci-dss-12-5-2'])('%s', async (name) => {
    const made = await readReport(name);
    expect(made.report).toMatchObject({ name, status: 'draft', madeBy: 'Lexline 0.1.0', revision: 7 });
    expect(made.report['id']).toMatch(/^[0-9a-f]{32}$/u);
    for (const id of ['scope', 'coverage', 'evidence', 'notConnected', 'gaps', 'changes', 'method', 'limits', 'open'])
      expect(Object.keys(made.sections)).toContain(id);
    const measures = rowsOf(made, 'coverage').map(({ measure }) => measure);
    expect(measures).toEqual(expect.arrayContaining(['judged from names only', 'not judged (gap)', 'undecided (gap)']));
    expect(rowsOf(made, 'notConnected')).toContainEqual(
      expect.objectContaining({ kind: 'system', name: 'Bookkeeping' }),
    );
    expect(rowsOf(made, 'method').map(({ item }) => item)).toContain('precision by review of a sample');
    const limits = rowsOf(made, 'limits').map(({ statement }) => String(statement));
    expect(limits.join(' ')).toContain('not legal advice');
    const evidence = rowsOf(made, 'evidence')[0] ?? {};
    for (const key of [
      'dataset',
      'field',
      'holds',
      'decidedBy',
      'confidence',
      'decidedAt',
      'evidence',
      'citations',
      'review',
    ])
      expect(Object.keys(evidence)).toContain(key);
    expect(JSON.stringify(made)).not.toMatch(/\bcompliant\b(?!\.)|anonymis|de-identif/iu);
  });
});

describe('the draft record of Art. 30(1)', () => {
  it('has each letter, from people where only people know and from data where data shows it', async () => {
    const care = rowsOf(await readReport('gdpr-30-1'), 'activities').find(({ activity }) => activity === 'Care');
    expect(care).toMatchObject({
      controller: ['Example Clinic GmbH', 'Beispielweg 1', 'privacy@example.com'],
      jointControllers: ['Example Partner'],
      representative: 'none entered; established in DE',
      dpo: ['The officer', 'dpo@example.com'],
      purposes: ['treatment'],
      dataSubjects: ['patients'],
      personalData: ['E-mail address (user.contact.email)', 'Diagnosis (user.health.diagnosis)'],
      specialCategories: ['Diagnosis: special category: health'],
      recipients: ['Example Cloud (business-associate, US)'],
      transfers: ['US: Example Cloud (named as recipient)'],
      safeguards: ['Example Cloud: Standard clauses'],
      timeLimits: null,
      timeLimitsOpen: ['E-mail address', 'Diagnosis'],
      keepDuties: ['Diagnosis: keep at least P10Y from end of treatment (medical law)'],
      measures: ['access by role'],
      legalBasis: ['Art. 6(1)(b)'],
      condition: 'Art. 9(2)(h)',
    });
    expect(care?.['provenance']).toEqual([
      'derived: personalData, specialCategories, timeLimitsOpen, contracts, datasets, fields, classified, reviewed',
      'entered: activity, standing, controller, jointControllers, representative, dpo, purposes, recipients, transfers, safeguards, keepDuties, measures, legalBasis, condition',
      'derived and entered: dataSubjects',
      'missing: timeLimits, dpia, dataSource, rights, breachLog',
    ]);
  });

  it('shows the way to a recipient and a place outside the EEA that lineage finds, and that the safeguards are missing', async () => {
    const transfers = rowsOf(await readReport('gdpr-30-1'), 'transfers').filter(
      ({ activity }) => activity === 'Selling',
    );
    expect(transfers).toEqual([
      expect.objectContaining({
        kind: 'flow',
        to: 'Example Agency',
        country: 'US',
        outside: 'yes',
        safeguards: 'to be entered',
      }),
      expect.objectContaining({ kind: 'flow', to: 'Marketing', country: 'US', said: 'derived' }),
    ]);
  });

  it('lists personal data that no activity names as open', async () => {
    const made = await readReport('gdpr-30-1');
    expect(rowsOf(made, 'uncovered').map(({ dataset }) => dataset)).toEqual([
      'shop.marketing.export',
      'shop.old.customers',
    ]);
    expect(rowsOf(made, 'open')).toContainEqual({ what: 'Personal data in no activity', count: 2 });
  });

  it('is a list of gaps, not an empty page, when nobody entered anything', async () => {
    const made = await readReport('gdpr-30-1', noGovernance);
    expect(rowsOf(made, 'activities')).toEqual([]);
    expect(rowsOf(made, 'uncovered')).toHaveLength(4);
  });
});

describe('the inventory of ePHI', () => {
  it('has a diagnosis beside a patient’s key as a row, with what a risk analysis asks', async () => {
    const row = rowsOf(await readReport('hipaa-ephi'), 'ephi').find(({ column }) => column === 'diagnosis');
    expect(row).toMatchObject({
      system: 'Clinic system',
      dataset: 'shop.clinic.patients',
      identifier: null,
      part: 'health data',
      beside: ['email'],
      ephiRole: ['created', 'maintained'],
      encryptedAtRest: 'yes',
      encryptedInTransit: null,
      readers: ['physicians'],
      flowsIn: [],
      flowsOut: [],
      businessAssociate: 'Example Cloud: business associate agreement BAA-1',
      lastAccessReview: '2026-06-30',
      retention: ['keep at least P10Y from end of treatment (medical law)'],
      designatedRecordSet: 'yes',
      term: 'PHI',
    });
    expect(row?.['provenance']).toContain('missing: encryptedInTransit');
  });

  it('takes a record number for a patient’s key beside the diagnosis, and leaves a provider’s number out', async () => {
    const visits = dataset('shop.clinic.visits');
    const phi = (category: string, label: string) => classification(category, label, { classes: ['PII', 'PHI'] });
    const world = {
      ...clinicWorld,
      datasets: [visits],
      fields: [
        sensitive(visits, 'mrn', phi('user.health.record_number', 'Medical record number')),
        sensitive(visits, 'icd10', phi('user.health.diagnosis', 'Diagnosis')),
        sensitive(visits, 'npi', phi('user.health.provider_id', 'Provider NPI')),
      ],
      flows: [],
      exposures: [],
    };
    const made = await readReport('hipaa-ephi', clinicGovernance, world);
    expect(rowsOf(made, 'ephi')).toMatchObject([
      { column: 'icd10', part: 'health data', identifier: null, beside: ['mrn'] },
      { column: 'mrn', part: 'identifier', identifier: 'H', beside: ['icd10'] },
    ]);
  });

  it('lists what was carried out of a record of care where nothing speaks of health, and not what lies beside it', async () => {
    const copies = dataset('shop.stg.x1');
    const world = {
      ...clinicWorld,
      datasets: [copies],
      fields: [
        sensitive(copies, 'v1', classification('user.contact.email', 'E-mail address', { classes: ['PII', 'PHI'] })),
        sensitive(copies, 'v2', classification('user.contact.phone', 'Phone number', { classes: ['PII'] })),
      ],
      flows: [],
      exposures: [],
    };
    const made = await readReport('hipaa-ephi', clinicGovernance, world);
    expect(rowsOf(made, 'ephi')).toMatchObject([{ column: 'v1', part: 'identifier', identifier: 'F', beside: [] }]);
  });

  it('tags an identifier with its letter, and leaves out people in no care', async () => {
    const all = rowsOf(await readReport('hipaa-ephi'), 'ephi');
    expect(all.map(({ column, identifier }) => [column, identifier])).toEqual([
      ['diagnosis', null],
      ['email', 'F'],
    ]);
  });
});

describe('the input to 12.5.2', () => {
  it('has a row for each location with what an assessor asks', async () => {
    const row = rowsOf(await readReport('pci-dss-12-5-2'), 'locations').find(
      ({ location }) => location === 'shop.payments.card_vault.pan',
    );
    expect(row).toMatchObject({
      element: 'PAN',
      form: 'clear, as far as data shows',
      scope: 'in the CDE',
      system: 'Payments',
      flowsIn: [],
      flowsOut: ['F1', 'F2'],
      justification: 'holds account data',
      stage: 'authorisation',
      retention: null,
      readers: null,
      owner: 'payments team',
      verifiedOn: '2026-06-30',
    });
  });

  it('names flows by what leaves and what arrives', async () => {
    expect(rowsOf(await readReport('pci-dss-12-5-2'), 'flows')).toMatchObject([
      {
        flow: 'F1',
        from: 'shop.payments.card_vault.pan',
        to: 'shop.marketing.export.card_hash',
        done: 'hashed (SHA256)',
        arrives: ['PAN, hashed'],
      },
      { flow: 'F2', to: 'shop.marketing.export.customer_ref', done: 'unchanged' },
    ]);
  });

  it('calls possible SAD a critical finding that only a person’s ground closes', async () => {
    const findings = rowsOf(await readReport('pci-dss-12-5-2'), 'findings');
    expect(findings[0]).toMatchObject({
      severity: 'critical',
      where: 'shop.marketing.export.customer_ref',
      requirement: '12.10.7',
    });
    expect(findings).toContainEqual(
      expect.objectContaining({
        finding: 'possible SAD at rest, 3.3.1',
        severity: 'critical',
        where: 'shop.payments.card_vault.cvv',
      }),
    );
    const ground = {
      id: 'g',
      finding: 'sad-at-rest',
      field: 'card_vault.cvv',
      ground: '3.3.3',
      statement: 'we issue cards',
      by: 'A. Person',
      validFrom: null,
      validTo: null,
    } as const;
    const closed = await readReport('pci-dss-12-5-2', { ...clinicGovernance, grounds: [ground] });
    expect(rowsOf(closed, 'findings').map(({ finding }) => finding)).not.toContain('possible SAD at rest, 3.3.1');
    expect(rowsOf(closed, 'closedFindings')).toMatchObject([
      {
        where: 'shop.payments.card_vault.cvv',
        ground: 'stored by an issuer for its issuing service (3.3.3): we issue cards (A. Person)',
      },
    ]);
  });

  it('does not close a finding on the ground of another field', async () => {
    const ground = {
      id: 'g',
      finding: 'sad-at-rest',
      field: 'vault.cvv',
      ground: '3.3.3',
      statement: 's',
      by: 'A. Person',
      validFrom: null,
      validTo: null,
    } as const;
    const still = await readReport('pci-dss-12-5-2', { ...clinicGovernance, grounds: [ground] });
    expect(rowsOf(still, 'findings').map(({ finding }) => finding)).toContain('possible SAD at rest, 3.3.1');
  });

  it('says of each point of 12.5.2 whether data, people or nobody gives it', async () => {
    const states = rowsOf(await readReport('pci-dss-12-5-2'), 'elements').map(({ state }) => state);
    expect(states).toEqual([
      'derived and entered',
      'derived',
      'derived',
      'missing',
      'entered',
      'missing',
      'entered',
      'missing',
    ]);
  });
});
