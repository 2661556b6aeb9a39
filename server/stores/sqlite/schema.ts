/** Version of the tables below; kept in `PRAGMA user_version`. */
export const schemaVersion = 6;

/** The end of a row that is still alive. */
export const INF = 2147483647;

/** What version 2 added: staged documents are read by scope when a scope completes. */
export const stagedByScope = 'CREATE INDEX staged_scope ON staged(run, scope, key);';

/**
 * What version 3 added: words of a description belong to the row of the fact that holds it (in `entity_text` under the negative
 * id, names under the entity's own), so that a search sees a description only where it stands; each ledger entry keeps the hash
 * of its leaf, so that a changed entry can be named.
 */
export const wordsByFactAndLeaves = `
CREATE TABLE described(id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, source INTEGER NOT NULL, from_rev INTEGER NOT NULL,
  UNIQUE(entity, source, from_rev));
CREATE INDEX described_from ON described(from_rev);
ALTER TABLE ledger_entry ADD COLUMN leaf TEXT NOT NULL DEFAULT '';
CREATE INDEX state_expires ON state_record(expires) WHERE expires IS NOT NULL;
CREATE INDEX observed_at ON observed_batch(at);
`;

/** What version 4 added: revisions that can be read below the retention floor. */
export const keptBelowFloor = "ALTER TABLE head ADD COLUMN kept TEXT NOT NULL DEFAULT '[]';";

/** What version 5 changed: the index holds words as we split and fold them, as every engine's does, and only takes them apart at spaces. */
export const wordsAsTheyAre = `DROP TABLE entity_text;
CREATE VIRTUAL TABLE entity_text USING fts5(text, content='', contentless_delete=1, detail=none, tokenize="ascii");
`;

/** The tables of version 1. Rows of revisioned tables live in `[from_rev, to_rev)`. */
export const tablesOfVersion1 = `
CREATE TABLE head(
  one INTEGER PRIMARY KEY CHECK (one = 1), published INTEGER NOT NULL, published_at TEXT,
  open INTEGER, open_run TEXT, open_cause TEXT, open_actor_kind TEXT, open_actor TEXT,
  token INTEGER NOT NULL, holder TEXT, lease_until INTEGER NOT NULL, floor INTEGER NOT NULL);
INSERT INTO head VALUES (1, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, 0);
CREATE TABLE revision(n INTEGER PRIMARY KEY, published_at TEXT NOT NULL UNIQUE, run TEXT NOT NULL, cause TEXT NOT NULL,
  actor_kind TEXT NOT NULL, actor TEXT NOT NULL);
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, connector TEXT NOT NULL, mode TEXT NOT NULL,
  precedence INTEGER NOT NULL, managed INTEGER NOT NULL);

CREATE TABLE entity(id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, parent INTEGER,
  namespace TEXT NOT NULL, name TEXT NOT NULL, path TEXT);
CREATE INDEX entity_name ON entity(kind, namespace, name, path);
CREATE INDEX entity_plain_name ON entity(kind, name);
CREATE INDEX entity_parent ON entity(parent, path) WHERE parent IS NOT NULL;
CREATE VIRTUAL TABLE entity_text USING fts5(text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

CREATE TABLE doc(source INTEGER NOT NULL, entity INTEGER NOT NULL, kind INTEGER NOT NULL, scope TEXT NOT NULL, digest TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(source, entity, from_rev)) WITHOUT ROWID;
CREATE INDEX doc_scope ON doc(source, scope, to_rev, entity);
CREATE TABLE fact(entity INTEGER NOT NULL, source INTEGER NOT NULL, facet TEXT NOT NULL, doc INTEGER NOT NULL, body TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(entity, source, facet, from_rev)) WITHOUT ROWID;
CREATE INDEX fact_native ON fact(source, json_extract(body, '$.id')) WHERE facet = 'native';
CREATE TABLE edge(src INTEGER NOT NULL, dst INTEGER NOT NULL, kind INTEGER NOT NULL, job INTEGER NOT NULL, fn TEXT NOT NULL,
  source INTEGER NOT NULL, from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, doc INTEGER NOT NULL, effect INTEGER NOT NULL,
  masking INTEGER NOT NULL, stmt TEXT, conf REAL NOT NULL,
  PRIMARY KEY(src, dst, kind, job, fn, source, from_rev)) WITHOUT ROWID;
CREATE INDEX edge_out ON edge(src, to_rev, from_rev, dst, kind);
CREATE INDEX edge_in ON edge(dst, to_rev, from_rev, src, kind);
CREATE INDEX edge_doc ON edge(doc, source) WHERE to_rev = 2147483647;
CREATE TABLE alias(namespace TEXT NOT NULL, name TEXT NOT NULL, entity INTEGER NOT NULL, source INTEGER NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(namespace, name, entity, source, from_rev)) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias(entity, source);
CREATE TABLE evidence(field INTEGER NOT NULL, source INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(field, source, from_rev)) WITHOUT ROWID;
CREATE TABLE verdict(field INTEGER NOT NULL, decider TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(field, decider, category, from_rev)) WITHOUT ROWID;
CREATE TABLE derived(field INTEGER NOT NULL, category TEXT NOT NULL, treatment TEXT NOT NULL, body TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(field, category, treatment, from_rev)) WITHOUT ROWID;
CREATE TABLE entered(entity INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL, PRIMARY KEY(entity, kind, from_rev)) WITHOUT ROWID;
CREATE TABLE statement(id TEXT PRIMARY KEY, dialect TEXT NOT NULL, normalised TEXT NOT NULL) WITHOUT ROWID;
${['doc', 'fact', 'edge', 'alias', 'evidence', 'verdict', 'derived', 'entered']
  .map(
    (table) => `CREATE INDEX ${table}_from ON ${table}(from_rev);
