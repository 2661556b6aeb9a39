import { describe, expect, it } from 'vitest';
import { withTriggerRows } from '../../../../connectors/postgres/trigger-rows.ts';

const look = (row: string, column: string) => `(select "${row}"."${column}" from "shop"."customers" "${row}")`;

describe("a trigger function's rows", () => {
  it.each([
    ['insert into log values (new.email)', `insert into log values (${look('new', 'email')})`],
    [
      'insert into log select OLD.Email, NEW."E-Mail"',
      `insert into log select ${look('OLD', 'email')}, ${look('NEW', 'E-Mail')}`,
    ],
    [
      'if new.a = old.a then return new; end if;',
      `if ${look('new', 'a')} = ${look('old', 'a')} then return new; end if;`,
    ],
    ['begin new.total := new.a; end', `begin new.total := ${look('new', 'a')}; end`],
    ['begin x := 1; new.total = 2; end', 'begin x := 1; new.total = 2; end'],
    [
      'select case when a then new.x else new.y end',
      `select case when a then ${look('new', 'x')} else ${look('new', 'y')} end`,
    ],
  ])('%s reads the table', (sql, expected) => {
    expect(withTriggerRows(sql, 'shop', 'customers')).toBe(expected);
  });

  it.each(['select renew.email from renew', 'select t.new.email from t', 'return new;', 'values (new.*)'])(
    '%s stays',
    (sql) => {
      expect(withTriggerRows(sql, 'shop', 'customers')).toBe(sql);
    },
  );
});
