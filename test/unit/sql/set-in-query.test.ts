import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What reaches the columns of a table, as `column<-column effect`. */
function edges(dialect: string, sql: string, table = 'o'): string[] {
  const schema = { u: { id: 'int', mail: 'text' } };
  const { columns, unresolved } = analyseSql({ dialect, sql, schema }, null);
  const into = columns.filter(({ down }) => down.table === table);
  const found = into.map(({ up, down, effect }) => `${down.column}<-${up.column} ${effect}`);
  return [...found.toSorted(), ...unresolved];
}

// Sources: "User-Defined Variables" (MySQL), "SELECT @local_variable" (T-SQL).
describe('a variable that a query sets', () => {
  it.each(['mysql', 'mariadb'])('is set by := anywhere in it in %s', (dialect) => {
    expect(edges(dialect, 'select @m := mail from u; insert into o (m) values (@m)')).toEqual(['m<-mail keep']);
    expect(edges(dialect, 'select @a := id, @b := md5(mail) from u; insert into o (a, b) select @a, @b')).toEqual([
      'a<-id keep',
      'b<-mail hash',
    ]);
    expect(edges(dialect, "select concat(@m := mail, 'x') from u; insert into o (m) values (@m)")).toEqual([
      'm<-mail keep',
    ]);
    expect(edges(dialect, 'select 1 from u where (@m := mail) is not null; insert into o (m) values (@m)')).toEqual([
      'm<-mail keep',
    ]);
    expect(edges(dialect, 'update t set a = (@m := b); insert into o (m) values (@m)')).toEqual(['m<-b keep']);
    expect(edges(dialect, 'insert into o (m) select (@m := mail) from u')).toEqual(['m<-mail keep']);
  });

  it('holds in the next row what the row before left in it', () => {
    expect(edges('mysql', 'insert into o (a, b) select @p, @p := mail from u order by id')).toEqual([
      'a<-mail keep',
      'b<-mail keep',
    ]);
    expect(edges('tsql', 'select @a = @b, @b = mail from u; insert o (a) values (@a)')).toEqual(['a<-mail keep']);
  });

  it('is no argument by name', () => {
    expect(edges('postgres', 'insert into o (a) select concat_ws(sep := id::text) from u')).toEqual(['a<-id keep']);
  });
});
