import { describe, expect, it } from 'vitest';
import { loadCatalogue, loadCatalogues, shippedRegulations } from '../../../server/rulebook/catalogue.ts';
import { catalogueCitations, termsOf } from '../../../server/rulebook/terms.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';

const clinic = { applies: { hipaa: 'covered-entity', gdpr: 'controller' }, subject: 'patient' };

describe.each(shippedRegulations)('the %s catalogue', (id) => {
  const catalogue = loadCatalogue(id);
  const categories = loadTaxonomy().categories.map((category) => category.id);
  const isKnown = (prefix: string) =>
    prefix === 'user' || categories.some((c) => c === prefix || c.startsWith(`${prefix}.`));

  it('names each provision once, under its own prefix', () => {
    const ids = catalogue.provisions.map((provision) => provision.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((name) => !name.startsWith(`${catalogue.regulation.prefix}:`))).toEqual([]);
  });

  it('touches only categories that the taxonomy has', () => {
    const unknown = catalogue.provisions.flatMap((p) => p.categories).filter((prefix) => !isKnown(prefix));
    expect(unknown).toEqual([]);
    expect(catalogue.mapping.terms.map((term) => term.category).filter((prefix) => !isKnown(prefix))).toEqual([]);
  });

  it('maps only to provisions that it holds', () => {
    const named = [
      ...catalogue.mapping.terms.map((term) => term.provision),
      ...Object.values(catalogue.mapping.derived),
    ];
    expect(named.filter((provision) => provision !== null && catalogue.provision(provision) === undefined)).toEqual([]);
  });
});

