import { describe, expect, it } from 'vitest';
import { loadCatalogues, usualRegulations } from '../../../../server/rulebook/catalogue.ts';
import { askedDefinition, definesTerm, isKnownTerm } from '../../../../server/rulebook/search/asked-definition.ts';
import { loadGlossary } from '../../../../server/rulebook/search/glossary.ts';
import { loadVocabulary } from '../../../../server/rulebook/search/vocabulary.ts';

const catalogues = loadCatalogues(usualRegulations);
const termOf = (question: string) => {
  const asked = askedDefinition(question, catalogues);
  return asked === null ? null : `${asked.words.join(' ')}${asked.isExplicit ? '!' : ''}`;
};

describe('a question for a definition', () => {
  it.each([
    ['definition of workforce', 'workforce!'],
    ['what does "small health plan" mean', 'small health plan!'],
    ['how is a dark pattern defined under the CCPA?', 'dark pattern!'],
    ['definition of dark pattern CCPA', 'dark pattern!'],
    ['define cross-border processing', 'cross border processing!'],
    ['Begriffsbestimmung Hauptniederlassung', 'hauptniederlassung!'],
    ['was versteht man unter einem Dateisystem im Sinne der DSGVO', 'dateisystem!'],
    ['définition de l’établissement principal', 'etablissement principal!'],
    ['qué significa fichero según el RGPD', 'fichero!'],
    ['what is a hybrid entity', 'hybrid entity'],
    ['was ist ein Dateisystem laut DSGVO', 'dateisystem'],
    ["qu'est-ce qu'un fichier", 'fichier'],
  ])('is read: "%s"', (question, term) => {
    expect(termOf(question)).toBe(term);
  });

  it.each([
    'what is the deadline for reporting a breach',
    'definition of a business by revenue and number of consumers',
    'column definition_code',
    'how long may we keep it',
  ])('is not "%s"', (question) => {
    expect(termOf(question)).toBeNull();
  });
});

describe('a passage that defines a term', () => {
  it.each([
    ['HIPAA:160.103#small-health-plan', 'Small health plan means a plan that is small.', 'small health plans'],
    ['GDPR:4(16)', '(16) ‘main establishment’ means:\n(a) of a controller …', 'main establishment'],
    ['GDPR:4(16)', '16. „Hauptniederlassung“\na) im Falle eines …', 'hauptniederlassung'],
    ['CCPA:1798.140(ad)', '(ad) (1) “Sell,” “selling,” or “sold,” means renting …', 'selling'],
    ['OURS:p1', 'A badge means a card with a picture.', 'badge'],
  ])('is known by its number or its beginning: %s', (provision, text, term) => {
    expect(definesTerm({ provision, text }, term.split(' '))).toBe(true);
  });

  it.each([
    ['a longer term', '(16) ‘main establishment’ means:', 'establishment'],
    ['a term that it uses', '“Seller” means who sells a “badge” to others.', 'badge'],
    ['a sentence about it', 'The badge is shown at the door, which means that it is carried.', 'badge'],
  ])('is not one of %s', (_, text, term) => {
    expect(definesTerm({ provision: 'LAW:1', text }, term.split(' '))).toBe(false);
  });
});

describe('a term', () => {
  const isKnown = (term: string) =>
    isKnownTerm(term.split(' '), { glossary: loadGlossary(), vocabulary: loadVocabulary(), catalogues });
  it('is known where each of its words is, alone or in a phrase', () => {
    expect(['dark pattern', 'phi', 'main establishment', 'personal data'].map((term) => isKnown(term))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['small health plan', 'trading partner agreement', 'homepage'].map((term) => isKnown(term))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