CREATE INDEX ${table}_to ON ${table}(to_rev) WHERE to_rev < 2147483647;`,
  )
  .join('\n')}

CREATE TABLE ledger_entry(seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind TEXT NOT NULL, actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL, at TEXT NOT NULL, subject TEXT, body TEXT NOT NULL);
CREATE INDEX ledger_subject ON ledger_entry(subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX ledger_kind ON ledger_entry(kind, seq);
CREATE TABLE ledger_batch(batch INTEGER PRIMARY KEY, at TEXT NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  root TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL, revision INTEGER);

CREATE TABLE state_lease(name TEXT PRIMARY KEY, holder TEXT, token INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE staged(run TEXT NOT NULL, key TEXT NOT NULL, scope TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY(run, key)) WITHOUT ROWID;
CREATE TABLE state_record(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
  updated_at TEXT NOT NULL, expires TEXT, UNIQUE(kind, key));
CREATE TABLE chunk(artefact TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(artefact, position));
CREATE TABLE observation(uid TEXT NOT NULL, measure TEXT NOT NULL, day TEXT NOT NULL, count REAL NOT NULL, last TEXT NOT NULL,
  body TEXT, PRIMARY KEY(uid, measure, day)) WITHOUT ROWID;
CREATE TABLE observed_batch(batch TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE collection(name TEXT PRIMARY KEY, dimensions INTEGER) WITHOUT ROWID;
CREATE TABLE collection_alias(alias TEXT PRIMARY KEY, collection TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passage(id INTEGER PRIMARY KEY, collection TEXT NOT NULL, passage TEXT NOT NULL, regulation TEXT NOT NULL,
  edition TEXT NOT NULL, language TEXT NOT NULL, kind TEXT NOT NULL, valid_from TEXT, valid_to TEXT, body TEXT NOT NULL,
  vector BLOB, UNIQUE(collection, passage));
CREATE VIRTUAL TABLE passage_text USING fts5(search, text, tokenize="porter unicode61 remove_diacritics 2");
`;

/** Makes a store of the present version from an empty file. */
export const tables = `${tablesOfVersion1}${stagedByScope}${wordsByFactAndLeaves}${keptBelowFloor}${wordsAsTheyAre}`;
