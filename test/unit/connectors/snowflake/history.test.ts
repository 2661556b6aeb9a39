import { afterEach, describe, expect, it } from 'vitest';
import type { SourceMessage } from '../../../../server/model/document.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import type { FakeAccount, FakeRow } from '../../../fake/snowflake-account.ts';
import { startFakeSnowflake } from '../../../fake/snowflake-server.ts';
import { gapLines, jobsOf, lastCursor, readAll } from '../../../connector-messages.ts';
import { connectTo, smallAccount, token } from './session.ts';

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serve(account: FakeAccount): Promise<string> {
  const server = await startFakeSnowflake(account, { token });
  servers.push(server);
  return server.url;
}

const noon = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
const shape = 'a1b2c3d4e5f60718a1b2c3d4e5f60718';

function statement(more: Readonly<Record<string, FakeRow[string]>> = {}): FakeRow {
  return {
    query_id: '01b2-0000',
    shape,
    text: "insert into MART.LETTERS select EMAIL from SALES.CUSTOMERS where NAME = 'canary-ada'",
    type: 'INSERT',
    database_name: 'SHOP',
    schema_name: 'MART',
    day: '2026-11-21',
    started_ms: noon - 5 * hour,
    runs: 3,
    modified: JSON.stringify([
      {
        objectDomain: 'Table',
        objectName: 'SHOP.MART.LETTERS',
        columns: [
          {
            columnName: 'TO',
            directSources: [{ objectDomain: 'Table', objectName: 'SHOP.SALES.CUSTOMERS', columnName: 'EMAIL' }],
            baseSources: [],
          },
        ],
      },
    ]),
    accessed: JSON.stringify([
      { objectDomain: 'Table', objectName: 'SHOP.SALES.CUSTOMERS' },
      { objectDomain: 'Stage', objectName: 'SHOP.SALES.FILES' },
    ]),
    policies: JSON.stringify([
      {
        objectDomain: 'Table',
        objectName: 'SHOP.SALES.CUSTOMERS',
        columns: [
          { columnName: 'EMAIL', policies: [{ policyName: 'GOV.POLICIES.MASK_EMAIL', policyKind: 'MASKING_POLICY' }] },
        ],
      },
    ]),
    ...more,
  };
}
const historyJobs = (messages: readonly SourceMessage[]) => jobsOf(messages).filter(({ kind }) => kind === 'query');
const observed = (messages: readonly SourceMessage[], measure: string) =>
  messages.flatMap((message) =>
    message.type === 'observation' && message.measure === measure
      ? [`${message.name.name} ${message.day} ${message.count}`]
      : [],
  );

