import { governanceFileSchema } from '../../../server/governance/objects.ts';
import type { Policies } from '../../../server/policy/policy-file.ts';
import type { Treatment } from '../../../server/model/treatment.ts';
import type { RegulationTerm } from '../../../server/rulebook/terms.ts';
import { classification, dataset, flow, harmless, sensitive } from './query-double.ts';

/** A small invented company: patients, a card vault, a copy of a card number where nobody expects one. */

const terms = {
  personal: { regulation: 'gdpr', term: 'personal data', provision: 'GDPR:4(1)', applies: true },
  health: { regulation: 'gdpr', term: 'special category: health', provision: 'GDPR:9(1)', applies: true },
  phi: { regulation: 'hipaa', term: 'PHI', provision: 'HIPAA:160.103#protected-health-information', applies: true },
  pan: { regulation: 'pci-dss', term: 'PAN', provision: 'PCI:3.5.1', applies: true },
  sad: { regulation: 'pci-dss', term: 'SAD: verification code', provision: 'PCI:3.3.1.2', applies: true },
  letterA: { regulation: 'ccpa', term: 'category A', provision: 'CCPA:1798.140(v)(1)(A)', applies: true },
} satisfies Record<string, RegulationTerm>;

const email = () => classification('user.contact.email', 'E-mail address', { terms: [terms.personal, terms.letterA] });
const diagnosis = () =>
  classification('user.health.diagnosis', 'Diagnosis', {
    classes: ['PII', 'PHI'],
    terms: [terms.personal, terms.health, terms.phi],
  });
const pan = (treatment: Treatment = 'clear') =>
  classification('user.payment.card.number', 'Card number', {
    classes: ['PCI', 'PII'],
    treatment,
    derived: treatment === 'clear' ? null : 'hash',
    terms: [terms.personal, terms.pan],
  });
const cvv = () =>
  classification('user.payment.card.cvv', 'Card CVV', { classes: ['PCI'], terms: [terms.personal, terms.sad] });

const patients = dataset('shop.clinic.patients');
const vault = dataset('shop.payments.card_vault', { owners: ['payments team'] });
const mailing = dataset('shop.marketing.export', { region: 'us-east-1' });
const stray = dataset('shop.old.customers');

const fields = {
  patientMail: sensitive(patients, 'email', email()),
  diagnosis: sensitive(patients, 'diagnosis', diagnosis()),
  note: harmless(patients, 'version'),
  pan: sensitive(vault, 'pan', pan()),
  cvv: sensitive(vault, 'cvv', cvv()),
  ref: sensitive(mailing, 'customer_ref', pan()),
  hashed: sensitive(mailing, 'card_hash', pan('hashed')),
  strayMail: sensitive(stray, 'mail', email()),
};

export const clinicWorld = {
  datasets: [patients, vault, mailing, stray],
  fields: Object.values(fields),
  subjects: { [patients.uid]: 'patient', [vault.uid]: 'customer' },
  flows: [
    flow(fields.pan, fields.ref),
    flow(fields.pan, fields.hashed, { effect: 'hash', fn: 'SHA256', kind: 'TRANSFORMATION' }),
  ],
  exposures: [
    { uid: 'x', name: 'agency upload', namespace: 'dbt', description: null, owners: [], inputs: [mailing.uid] },
  ],
  lineage: (origin: string) => ({
    origin,
    direction: 'DOWNSTREAM' as const,
    granularity: 'FIELD' as const,
    nodes: [],
    edges: [],
    truncated: null,
    hiddenNodes: 0,
    unparsedStatements: 0,
    endCursor: null,
  }),
};

/** No card number in marketing, but in a treated form; nothing at all of it in the old tables. */
export const clinicPolicies: Policies = {
  policies: [
    {
      id: 'cards',
      title: 'No card number in marketing',
      severity: 'critical',
      data: { categories: ['user.payment.card.number'] },
      in: [{ name: '*.marketing.*' }],
      except: [],
      require: { treatment: ['hashed'] },
      tests: [],
    },
  ],
  waivers: [],
};

/** What people entered about it; `books` is declared and nobody connected it. */
export const clinicGovernance = governanceFileSchema.parse({
  entities: [
    {
      id: 'clinic',
      name: 'Example Clinic GmbH',
      role: 'controller',
      address: 'Beispielweg 1',
      contact: 'privacy@example.com',
      country: 'DE',
      dpo: { name: 'The officer', contact: 'dpo@example.com' },
    },
  ],
  parties: [
    { id: 'agency', name: 'Example Agency', kind: 'processor', country: 'US', datasets: [{ name: '*.export' }] },
    { id: 'partner', name: 'Example Partner', kind: 'joint-controller', country: 'FR' },
    {
      id: 'cloud',
      name: 'Example Cloud',
      kind: 'business-associate',
      country: 'US',
      safeguards: 'Standard clauses',
      contract: { reference: 'BAA-1', kind: 'business associate agreement' },
    },
    { id: 'customer', name: 'Example Customer AG', kind: 'controller', contact: 'x@example.com', country: 'AT' },
  ],
  systems: [
    {
      id: 'clinic',
      name: 'Clinic system',
      country: 'DE',
      encryptedAtRest: 'yes',
      readers: ['physicians'],
      lastAccessReview: '2026-06-30',
      hipaa: { ephi: ['created'], designatedRecordSet: 'yes', businessAssociate: 'cloud' },
      datasets: [{ name: 'shop.clinic.*' }],
    },
    {
      id: 'payments',
      name: 'Payments',
      function: 'stores cards',
      owner: 'payments team',
      pci: { scope: 'cde', verifiedOn: '2026-06-30', stage: 'authorisation' },
      datasets: [{ name: 'shop.payments.*' }],
    },
    { id: 'marketing', name: 'Marketing', pci: { scope: 'out' }, datasets: [{ name: 'shop.marketing.*' }] },
    { id: 'books', name: 'Bookkeeping', datasets: [{ source: 'books' }] },
  ],
  activities: [
    {
      id: 'care',
      name: 'Care',
      entity: 'clinic',
      purposes: ['treatment'],
      jointControllers: ['partner'],
      legalBasis: [{ article: '6(1)(b)' }],
      specialCategoryCondition: 'Art. 9(2)(h)',
      dataSubjects: ['patients'],
      recipients: ['cloud'],
      retention: ['records'],
      measures: ['access by role'],
      datasets: [{ name: 'shop.clinic.*' }],
    },
    { id: 'selling', name: 'Selling', entity: 'clinic', datasets: [{ name: 'shop.payments.*' }] },
    {
      id: 'hosting',
      name: 'Hosting for others',
      entity: 'clinic',
      role: 'processor',
      controllers: ['customer'],
      purposes: ['storing patient lists'],
      datasets: [{ name: 'shop.clinic.*' }],
    },
  ],
  retention: [
    {
      id: 'records',
      name: 'Patient records',
      duty: 'keep-at-least',
      duration: 'P10Y',
      from: 'end of treatment',
      basis: 'medical law',
      categories: ['user.health'],
      datasets: [{ name: 'shop.clinic.*' }],
    },
  ],
});
