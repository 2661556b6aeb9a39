import { describe, expect, it } from 'vitest';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';

const wide = (columns: number): string =>
  `insert into z select ${Array.from({ length: columns }, (_, at) => `lower(a${at})`).join(', ')} from t`;

describe('the engine', () => {
  it('gives a text up at its deadline, answers the next, and says so', async () => {
    const engine = createSqlEngine({ workers: 1, deadlineMs: 1 });
    // So much that it is not done when this thread, held up, looks at the clock late.
    const late = await engine.lineage({ dialect: 'postgres', sql: wide(400_000) });
    expect(late.error).toEqual({ code: 'DEADLINE_EXCEEDED', message: 'not done within 1 ms: the text was given up' });
    expect(late.parseStatus).toBe('failed');
    await engine.close();
    const patient = createSqlEngine({ workers: 1, deadlineMs: 100_000 });
    const [first, second] = await Promise.all([
      patient.lineage({ dialect: 'postgres', sql: wide(20_000) }),
      patient.lineage({ dialect: 'postgres', sql: 'insert into t select a from s' }),
    ]);
    expect(first.columns).toHaveLength(20_000);
    expect(second.columns).toHaveLength(1);
    await patient.close();
  });

  it('answers many texts over several workers, each with its own answer', async () => {
    const engine = createSqlEngine({ workers: 2 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        engine.lineage({ dialect: 'postgres', sql: `insert into t${at} select a from s${at}` }),
      ),
    );
    expect(answers.map((answer) => answer.outTables[0])).toEqual(Array.from({ length: 40 }, (_, at) => `t${at}`));
    await engine.close();
  });

  it('gives the same answer for the same text, and another one under another schema', async () => {
    const engine = createSqlEngine({ workers: 1 });
    const sql = 'insert into t select * from s';
    const one = await engine.lineage({ dialect: 'postgres', sql, schema: { s: { a: 'int' } } });
    const two = await engine.lineage({ dialect: 'postgres', sql, schema: { s: { b: 'int' } } });
    const schema = { s: { a: 'int' } };
    const three = await engine.lineage({ dialect: 'postgres', sql, schema });
    const four = await engine.lineage({ dialect: 'postgres', sql, schema });
    expect(one.columns[0]?.up.column).toBe('a');
    expect(two.columns[0]?.up.column).toBe('b');
    expect(three).toEqual(one);
    expect(four).toBe(three);
    await engine.close();
  });

  it('refuses an aborted caller and texts after it was closed', async () => {
    const engine = createSqlEngine({ workers: 1 });
    await expect(
      engine.lineage({ dialect: 'ansi', sql: 'select 1' }, AbortSignal.abort(new Error('enough'))),
    ).rejects.toThrow('enough');
    await engine.close();
    await expect(engine.lineage({ dialect: 'ansi', sql: 'select a from b' })).rejects.toMatchObject({
      code: 'SQL_FAILED',
    });
  });

  it('asks the second parser about what our own does not wholly understand', async () => {
    const engine = createSqlEngine({ workers: 1, deadlineMs: 100_000 });
    const answer = await engine.lineage({
      dialect: 'postgres',
      sql: 'insert into t select a from s flub; insert into u select b from r',
    });
    expect(answer.outTables).toContain('u');
    await engine.close();
  });

  it('closes while a worker waits for the second parser, and gives it to the workers that follow', async () => {
    const sql = 'insert into t select a from s flub; insert into u select b from r';
    for (let round = 0; round < 3; round += 1) {
      const engine = createSqlEngine({ workers: 2, deadlineMs: 100_000 });
      await engine.lineage({ dialect: 'postgres', sql: 'select a from b' });
      const left = engine.lineage({ dialect: 'postgres', sql }).then(
        () => 'answered',
        ({ code }) => code,
      );
      await new Promise((resolve) => setTimeout(resolve, 20 * round));
      await engine.close();
      expect(['answered', 'SQL_FAILED']).toContain(await left);
    }
    const engine = createSqlEngine({ workers: 2, deadlineMs: 100_000 });
    const answers = await Promise.all(
      [1, 2, 3, 4].map((at) => engine.lineage({ dialect: 'postgres', sql: `${sql} -- ${at}` })),
    );
    for (const { outTables } of answers) expect(outTables).toContain('u');
    await engine.close();
  });
});
