import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/**
 * T-SQL asks for a semicolon only before WITH and behind MERGE ("Transact-SQL syntax conventions"): each of these may stand on
 * the line before any other statement.
 */
const before = [
  'SET NOCOUNT ON',
  'SET IDENTITY_INSERT dbo.X OFF',
  'SET ANSI_NULLS, QUOTED_IDENTIFIER ON',
  'SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED',
  'SET ROWCOUNT 0',
  'SET @x += 1',
  "DECLARE @a INT = 1, @b VARCHAR(10) = 'x'",
  'DECLARE @t TABLE (id INT, m VARCHAR(9))',
  'DECLARE c CURSOR FOR SELECT a FROM z',
  'OPEN c',
  'FETCH NEXT FROM c INTO @a',
  'CLOSE c',
  'DEALLOCATE c',
  'BEGIN TRAN',
  'COMMIT',
  "PRINT 'x'",
  "RAISERROR('x', 10, 1) WITH NOWAIT",
  "EXEC dbo.p @a = 1, @b = 'x'",
  "EXECUTE sp_executesql @sql, N'@a int', @a = 1",
  "IF OBJECT_ID('t') IS NOT NULL DROP TABLE t",
  'WHILE @i < 3 SET @i += 1',
  'BEGIN TRY SELECT 1 END TRY BEGIN CATCH THROW END CATCH',
  'TRUNCATE TABLE z',
  'CREATE TABLE #z (id INT NOT NULL PRIMARY KEY)',
  'CREATE TABLE z (id INT REFERENCES y (id) ON DELETE CASCADE) ON [PRIMARY]',
  'CREATE CLUSTERED INDEX ix ON #z (id) WITH (FILLFACTOR = 90)',
  'ALTER TABLE z ADD c INT',
  'ALTER TABLE z NOCHECK CONSTRAINT ALL',
  'ALTER INDEX ALL ON z REBUILD',
  'UPDATE STATISTICS z',
  'SELECT @a = COUNT(*) FROM z',
  'SELECT a INTO #q FROM z',
  'SELECT a FROM z FOR XML PATH',
  'WITH c AS (SELECT a FROM z) SELECT a FROM c',
  'DELETE z FROM z JOIN y ON y.a = z.a',
  'UPDATE z SET a = 1 WHERE b = 2',
  'INSERT INTO z (a) VALUES (1), (2)',
  'INSERT INTO z EXEC dbo.p',
  'MERGE z USING y ON z.a = y.a WHEN MATCHED THEN UPDATE SET z.b = y.b;',
  "BULK INSERT z FROM 'f.csv' WITH (FIRSTROW = 2)",
  'GRANT SELECT ON z TO u',
];

const after = [
  'INSERT INTO dw.T (a) SELECT b FROM src.S',
  'UPDATE t SET t.a = s.b FROM dw.T t JOIN src.S s ON s.i = t.i',
  'MERGE dw.T AS t USING src.S AS s ON s.i = t.i WHEN MATCHED THEN UPDATE SET t.a = s.b;',
  'SELECT b AS a INTO dw.T FROM src.S',
  'DELETE t OUTPUT deleted.b INTO dw.T (a) FROM src.S t',
  "EXEC('INSERT INTO dw.T (a) SELECT b FROM src.S')",
  'IF @z = 1 INSERT INTO dw.T (a) SELECT b FROM src.S',
  'DECLARE @v INT SELECT @v = b FROM src.S INSERT INTO dw.T (a) VALUES (@v)',
  'SET @v = (SELECT b FROM src.S) INSERT INTO dw.T (a) VALUES (@v)',
];

function feeds(sql: string): boolean {
  const { columns } = analyseSql({ dialect: 'tsql', sql }, null);
  return columns.some(({ down, up }) => down.table === 'dw.T' && down.column === 'a' && up.table === 'src.S');
}

describe('a statement of T-SQL without a semicolon before it is read', () => {
  it.each(before)('behind %s', (first) => {
    for (const second of after) expect(feeds(`${first}\n${second}`), second).toBe(true);
  });

  it.each(before)('in a procedure, behind %s', (first) => {
    for (const second of after)
      expect(feeds(`CREATE PROCEDURE dbo.pp AS\nBEGIN\n${first}\n${second}\nEND`), second).toBe(true);
  });

  it('but a view over CTEs and the query of a created table stay one statement', () => {
    expect(feeds('CREATE VIEW dw.T AS WITH q AS (SELECT b AS a FROM src.S) SELECT a FROM q')).toBe(true);
    expect(feeds('CREATE TABLE dw.T WITH (DISTRIBUTION = HASH(a)) AS SELECT b AS a FROM src.S')).toBe(true);
  });
});
