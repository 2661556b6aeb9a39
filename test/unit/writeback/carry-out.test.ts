import { describe, expect, it } from 'vitest';
import { LexlineError, type ErrorCode } from '../../../server/base/errors.ts';
import type { SourceTag } from '../../../server/model/document.ts';
import type { DirectTagWriter } from '../../../server/model/tag-writing.ts';
import type { Ledger, LedgerEntry } from '../../../server/stores/ledger/ledger.ts';
import type { StateStore } from '../../../server/stores/state/state-store.ts';
import { carryOut } from '../../../server/writeback/carry-out.ts';
import type { WriteBackChange } from '../../../server/writeback/change.ts';

const at = '2026-01-01T00:00:00.000Z';
const actor = { kind: 'process', id: 'sync' } as const;
const addTo = (column: string): WriteBackChange => ({
  id: column,
  source: 'lake',
  action: 'add',
  target: { uid: column, dataset: { namespace: 'n', name: 't' }, field: [column], facets: {} },
  tag: 'pii',
  because: null,
  waitsFor: null,
  policies: [],
  status: 'proposed',
  detail: '',
  plannedAt: at,
  changedAt: at,
  actor,
});

/** Writes the changes of some columns to a source that fails at those that are named. */
async function carry(columns: readonly string[], failing: Readonly<Record<string, ErrorCode>>, limit?: number) {
  const tags = new Map<string, readonly SourceTag[]>();
  const entries: LedgerEntry[] = [];
  const nothing = async (): Promise<void> => {};
  const writer: DirectTagWriter = {
    kind: 'direct',
    tables: true,
    tagFor: (ours) => ours,
    steps: () => [],
    tagsOf: async ({ uid }) => (uid === 'gone' ? null : (tags.get(uid) ?? [])),
    policiesOf: async () => [],
    apply: async ({ target: { uid }, tag }) => {
      const code = failing[uid];
      if (code !== undefined) throw new LexlineError(code, `${uid} takes no tag`);
      tags.set(uid, uid === 'swallowed' ? [] : [{ name: tag, setBy: 'lexline' }]);
    },
  };
  const { done, stopped } = await carryOut(columns.map(addTo), {
    state: { put: nothing, remove: nothing, putAll: nothing } as unknown as StateStore,
    ledger: { append: async (more: readonly LedgerEntry[]) => entries.push(...more) } as unknown as Ledger,
    book: { put: nothing, get: async () => null, all: async () => [] },
    writer,
    actor,
    at,
    signal: new AbortController().signal,
    ...(limit === undefined ? {} : { limit }),
  });
  return {
    outcomes: done.map(({ id, status }) => `${id} ${status}`),
    details: done.map(({ detail }) => detail),
    until: done.map(({ refusal }) => refusal?.until.slice(0, 10) ?? null),
    stopped,
    entries,
  };
}

describe('changes that are written one after the other', () => {
  it('go on behind one that cannot be written for what it is itself, and it is said', async () => {
    const { outcomes, details, until, stopped, entries } = await carry(['member', 'gone', 'renamed', 'email'], {
      member: 'INPUT_INVALID',
      renamed: 'NOT_FOUND',
    });
    expect(outcomes).toEqual(['member failed', 'gone failed', 'renamed failed', 'email applied']);
    expect(details[0]).toBe('[INPUT_INVALID] member takes no tag');
    expect([stopped, entries.length]).toEqual([null, 4]);
    expect(until).toEqual(['2026-01-08', '2026-01-02', '2026-01-02', null]);
  });

  it.each([
    ['refuses', { a: 'CONNECTOR_MISSING_RIGHTS' }, 'a'],
    ['does not answer', { a: 'CONNECTOR_UNAVAILABLE' }, 'a'],
    ['is given a tag that is none', { a: 'CONFIG_INVALID' }, 'a'],
    ['shows something else than was written', {}, 'swallowed'],
  ] as const)('stop where the source %s', async (_, failing, at) => {
    const { outcomes, stopped } = await carry([at, 'email'], failing);
    expect(outcomes).toHaveLength(1);
    expect(stopped).toContain(`stopped at ${at}`);
  });

  it('do not count one that cannot be written against how many may be', async () => {
    const { outcomes } = await carry(['member', 'email', 'phone'], { member: 'INPUT_INVALID' }, 1);
    expect(outcomes).toEqual(['member failed', 'email applied']);
  });
});
