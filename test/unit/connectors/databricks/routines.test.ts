import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../fake/databricks-metastore.ts';
import { gapsOf, jobsByName } from '../../../connector-messages.ts';
import { readOf, smallMetastore } from './session.ts';

describe('functions and procedures', () => {
  it('makes jobs of functions in SQL, and gaps of those in another language', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'sales').functions.push({
      name: 'guess',
      routine_body: 'EXTERNAL',
      external_language: 'Python',
      routine_definition: 'return "canary-7Q"',
    });
    const messages = await readOf(metastore);
    expect(jobsByName(messages).get('main.sales.function:hide_email')?.statements?.[0]?.sql).toBe(
      "CREATE FUNCTION `main`.`sales`.`hide_email`(`email` string) RETURNS STRING RETURN CASE WHEN is_account_group_member('support') THEN email ELSE sha2(email, 256) END",
    );
    expect(jobsByName(messages).has('main.sales.function:guess')).toBe(false);
    expect(gapsOf(messages)).toContainEqual(
      expect.objectContaining({
        what: 'function main.sales.guess',
        detail: expect.stringContaining('Python') as string,
      }),
    );
  });

  it('makes the statement of a function that gives a table, and of one that is kept whole', async () => {
    const metastore = smallMetastore();
    schemaOf(metastore, 'main', 'sales').functions.push(
      {
        name: 'recent',
        routine_body: 'SQL',
        data_type: 'TABLE_TYPE',
        routine_definition: 'RETURN SELECT id FROM main.sales.orders WHERE id > since',
        input_params: {
          parameters: [
            { name: 'b', type_text: 'int', position: 1 },
            { name: 'since', type_text: 'bigint', position: 0 },
          ],
        },
        return_params: { parameters: [{ name: 'id', type_text: 'bigint', position: 0 }] },
      },
      { name: 'whole', routine_body: 'SQL', routine_definition: 'CREATE FUNCTION whole() RETURNS INT RETURN 1' },
      { name: 'hidden', routine_body: 'SQL' },
    );
    const messages = await readOf(metastore);
    const textOf = (name: string) => jobsByName(messages).get(`main.sales.function:${name}`)?.statements?.[0]?.sql;
    expect(textOf('recent')).toBe(
      'CREATE FUNCTION `main`.`sales`.`recent`(`since` bigint, `b` int) RETURNS TABLE (`id` bigint) RETURN SELECT id FROM main.sales.orders WHERE id > since',
    );
    expect(textOf('whole')).toBe('CREATE FUNCTION whole() RETURNS INT RETURN 1');
    expect(textOf('hidden')).toBeUndefined();
    expect(gapsOf(messages).map(({ what }) => what)).toEqual(['the text of function sales.hidden']);
  });

  it('reads procedures with their parameters from the information schema', async () => {
    const metastore = smallMetastore();
    const row = (specific_name: string, more: object) => ({
      routine_schema: 'sales',
      specific_name,
      routine_name: specific_name,
      routine_body: 'SQL',
      external_language: null,
      definition: 'BEGIN INSERT INTO main.mart.copy SELECT id FROM main.sales.orders; END',
      comment: 'nightly',
      parameter_name: null,
      parameter_type: null,
      parameter_mode: null,
      ...more,
    });
    metastore.procedures['main'] = [
      row('load', { parameter_name: 'since', parameter_type: 'DATE', parameter_mode: 'IN' }),
      row('load', { parameter_name: 'n', parameter_type: 'INT', parameter_mode: 'OUT' }),
      row('other', { routine_body: 'EXTERNAL', external_language: 'Python' }),
    ];
    const messages = await readOf(metastore);
    expect(jobsByName(messages).get('main.sales.procedure:load')).toMatchObject({
      kind: 'procedure',
      description: 'nightly',
      statements: [
        {
          sql: 'CREATE PROCEDURE `main`.`sales`.`load`(`since` DATE, OUT `n` INT) LANGUAGE SQL AS BEGIN INSERT INTO main.mart.copy SELECT id FROM main.sales.orders; END',
        },
      ],
    });
    expect(gapsOf(messages)).toMatchObject([{ what: 'procedure main.sales.other' }]);
  });
});