describe('the statements that ran', () => {
  it('become jobs with their text, what they read and wrote, column by column, and the policies in force', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement()]);
    const [job] = historyJobs(await readAll(connectTo(await serve(account))));
    expect(job).toMatchObject({
      name: `SHOP.QUERY_HISTORY.${shape}`,
      inputs: [{ name: 'SHOP.SALES.CUSTOMERS' }],
      outputs: [{ name: 'SHOP.MART.LETTERS' }],
      statements: [{ dialect: 'snowflake', defaultDatabase: 'SHOP', defaultSchema: 'MART' }],
      edges: [
        {
          from: { dataset: { name: 'SHOP.SALES.CUSTOMERS' }, field: ['EMAIL'] },
          to: { dataset: { name: 'SHOP.MART.LETTERS' }, field: ['TO'] },
          kind: 'TRANSFORMATION',
          effect: 'unknown',
          weak: true,
        },
      ],
      facets: {
        'snowflake.policiesInForce': [
          {
            object: 'SHOP.SALES.CUSTOMERS',
            column: 'EMAIL',
            policy: 'GOV.POLICIES.MASK_EMAIL',
            kind: 'MASKING_POLICY',
          },
        ],
      },
    });
  });

  it('are one job for each form, whatever day they ran, and counted by day', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [
      statement(),
      statement({ query_id: '01b2-0001', day: '2026-11-20', started_ms: noon - 26 * hour, runs: 7 }),
      statement({ query_id: '01b2-0002', shape: 'ffffffffffffffff0000000000000000' }),
    ]);
    const messages = await readAll(connectTo(await serve(account)));
    expect(historyJobs(messages)).toHaveLength(2);
    expect(observed(messages, 'runs')).toEqual([
      `SHOP.QUERY_HISTORY.${shape} 2026-11-21 3`,
      `SHOP.QUERY_HISTORY.${shape} 2026-11-20 7`,
      'SHOP.QUERY_HISTORY.ffffffffffffffff0000000000000000 2026-11-21 3',
    ]);
  });

  it('are asked for once: from where the last read ended, up to as late as the views may be', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement({ started_ms: noon - 2 * hour })]);
    account.usage.set('READS', [
      { name: 'SHOP.SALES.CUSTOMERS', day: '2026-11-21', reads: 12, users: 3, last_ms: noon - 4 * hour },
    ]);
    const url = await serve(account);
    const first = await readAll(connectTo(url));
    expect(historyJobs(first)).toEqual([]);
    expect(observed(first, 'usage')).toEqual(['SHOP.SALES.CUSTOMERS 2026-11-21 12']);
    const later = { now: () => noon + 2 * hour };
    account.now = later.now();
    const second = await readAll(connectTo(url, {}, later), { kind: 'since', at: lastCursor(first) });
    expect(historyJobs(second)).toHaveLength(1);
    expect(observed(second, 'usage')).toEqual([]);
    const third = await readAll(connectTo(url, {}, later), { kind: 'since', at: lastCursor(second) });
    expect(historyJobs(third)).toEqual([]);
  });

  it('are placed by the clock of the account: ours may be wrong', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement()]);
    const fast = { now: () => noon + 400 * 24 * hour };
    expect(historyJobs(await readAll(connectTo(await serve(account), {}, fast)))).toHaveLength(1);
  });

  it('stay: their scope is never completed, so that a window that moves on retires nothing', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement()]);
    const messages = await readAll(connectTo(await serve(account)));
    expect(messages.some((message) => message.type === 'scope-complete' && message.scope === ':account')).toBe(false);
  });

  it('are cut at maxQueries, and the rest is a gap', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [
      statement({ shape: '0000000000000000', started_ms: noon - 6 * hour }),
      statement({ shape: '1111111111111111', started_ms: noon - 5 * hour }),
    ]);
    const messages = await readAll(connectTo(await serve(account), { maxQueries: 1 }));
    expect(historyJobs(messages).map(({ native }) => native?.id)).toEqual(['1111111111111111']);
    expect(gapLines(messages)).toContain(':account: not-read statements that ran');
  });

  it('come without accesses where the account has none to show, and the gap names edition and grant', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement()]);
    account.usage.delete('ACCESS_HISTORY');
    const messages = await readAll(connectTo(await serve(account)));
    const [job] = historyJobs(messages);
    expect(job?.statements).toHaveLength(1);
    expect(job?.edges).toBeUndefined();
    const gap = messages.find((message) => message.type === 'gap' && message.gap.what.includes('ACCESS_HISTORY'));
    expect(gap).toMatchObject({
      gap: {
        reason: 'no-rights',
        detail: expect.stringMatching(
          /Enterprise edition on; where it can be seen it is up to 3 hours late/u,
        ) as string,
        remedy: expect.stringContaining('GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER TO ROLE "LEXLINE";') as string,
      },
    });
  });

  it('are not asked of views that the Standard edition lacks, and the gaps say so', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [statement()]);
    const messages = await readAll(connectTo(await serve(account), { edition: 'standard' }));
    expect(historyJobs(messages)).toHaveLength(1);
    expect(account.asked.some((sql) => /ACCESS_HISTORY|TAG_REFERENCES|POLICY_REFERENCES/u.test(sql))).toBe(false);
    expect(gapLines(messages).filter((gap) => gap.startsWith(':account: unsupported'))).toHaveLength(3);
  });

  it('keep what ACCESS_HISTORY saw where the text was cut, and the text where that is not as documented', async () => {
    const account = smallAccount();
    account.usage.set('QUERY_HISTORY', [
      statement({ text: `insert into T select '${'x'.repeat(100_000)}'` }),
      statement({ shape: '2222222222222222', modified: '{"neither": "list"}' }),
    ]);
    const messages = await readAll(connectTo(await serve(account)));
    const [long, odd] = historyJobs(messages);
    expect([long?.statements, long?.edges?.length]).toEqual([undefined, 1]);
    expect([odd?.statements?.length, odd?.edges]).toEqual([1, undefined]);
    expect(gapLines(messages).filter((gap) => gap.startsWith(':account'))).toEqual([
      `:account: unparsed-sql statement of SHOP.QUERY_HISTORY.${shape}`,
      ':account: not-read what statement SHOP.QUERY_HISTORY.2222222222222222 read and wrote',
    ]);
  });

  it('that read a stream come from the table behind it', async () => {
    const account = smallAccount();
    const modified = JSON.stringify([
      {
        objectDomain: 'Table',
        objectName: 'SHOP.MART."my letters"',
        columns: [
          {
            columnName: 'to',
            directSources: [{ objectDomain: 'Stream', objectName: 'SHOP.SALES.CHANGES', columnName: 'EMAIL' }],
            baseSources: [{ objectDomain: 'Table', objectName: 'SHOP.SALES.CUSTOMERS', columnName: 'EMAIL' }],
          },
        ],
      },
    ]);
    account.usage.set('QUERY_HISTORY', [statement({ modified })]);
    const [job] = historyJobs(await readAll(connectTo(await serve(account))));
    expect(job?.edges).toMatchObject([
      {
        from: { dataset: { name: 'SHOP.SALES.CUSTOMERS' } },
        to: { dataset: { name: 'SHOP.MART.my letters' }, field: ['to'] },
      },
    ]);
  });
});
