import { describe, expect, it } from 'vitest';
import { loadCatalogues, usualRegulations } from '../../../server/rulebook/catalogue.ts';
import { subjectInLaw } from '../../../server/rulebook/subject-in-law.ts';
import { catalogueCitations, termsOf } from '../../../server/rulebook/terms.ts';

const catalogues = loadCatalogues(usualRegulations);
const hipaa = loadCatalogues(['hipaa'])[0];
const gdpr = loadCatalogues(['gdpr'])[0];

describe('whose rows a law sees', () => {
  it.each([
    ['students', 'person'],
    ['school.public.pupil_allergies', 'patient'],
    ['schueler_stammdaten', 'unknown'],
    ['Studierende', 'person'],
    ['eleves', 'person'],
    ['alumnos_salud', 'person'],
    ['leerlingen', 'person'],
    ['StudentHealth', 'patient'],
  ])('in %s are pupils', (table, kind) => {
    expect(subjectInLaw(kind, table)).toBe('pupil');
  });

  it.each([
    ['patients', 'patient'],
    ['student_patients', 'patient'],
    ['employees', 'employee'],
    ['student_loans', 'payment'],
    ['customers', 'customer'],
    ['students.visits', 'patient'],
    ['studentship_offers', 'unknown'],
  ])('in %s are %s', (table, kind) => {
    expect(subjectInLaw(kind, table)).toBe(kind);
  });

  it('is no covered entity’s where they are pupils: their health data is no PHI, and stays health data', () => {
    if (hipaa === undefined || gdpr === undefined) throw new Error('no catalogue');
    const applies = { hipaa: 'covered-entity', gdpr: 'controller' };
    const under = (subject: string) => termsOf('user.health.allergy', hipaa, { applies, subject });
    expect(under('pupil')).toEqual([]);
    expect(under('patient').map(({ term }) => term)).toContain('PHI');
    expect(termsOf('user.health.allergy', gdpr, { applies, subject: 'pupil' })).not.toEqual([]);
  });

  it('is theirs wherever it was carried from a record of care, and not where it only looks alike', () => {
    if (hipaa === undefined) throw new Error('no catalogue');
    const applies = { hipaa: 'covered-entity' };
    const email = (subject: string, isPhi: boolean) =>
      termsOf('user.contact.email', hipaa, { applies, subject, isPhi }).map(({ term }) => term);
    expect(email('unknown', true)).toEqual(email('patient', false));
    expect(email('unknown', true)).toEqual(['PHI', 'identifier F']);
    expect(email('unknown', false)).toEqual([]);
    expect(termsOf('user.health.allergy', hipaa, { applies, subject: 'employee', isPhi: true })).toEqual([]);
  });
});

describe('the hash of a secret', () => {
  const cited = (category: string) =>
    catalogueCitations(category, 'hash', catalogues, { applies: {}, subject: 'customer' }).map(
      ({ provision }) => provision,
    );

  it('is cited as no pseudonym, by no law', () => {
    expect(cited('user.credentials')).not.toEqual([]);
    for (const form of ['GDPR:4(5)', 'CCPA:1798.140(aa)', 'HIPAA:164.514(c)'])
      expect(cited('user.credentials')).not.toContain(form);
  });

  it('is told from that of an identifier, which is one', () => {
    expect(cited('user.contact.email')).toEqual(expect.arrayContaining(['GDPR:4(5)', 'CCPA:1798.140(aa)']));
  });

  it('is not said to be pseudonymised where a function on its way made it', () => {
    if (gdpr === undefined) throw new Error('no catalogue');
    const terms = (category: string, treatment: 'clear' | 'hashed') =>
      termsOf(category, gdpr, { applies: {}, subject: 'customer' }, treatment).map(({ term }) => term);
    expect(terms('user.credentials', 'hashed')).toEqual(terms('user.credentials', 'clear'));
    expect(terms('user.contact.email', 'hashed')).not.toEqual(terms('user.contact.email', 'clear'));
  });
});
