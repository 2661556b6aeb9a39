import { describe, expect, it } from 'vitest';
import { declaredKeys } from '../../../server/sql/declared-keys.ts';

/** `table kind(columns) → other(columns)`, with the constraint's name where it has one. */
function keys(sql: string, dialect = 'postgres', defaultSchema: string | null = null): readonly string[] {
  return declaredKeys(sql, dialect, { database: null, schema: defaultSchema }).map(
    ({ table, kind, name, columns, references }) =>
      `${table} ${name === null ? '' : `${name}: `}${kind}(${columns.join(',')})${
        references === null ? '' : ` → ${references.table}(${references.columns.join(',')})`
      }`,
  );
}

describe('the keys that DDL declares', () => {
  it('stand beside their columns', () => {
    expect(
      keys(`CREATE TABLE visits (
        id int PRIMARY KEY,
        code text DEFAULT 'a, b' UNIQUE,
        patient_id int NOT NULL REFERENCES public.patients (id) ON DELETE CASCADE,
        total int GENERATED ALWAYS AS (id * 2) STORED);`),
    ).toEqual(['visits primary(id)', 'visits unique(code)', 'visits foreign(patient_id) → public.patients(id)']);
  });

  it('stand by themselves, named or not', () => {
    expect(
      keys(`create table if not exists t (
        a int, b int, c varchar(10),
        constraint t_pk primary key (a, b),
        constraint t_other foreign key (a, b) references other (x, y) deferrable,
        foreign key (c) references third,
        check (a > 0));`),
    ).toEqual(['t t_pk: primary(a,b)', 't t_other: foreign(a,b) → other(x,y)', 't foreign(c) → third()']);
  });

  it('are added later, as dumps do', () => {
    expect(
      keys(`ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
        alter table public.orders add column shop int references shops (id), add foreign key (who) references people (id);`),
    ).toEqual([
      'public.orders orders_pkey: primary(id)',
      'public.orders foreign(shop) → shops(id)',
      'public.orders foreign(who) → people(id)',
    ]);
  });

  it('are read as MySQL and SQL Server write them', () => {
    expect(
      keys(
        'CREATE TABLE `a` (`id` int unsigned, `b_id` int, `n` varchar(9), PRIMARY KEY (`id`), UNIQUE KEY `u` (`n`(4) DESC), KEY `b` (`b_id`), CONSTRAINT `fk` FOREIGN KEY (`b_id`) REFERENCES `b` (`id`)) ENGINE=InnoDB',
        'mysql',
      ),
    ).toEqual(['a primary(id)', 'a unique(n)', 'a fk: foreign(b_id) → b(id)']);
    expect(
      keys(
        `CREATE TABLE [dbo].[Orders] ([Id] int IDENTITY(1,1), CONSTRAINT [PK_O] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]);
         ALTER TABLE [dbo].[Orders] WITH CHECK ADD CONSTRAINT [FK_1] FOREIGN KEY([ShopId]) REFERENCES [dbo].[Shops] ([Id])`,
        'tsql',
      ),
    ).toEqual(['dbo.Orders PK_O: primary(Id)', 'dbo.Orders FK_1: foreign(ShopId) → dbo.Shops(Id)']);
  });

  it('bear full names where a schema is understood', () => {
    expect(keys('CREATE TABLE a (b int REFERENCES c (d))', 'postgres', 'shop')).toEqual([
      'shop.a foreign(b) → shop.c(d)',
    ]);
  });

  it.each([
    ['words in a text', "INSERT INTO t VALUES ('CREATE TABLE x (a int PRIMARY KEY)');"],
    ['words in a comment', '-- CREATE TABLE x (a int PRIMARY KEY)\nSELECT 1'],
    ['a check', 'CREATE TABLE t (a int, CHECK (a IN (1, 2)), CONSTRAINT c CHECK (a > 0)) -- unique'],
    ['an index of a view', 'CREATE UNIQUE INDEX i ON t (a); CREATE VIEW v AS SELECT 1 AS "references"'],
    ['an expression', 'CREATE TABLE t (a text, UNIQUE ((lower(a))))'],
    ['columns that are called like that', 'CREATE TABLE t (key text, "primary key" text, "references" int)'],
  ])('are none in %s', (_what, sql) => {
    expect(keys(sql)).toEqual([]);
  });

  it.each([
    'CREATE TABLE',
    'CREATE TABLE t (a int PRIMARY KEY',
    'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES',
    'CREATE TABLE t (a int REFERENCES (b))',
    'ALTER TABLE PRIMARY KEY UNIQUE (((',
    "CREATE TABLE t (a text DEFAULT 'x PRIMARY KEY",
  ])('never fail for what breaks off: %s', (sql) => {
    expect(() => keys(sql)).not.toThrow();
  });

  it('are found behind a statement that is not understood', () => {
    expect(keys('CREATE TABLE ; CREATE TABLE t (a int PRIMARY KEY)')).toEqual(['t primary(a)']);
  });
});
