import { LexlineError } from '../../base/errors.ts';
import { canonicalJson } from '../../model/json.ts';
import type { ApplyResult, Change, OpenRevision, SourceRecord } from '../graph/graph-store.ts';
import { assertDocument, retireDocument } from './document-rows.ts';
import { applyIntervalChange } from './interval-row.ts';
import type { Identities } from './identities.ts';
import { inTurns, transaction, type Connection } from './prepared.ts';
import { checkOpen } from './revisions.ts';
import { createWordWriter } from './words.ts';
import type { Write } from './write.ts';

/** Changes of one batch, at most. */
const batchLimit = 10_000;

/**
 * Applies changes to the open revision in short transactions; a large document may take several, and its own record is
 * written last. Applying a batch again, or one that was cut short, changes nothing that is done already.
 */
export function applyChanges(
  connection: Connection,
  ids: Identities,
  open: OpenRevision,
  changes: readonly Change[],
): ApplyResult {
  if (changes.length > batchLimit)
    throw new LexlineError(
      'INPUT_INVALID',
      `[stores] ${changes.length} changes in a batch; the limit is ${batchLimit}`,
    );
  const counts = { opened: 0, closed: 0 };
  try {
    const words = createWordWriter(connection);
    inTurns(connection, {
      atStart: () => checkOpen(connection, open),
      atEnd: () => words.write(),
      work: (breathe) => {
        const write: Write = { connection, ids, words, n: open.n, counts, breathe };
        for (const change of changes) {
          applyChange(write, change);
          breathe();
        }
      },
    });
  } catch (error) {
    ids.forget();
    throw error;
  }
  return counts;
}

function applyChange(write: Write, change: Change): void {
  switch (change.type) {
    case 'assert':
      assertDocument(write, change.source, change.scope, change.document);
      return;
    case 'retire':
      retireDocument(write, change.source, change.uid);
      return;
    case 'name':
      write.ids.ensure(change.entity, write.words);
      return;
    case 'evidence':
      applyIntervalChange(write, {
        table: 'evidence',
        key: { field: write.ids.known(change.field), source: write.ids.source(change.source) },
        body: { digest: change.digest, body: canonicalJson(change.body) },
      });
      return;
    case 'verdict': {
      const { verdict } = change;
      applyIntervalChange(write, {
        table: 'verdict',
        key: { field: write.ids.known(verdict.field), decider: verdict.decider, category: verdict.category },
        body: { body: canonicalJson(verdict) },
      });
      return;
    }
    case 'end-verdict': {
      const field = write.ids.find(change.field);
      if (field !== undefined)
        applyIntervalChange(write, {
          table: 'verdict',
          key: { field, decider: change.decider, category: change.category },
          body: null,
        });
      return;
    }
    case 'derived': {
      const { row } = change;
      applyIntervalChange(write, {
        table: 'derived',
        key: { field: write.ids.known(row.field), category: row.category, treatment: row.treatment },
        body: { body: canonicalJson({ rank: row.rank, via: row.via, rules: row.rules }) },
      });
      return;
    }
    case 'end-derived': {
      const field = write.ids.find(change.field);
      if (field !== undefined)
        applyIntervalChange(write, {
          table: 'derived',
          key: { field, category: change.category, treatment: change.treatment },
          body: null,
        });
      return;
    }
    case 'enter': {
      const { uid, kind, body, actor } = change.entered;
      applyIntervalChange(write, {
        table: 'entered',
        key: { entity: write.ids.known(uid), kind },
        body: { body: canonicalJson({ body, actor }) },
      });
      return;
    }
    case 'end-entered': {
      const entity = write.ids.find(change.uid);
      if (entity !== undefined)
        applyIntervalChange(write, { table: 'entered', key: { entity, kind: change.kind }, body: null });
    }
  }
}

export function putSource(connection: Connection, source: SourceRecord): void {
  transaction(connection, () =>
    connection
      .sql(
        `INSERT INTO source(name, connector, mode, precedence, managed) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT(name) DO UPDATE SET connector = excluded.connector, mode = excluded.mode, precedence = excluded.precedence, managed = excluded.managed`,
      )
      .run(source.name, source.connector, source.mode, source.precedence, source.managed ? 1 : 0),
  );
}
