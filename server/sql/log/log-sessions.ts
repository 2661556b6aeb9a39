import { createHash } from 'node:crypto';
import type { QueryLogEntry } from '../query-log.ts';

/** What is looked at as one: a statement, with those that filled the temporary tables it reads before it. */
export interface LogUnit {
  readonly id: string;
  readonly sql: string;
  readonly normalised: string;
}

interface Print {
  readonly id: string;
  readonly normalised: string;
}

interface Filling {
  readonly sql: string;
  readonly print: Print;
}

const mostSessions = 10_000;
const mostFillings = 50;
const made =
  /^create\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?(?:(?:temp|temporary|volatile)\s+)(?:multiset\s+|set\s+)?(?:table|view)\s+(?:if\s+not\s+exists\s+)?([\w.$"`]+)|^create\s+table\s+(#\w+)|\binto\s+(?:temp|temporary)\s+(?:table\s+)?([\w.$"`]+)|\binto\s+(#\w+)/i;

/** Remembers what sessions put into their temporary tables, the least used sessions forgotten first. */
export class LogSessions {
  readonly #sessions = new Map<string, Map<string, Filling[]>>();

  /** The unit that an entry makes; null for one that only fills a temporary table: it counts when that table is read. */
  unitOf(entry: QueryLogEntry, print: Print): LogUnit | null {
    if (entry.session === undefined) return { id: print.id, sql: entry.sql, normalised: print.normalised };
    const tables = this.#tablesOf(entry.session);
    const name = nameMade(print.normalised);
    const read = [...tables.keys()].filter((table) => mentions(print.normalised, table));
    if (name !== null) {
      tables.set(name, [...this.#fillings(tables, read), { sql: entry.sql, print }].slice(-mostFillings));
      return null;
    }
    const target = /^(?:insert\s+(?:into\s+)?|update\s+|merge\s+into\s+|delete\s+from\s+)([\w.$#"`]+)/i.exec(
      print.normalised,
    )?.[1];
    const filled = target === undefined ? undefined : bare(target);
    if (filled !== undefined && tables.has(filled)) {
      tables.set(filled, [...this.#fillings(tables, read), { sql: entry.sql, print }].slice(-mostFillings));
      return null;
    }
    if (/^drop\s+(?:table|view)\b/i.test(print.normalised) && read.length > 0) {
      for (const table of read) tables.delete(table);
      return null;
    }
    const before = this.#fillings(tables, read);
    if (before.length === 0) return { id: print.id, sql: entry.sql, normalised: print.normalised };
    const all = [...before, { sql: entry.sql, print }];
    const id = createHash('sha256')
      .update(all.map((filling) => filling.print.id).join(' '))
      .digest('hex')
      .slice(0, 32);
    return { id, sql: all.map((filling) => filling.sql).join(';\n'), normalised: print.normalised };
  }

  #tablesOf(session: string): Map<string, Filling[]> {
    const tables = this.#sessions.get(session) ?? new Map<string, Filling[]>();
    this.#sessions.delete(session);
    this.#sessions.set(session, tables);
    for (const old of this.#sessions.keys()) if (this.#sessions.size > mostSessions) this.#sessions.delete(old);
    return tables;
  }

  /** What filled these tables, each statement once, in order. */
  #fillings(tables: ReadonlyMap<string, readonly Filling[]>, names: readonly string[]): readonly Filling[] {
    return [...new Set(names.flatMap((name) => tables.get(name) ?? []))];
  }
}

function bare(name: string): string {
  return (name.split('.').at(-1) ?? name).replaceAll(/["`]/g, '').toLowerCase();
}

function nameMade(normalised: string): string | null {
  const found = made.exec(normalised);
  const name = found?.slice(1).find((part) => part !== undefined);
  return name === undefined ? null : bare(name);
}

/** True when a statement names the table anywhere, as a whole word. */
function mentions(normalised: string, table: string): boolean {
  const lower = normalised.toLowerCase();
  for (let at = lower.indexOf(table); at !== -1; at = lower.indexOf(table, at + 1)) {
    const before = lower.charAt(at - 1);
    const after = lower.charAt(at + table.length);
    if (!/[\w$#]/.test(before) && !/[\w$]/.test(after)) return true;
  }
  return false;
}