describe('terms of a category', () => {
  it("calls an e-mail address PHI among a patient's fields and not in a newsletter table", () => {
    const hipaa = loadCatalogue('hipaa');
    expect(termsOf('user.contact.email', hipaa, clinic).map((t) => t.term)).toEqual(['PHI', 'identifier F']);
    expect(termsOf('user.contact.email', hipaa, { ...clinic, subject: 'customer' })).toEqual([]);
  });

  it('does not call what an employer holds of staff PHI, and still calls it health data', () => {
    const said = (regulation: string, category: string, subject: string) =>
      termsOf(category, loadCatalogue(regulation), { ...clinic, subject }).map(({ term }) => term);
    expect(said('hipaa', 'user.health.allergy', 'employee')).toEqual([]);
    expect(said('hipaa', 'user.health.insurance_id', 'employee')).toEqual([]);
    expect(said('gdpr', 'user.health.allergy', 'employee')).toContain('special category: health');
    for (const subject of ['patient', 'customer', 'unknown'])
      expect(said('hipaa', 'user.health.allergy', subject)).toEqual(['PHI']);
    expect(said('hipaa', 'user.health.provider_id', 'employee')).toEqual(['provider identifier']);
  });

  it('does not call a provider number health data of a person under the GDPR', () => {
    const terms = termsOf('user.health.provider_id', loadCatalogue('gdpr'), clinic).map((t) => t.term);
    expect(terms).toEqual(['personal data']);
  });

  it("calls a credit score personal and financial data, and no law's health data", () => {
    const said = (category: string, subject = 'customer') =>
      loadCatalogues(shippedRegulations).flatMap((catalogue) =>
        termsOf(category, catalogue, { applies: { gdpr: 'controller' }, subject }).map(({ provision }) => provision),
      );
    expect(said('user.financial.health').toSorted()).toEqual([
      'CCPA:1798.140(v)',
      'CCPA:1798.140(v)(1)(B)',
      'GDPR:4(1)',
      'LGPD:5(I)',
      'UKGDPR:4(1)(1)',
    ]);
    expect(said('user.health')).toContain('GDPR:9(1)');
    const ofPatient = said('user.financial.health', 'patient').filter((id) => id.startsWith('HIPAA:'));
    expect(ofPatient).toEqual(['HIPAA:160.103#protected-health-information']);
    expect(said('user.financial.account_number', 'patient')).toContain('HIPAA:164.514(b)(2)(i)(J)');
  });

  it('says that a regulation may not bind the source when nobody said so', () => {
    const [term] = termsOf('user.payment.card.number', loadCatalogue('pci-dss'), { applies: {}, subject: 'payment' });
    expect(term).toEqual({ regulation: 'pci-dss', term: 'PAN', provision: 'PCI:3.5.1', applies: false });
  });

  it('says and cites nothing of a regulation that does not apply, and all of the others', () => {
    const context = { applies: { hipaa: 'none', ccpa: 'none', gdpr: 'controller' }, subject: 'patient' };
    const catalogues = loadCatalogues(['hipaa', 'ccpa', 'gdpr', 'lgpd']);
    const terms = catalogues.flatMap((catalogue) => termsOf('user.health', catalogue, context));
    expect(new Set(terms.map(({ regulation }) => regulation))).toEqual(new Set(['gdpr', 'lgpd']));
    const cited = catalogueCitations('user.health', 'hash', catalogues, context).map(({ provision }) => provision);
    expect(cited.filter((id) => /^(?:HIPAA|CCPA):/u.test(id))).toEqual([]);
    expect(cited).toContain('GDPR:9(1)');
  });

  it('calls income employment data among staff only, and a number of a provider nobody’s health', () => {
    const said = (category: string, subject: string) =>
      loadCatalogues(['gdpr', 'ccpa']).flatMap((catalogue) =>
        termsOf(category, catalogue, { applies: {}, subject }).map(({ provision }) => provision),
      );
    const ofStaff = ['GDPR:88(1)', 'CCPA:1798.140(v)(1)(I)'];
    expect(said('user.salary', 'employee')).toEqual(expect.arrayContaining(ofStaff));
    expect(said('user.salary', 'customer')).toEqual(['GDPR:4(1)', 'CCPA:1798.140(v)', 'CCPA:1798.140(v)(1)(B)']);
    expect(said('user.health.provider_id', 'patient')).not.toContain('CCPA:1798.140(ae)');
    expect(said('user.health', 'patient')).toContain('CCPA:1798.140(ae)');
  });

  it.each([
    ['user.name', 'AB'],
    ['user.contact.email', 'A'],
    ['user.contact.phone', 'AB'],
    ['user.contact.address', 'AB'],
    ['user.government.passport', 'AB'],
    ['user.government.tax_id', 'A'],
    ['user.birth.date', 'C'],
    ['user.birth.place', 'C'],
    ['user.religion', 'C'],
    ['user.language', 'C'],
    ['user.health.diagnosis', 'BC'],
    ['user.health.lab_result', 'B'],
    ['user.health.record_number', 'AB'],
    ['user.health.insurance_id', 'AB'],
    ['user.health.provider_id', 'A'],
    ['user.financial.iban', 'B'],
    ['user.payment.card.number', 'B'],
    ['user.vehicle.license_plate', 'AD'],
    ['user.behavior.purchase_history', 'D'],
    ['user.occupation', 'BI'],
    ['user.education', 'BJ'],
    ['user.device.ip_address', 'A'],
    ['user.political_opinion', ''],
    ['user.content.free_text', ''],
  ])('puts %s under each letter of 1798.140(v)(1) that names it: %s', (category, letters) => {
    const terms = termsOf(category, loadCatalogue('ccpa'), { applies: { ccpa: 'business' }, subject: 'customer' });
    const found = terms.flatMap(({ term }) => /^category ([A-L])$/u.exec(term)?.[1] ?? []);
    expect(found.join('')).toBe(letters);
  });

  it('does not call a part of a card number a PAN without more, and leaves a keyed digest in scope', () => {
    const pci = loadCatalogue('pci-dss');
    const context = { applies: { 'pci-dss': 'merchant' }, subject: 'payment' };
    const said = (treatment: 'partial' | 'keyed' | 'hashed') =>
      termsOf('user.payment.card.number', pci, context, treatment).map(({ term, provision }) => [term, provision]);
    expect(said('partial')).toEqual([['PAN, partial: what that means is for people to say', 'PCI:3.5.1']]);
    expect(said('keyed')).toEqual([['PAN, keyed: in a form the regulation names as protection', 'PCI:3.5.1.1']]);
    expect(said('hashed')).toEqual([['PAN, hashed: regulated like the value itself', 'PCI:3.5.1.1']]);
  });

  it('cites the catalogue in our own words, never as a quotation', () => {
    const citations = catalogueCitations('user.contact.email', 'hash', loadCatalogues(['gdpr', 'ccpa']), clinic);
    expect(citations.map((c) => c.provision)).toEqual([
      'GDPR:4(1)',
      'GDPR:4(5)',
      'CCPA:1798.140(v)',
      'CCPA:1798.140(v)(1)(A)',
      'CCPA:1798.140(aa)',
    ]);
    expect(citations.every((c) => c.check === 'catalogue-only' && c.quote === null && c.ownWords !== null)).toBe(true);
  });
});
