import { columnNames } from '../statement/place.ts';
import { lastPart } from './routines.ts';
import { splitAtCommas } from './read-arguments.ts';
import { ScriptCursor } from './script-cursor.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { ScriptState } from './script-state.ts';
import type { Session } from '../statement/session.ts';
import type { Step } from './steps.ts';

type RecordType = Extract<Step, { kind: 'record-type' }>;

/**
 * Types of records that a text declares: a row that is put into such a record bears the names of its fields, by position.
 * Source: "PL/SQL Collections and Records" (Oracle), "Composite Types" (PostgreSQL).
 */
export class RecordTypes {
  readonly #fields = new Map<string, readonly string[]>();

  define({ name, fields, of }: RecordType, session: Session): void {
    const found = of === null ? fields : this.fieldsOf(of, session);
    if (found !== null) this.#fields.set(keyOf(name), found);
  }

  /** The fields of a record, or of the records of a collection, of a type as it is written; null: it is none that is known. */
  fieldsOf(type: string, session: Session): readonly string[] | null {
    const plain = type.trim().replace(/\s+not\s+null$/i, '');
    const row = /^([\w$#".]+)%rowtype$/i.exec(plain)?.[1];
    if (row !== undefined) {
      const held = session.variables.record(row);
      const name = row.split('.').map((text) => ({ text, quoted: false }));
      return columnNames(held ?? session.look(session.nameOf(name)).rowset);
    }
    return this.#fields.get(keyOf(plain.replace(/\s*\[\s*\d*\s*\]$/, ''))) ?? null;
  }
}

function keyOf(name: string): string {
  return lastPart(name).toLowerCase().replaceAll('"', '');
}

/**
 * `name IS RECORD (a T, b T)`, `name IS TABLE OF r INDEX BY T`, `name IS VARRAY (9) OF r`, `SUBTYPE name IS r`; `text` begins
 * with the name. Other types have no fields.
 */
export function readRecordType(text: string, dialect: Dialect): readonly Step[] {
  const [, name, rest = ''] = /^\s*([\w$#".]+)\s+(?:IS|AS)\s+(.*)$/is.exec(text) ?? [];
  if (name === undefined) return [];
  const list = /^(?:(?:RECORD|OBJECT|ROW)\s*)?\((.*)\)[^()]*$/is.exec(rest)?.[1];
  if (list !== undefined) return [{ kind: 'record-type', name, fields: fieldsIn(list, dialect), of: null }];
  const of = /^(?:TABLE|(?:VARRAY|VARYING\s+ARRAY)\s*\(\s*\d+\s*\))\s+OF\s+([\w$#".]+(?:%\w+)?)/i.exec(rest)?.[1];
  const plain = of ?? /^([\w$#".]+(?:%\w+)?)\s*$/.exec(rest)?.[1];
  return plain === undefined ? [] : [{ kind: 'record-type', name, fields: [], of: plain }];
}

const noField = /^(?:MEMBER|STATIC|CONSTRUCTOR|MAP|ORDER|FINAL|OVERRIDING|NOT|PRAGMA)$/;

function fieldsIn(list: string, dialect: Dialect): readonly string[] {
  return splitAtCommas(list, dialect).flatMap((field) => {
    const cursor = new ScriptCursor(field, dialect);
    const { kind, text } = cursor.peek();
    const isField = kind === 'name' || (kind === 'word' && !noField.test(text));
    return isField && cursor.peek(1).kind !== 'end' ? [cursor.textOf(cursor.peek())] : [];
  });
}

const beforeType: ReadonlySet<string> = new Set(['OR', 'REPLACE', 'EDITIONABLE', 'NONEDITIONABLE']);

/** `CREATE TYPE name AS [OBJECT] (a T, b T)`; nothing is taken from the script. */
export function createdType({ cursor, dialect }: Pick<ScriptState, 'cursor' | 'dialect'>): readonly Step[] {
  let ahead = 1;
  while (cursor.isAny(beforeType, ahead)) ahead += 1;
  const { kind, text, end } = cursor.peek(ahead);
  if (kind !== 'word' || text !== 'TYPE') return [];
  const rest = new ScriptCursor(cursor.sql.slice(end), dialect);
  return readRecordType(
    rest.until((at) => at.isSymbol(';')),
    dialect,
  );
}
