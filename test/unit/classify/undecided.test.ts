import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

describe('a name that is no evidence', () => {
  it.each(['field_17', 'col_3', 'attr1', 'custom_field_2', 'udf3', 'spalte_4', 'campo7', 'x12', 'user_defined_5'])(
    '%s is left to a person, whatever the table is about',
    (column) => {
      for (const table of ['stg', 'products', 'customers'])
        expect(judgeFirst(table, { [column]: null, price: null, sku: null })).toMatchObject({
          abstain: true,
          classes: [],
        });
    },
  );

  it('is a place-holder only where it numbers or names a place: a value of something is of that thing', () => {
    expect(judgeFirst('products', { value: null, price: null, sku: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('products', { value_3: null, price: null, sku: null })).toMatchObject({ abstain: true });
  });

  it('decides nothing, and values do', () => {
    expect(judgeFirst('stg', { field_17: ['a@example.com', 'b@example.org', 'c@example.net'] }).fine).toEqual([
      'email',
    ]);
    expect(judgeFirst('stg', { field_17: Array.from({ length: 30 }, (_, i) => i * 0.37) }).classes).toEqual(['NONE']);
  });

  it.each(['field_count', 'column_width', 'attribute_type', 'field_name'])('%s is evidence', (column) => {
    expect(judgeFirst('tables', { [column]: null, table_name: null, type: null }).classes).toEqual(['NONE']);
  });

  it('is also the name of a role that nobody knows', () => {
    expect(judgeFirst('t', { blorf_name: null })).toMatchObject({ abstain: true, classes: [] });
    expect(judgeFirst('t', { plugin_name: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('t', { teacher_name: null }).fine).toContain('person_name');
  });
});

describe('free text in which nobody looked', () => {
  it.each(['notes', 'comments', 'remarks', 'description', 'bemerkung', 'comentarios'])(
    '%s may hold anything in the row of a person: a person looks',
    (column) => {
      expect(judgeFirst('customers', { [column]: null, email: null })).toMatchObject({
        abstain: true,
        classes: ['PII'],
      });
    },
  );

  it('may hold health data in the row of a patient', () => {
    expect(judgeFirst('patients', { notes: null, mrn: null }).classes).toContain('PHI');
    expect(judgeFirst('patients', { description: null, mrn: null })).toMatchObject({ abstain: true, classes: ['PHI'] });
  });

  it('is about a thing in the row of a thing, and is judged by values where there are some', () => {
    expect(judgeFirst('products', { description: null, sku: null, price: null }).classes).toEqual(['NONE']);
    const clean = Array.from({ length: 30 }, (_, i) => `delivered on time, box ${i} was fine`);
    expect(judgeFirst('customers', { notes: clean, email: null }).classes).toEqual(
      judgeFirst('customers', { notes: clean, email: null }).abstain ? [] : ['NONE'],
    );
  });
});

describe('a role that a person has in a work', () => {
  it.each(['director', 'composer', 'translator', 'photographer'])('is left to a person: %s', (name) => {
    expect(judgeFirst('movies', { [name]: null, genre: null, runtime: null })).toMatchObject({ abstain: true });
  });

  it('is decided where the name goes on', () => {
    expect(judgeFirst('movies', { director_count: null, genre: null, runtime: null }).classes).toEqual(['NONE']);
  });
});

describe('a flag of somebody who owes', () => {
  it.each(['bankruptcy_flag', 'delinquency_ind'])('is personal: %s', (name) => {
    expect(judgeFirst('loan_applicants', { [name]: null, applicant_name: null, amount: null }).classes).toEqual([
      'PII',
    ]);
  });
});
