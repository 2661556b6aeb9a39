import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { csvRows } from '../../../server/governance/csv-rows.ts';
import { draftActivities } from '../../../server/governance/draft-activities.ts';
import { importRecord } from '../../../server/governance/import-record.ts';
import { parseGovernanceText } from '../../../server/governance/load.ts';

const german = `Verarbeitungstätigkeit;Zweck;Rechtsgrundlage;Betroffene Personen;Kategorien personenbezogener Daten;Empfänger;Drittland;Löschfrist;TOM;Bemerkung
"Newsletter; Versand";Werbung;Art. 6 Abs. 1 lit. a DSGVO;Abonnenten;E-Mail;"Agentur A; Agentur B";USA;"3 Jahre";"Zugriff nach Rolle
Verschlüsselung";x
Bewerbungen;Auswahl;berechtigt;Bewerber;;;;nach Bedarf;;
;ohne Namen;;;;;;;;
`;

describe('a record kept in a table', () => {
  it('becomes YAML that can be read, each activity a draft', () => {
    const { yaml, activities } = importRecord(csvRows(german));
    expect(activities).toBe(2);
    const { content } = parseGovernanceText(yaml, 'x');
    expect(content.activities[0]).toMatchObject({
      name: 'Newsletter; Versand',
      purposes: ['Werbung'],
      legalBasis: [{ article: '6(1)(a)' }],
      dataSubjects: ['Abonnenten'],
      categories: ['E-Mail'],
      recipients: ['agentur-a', 'agentur-b'],
      measures: ['Zugriff nach Rolle', 'Verschlüsselung'],
      draft: true,
    });
    expect(content.retention).toMatchObject([{ duration: 'P3Y', name: '3 Jahre' }]);
  });

  it('lists what could not be taken over instead of guessing', () => {
    expect(importRecord(csvRows(german)).notes).toEqual([
      'column "Bemerkung": no member for it, left out',
      'row 2, transfers: "USA" name the country and the safeguards of each recipient',
      'row 3, legal basis: "berechtigt" names no point of Art. 6(1)',
      'row 3, retention: "nach Bedarf" is no duration',
      'row 4: names no activity, left out',
    ]);
  });

  it.each([
    ['consent', '6(1)(a)'],
    ['Einwilligung', '6(1)(a)'],
    ['Legitimate interests', '6(1)(f)'],
    ['Art. 6(1)(b) contract', '6(1)(b)'],
    ['no consent needed', null],
    ['contract with the works council', null],
  ])('reads the legal basis %j by its point or by its name alone', (text, article) => {
    const { yaml } = importRecord([
      ['Processing activity', 'Legal basis'],
      ['Newsletter', text],
    ]);
    const { content } = parseGovernanceText(yaml, 'x');
    expect(content.activities[0]?.legalBasis).toEqual(article === null ? [] : [expect.objectContaining({ article })]);
  });

  it('reads time limits, and makes nobody a recipient where none is said', () => {
    const { yaml, notes } = importRecord([
      ['Processing activity', 'Recipients', 'Time limits'],
      ['Newsletter', 'None', '3 years'],
      ['Payroll', 'n/a; Nonesuch Ltd', 'P10Y'],
    ]);
    const { content } = parseGovernanceText(yaml, 'x');
    expect(content.parties.map(({ name }) => name)).toEqual(['Nonesuch Ltd']);
    expect(content.retention.map(({ duration }) => duration)).toEqual(['P3Y', 'P10Y']);
    expect(notes).toEqual([]);
  });

  it('makes no rule of a cell that names several time limits, and says so', () => {
    const { yaml, notes } = importRecord([
      ['Processing activity', 'Time limits'],
      ['Invoices', '6 or 10 years'],
    ]);
    expect(parseGovernanceText(yaml, 'x').content.retention).toEqual([]);
    expect(notes).toEqual(['row 2, retention: "6 or 10 years" names several durations: enter a rule for each']);
  });

  it('is refused when no column names activities', () => {
    expect(() => importRecord(csvRows('a,b\n1,2\n'))).toThrow(/no column names the processing activities/u);
  });

  it.each([
    [
      'a,"b ""c"", d",e\r\n1,2,3',
      [
        ['a', 'b "c", d', 'e'],
        ['1', '2', '3'],
      ],
    ],
    [
      '\uFEFFa\tb\n1\t2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
  ])('is read from CSV as it is written: %j', (text, expected) => {
    expect(csvRows(text)).toEqual(expected);
  });
});

describe('a draft of activities', () => {
  it('has one for each schema, parted by owner, with what data shows and nothing more', () => {
    const { yaml, activities } = draftActivities([
      { name: 'dw.shop.customers', owners: ['shop'], subject: 'customer' },
      { name: 'dw.shop.orders', owners: ['shop'], subject: null },
      { name: 'dw.shop.charges', owners: ['shop'], subject: 'payment' },
      { name: 'dw.hr.people', owners: ['hr'], subject: 'employee' },
      { name: 'dw.hr.pay', owners: [], subject: null },
    ]);
    expect(activities).toBe(3);
    parseGovernanceText(yaml, 'x');
    expect((parse(yaml) as { activities: unknown[] }).activities).toMatchObject([
      { id: 'dw-hr-hr', owner: 'hr', datasets: [{ name: 'dw.hr.people' }], dataSubjects: ['employee'], purposes: [] },
      { id: 'dw-hr-nobody', datasets: [{ name: 'dw.hr.pay' }] },
      { id: 'dw-shop', owner: 'shop', datasets: [{ name: 'dw.shop.*' }], dataSubjects: ['customer'], draft: true },
    ]);
  });
});
