import { describe, expect, it } from 'vitest';
import { assumedField, findField, foldName, parseSqlName, wordsOf } from '../../../server/ingest/sql-names.ts';
import { createKnownTables } from '../../../server/ingest/known-tables.ts';
import type { NamedDataset } from '../../../server/ingest/named-document.ts';

describe('a table name of a SQL text', () => {
  it.each([
    ['shop.public.orders', ['shop', 'public', 'orders'], [false, false, false]],
    ['"My Schema"."a.b"', ['My Schema', 'a.b'], [true, true]],
    ['`project.dataset.table`', ['project.dataset.table'], [true]],
    ['[dbo].[Order Details]', ['dbo', 'Order Details'], [true, true]],
    ['"say ""hi"""', ['say "hi"'], [true]],
    ['"never closed', ['never closed'], [true]],
  ])('%s is cut into its parts', (text, parts, quoted) => {
    expect(parseSqlName(text)).toEqual({ parts, quoted });
  });

  it.each([
    ['Public.Orders', 'postgres', 'public.orders'],
    ['Public."Orders"', 'postgres', 'public.Orders'],
    ['Public.Orders', 'snowflake', 'PUBLIC.ORDERS'],
    ['Public."Orders"', 'oracle', 'PUBLIC.Orders'],
    ['Public.Orders', 'bigquery', 'Public.Orders'],
    ['Public.Orders', 'something-new', 'Public.Orders'],
  ])('%s is stored by %s as %s', (text, dialect, folded) => {
    expect(foldName(parseSqlName(text), dialect)).toBe(folded);
  });
});

describe('a column name of a SQL text', () => {
  const known = [['id'], ['Email'], ['a.b'], ['address'], ['address', 'city'], ['X'], ['x']];
  it.each([
    ['id', ['id']],
    ['EMAIL', ['Email']],
    ['a.b', ['a.b']],
    ['address.city', ['address', 'city']],
    ['address.zip.code', ['address']],
    ['x', ['x']],
    ['X', ['X']],
    ['"X"', ['X']],
    ['"x"', ['x']],
    ['"Email"', ['Email']],
  ])('%s is found', (column, path) => {
    expect(findField(column, known)).toEqual(path);
  });

  it.each(['missing', 'email.domain.x.y2', 'i'])('%s is found nowhere or at its parent, never elsewhere', (column) => {
    const found = findField(column, known);
    expect(found === null || column.toLowerCase().startsWith(found.join('.').toLowerCase())).toBe(true);
  });

  it('is folded as the engine would where nobody described the table', () => {
    expect(assumedField('Email', 'snowflake')).toEqual(['EMAIL']);
    expect(assumedField('"Email"', 'snowflake')).toEqual(['Email']);
    expect(assumedField('Payload.Name', 'postgres')).toEqual(['payload', 'name']);
  });
});

describe('the words of a text', () => {
  it('hold quoted and unquoted names in lower case', () => {
    const words = wordsOf('SELECT "Über Name", [a b].`c.d` FROM Öffentlich.Orders');
    for (const word of ['über name', 'a b', 'c.d', 'c', 'd', 'öffentlich', 'orders']) expect(words).toContain(word);
  });
});

function dataset(name: string, ...columns: string[]): NamedDataset {
  const fields = columns.map((column) => ({ path: [column], facets: { core: { type: 'text', ordinal: 1 } } }));
  return { kind: 'dataset', namespace: 'n', name, facets: {}, aliases: [], fields };
}

function known(...names: string[]) {
  const tables = createKnownTables({ tables: async () => [], columns: async () => null });
  for (const name of names) tables.add(dataset(name, 'id'));
  return tables;
}

describe('known tables', () => {
  it.each([
    ['shop.public.orders', 'shop.public.orders'],
    ['SHOP.PUBLIC.ORDERS', 'shop.public.orders'],
    ['public.orders', 'shop.public.orders'],
    ['orders', 'shop.public.orders'],
    ['shop.Sales.Leads', 'shop.Sales.Leads'],
    ['"shop"."public"."orders"', 'shop.public.orders'],
  ])('are matched by %s', (sqlName, name) => {
    const match = known('shop.public.orders', 'shop.Sales.Leads').match(sqlName, 'n', 'postgres');
    expect(match).toEqual({ type: 'known', name: { namespace: 'n', name } });
  });

  it('are not matched by a shorter part of a word', () => {
    expect(known('shop.public.orders').match('public.rders', 'n', 'postgres').type).toBe('assumed');
    expect(known('shop.public.orders').match('ders', 'n', 'postgres').type).toBe('assumed');
  });

  it('leave a name that fits two alone', () => {
    const match = known('a.public.orders', 'b.public.orders').match('public.orders', 'n', 'postgres');
    expect(match).toMatchObject({ type: 'ambiguous' });
  });

  it('prefer the exact spelling where case is the only difference', () => {
    const tables = known('s.Orders', 's.orders');
    expect(tables.match('s.Orders', 'n', 'bigquery')).toMatchObject({ type: 'known', name: { name: 's.Orders' } });
    expect(tables.match('S.ORDERS', 'n', 'bigquery').type).toBe('ambiguous');
  });

  it('assume an unknown name as the engine would store it', () => {
    expect(known().match('Public.Orders', 'n', 'snowflake')).toEqual({
      type: 'assumed',
      name: { namespace: 'n', name: 'PUBLIC.ORDERS' },
    });
  });

  it('offer as candidates only those whose name and schema stand in the text', () => {
    const tables = known('db.a.orders', 'db.b.orders', 'db.a.items');
    const names = (sql: string, schema?: string) => tables.candidates(sql, 'n', schema).map(({ name }) => name);
    expect(names('SELECT * FROM a.orders')).toEqual(['db.a.orders']);
    expect(names('SELECT * FROM orders', 'b')).toEqual(['db.b.orders']);
    expect(names('SELECT * FROM orders')).toEqual(['db.a.orders', 'db.b.orders']);
    expect(names('SELECT 1')).toEqual([]);
  });
});
