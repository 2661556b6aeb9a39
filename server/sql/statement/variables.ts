import { column, findColumn } from '../resolve/rowset.ts';
import { merge } from '../resolve/inputs.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** Names of variables compare without case, quotes and the colon or dollar that some dialects put before them. */
export function variableKey(name: string): string {
  return name.toLowerCase().replaceAll(/^[:$](?=[a-z_])|["`]/g, '');
}

/** What variables and records hold; a variable set twice may hold either. */
export class Variables {
  #single = new Map<string, readonly Input[]>();
  #records = new Map<string, Rowset>();

  declare(name: string): void {
    const key = variableKey(name);
    if (!this.#single.has(key)) this.#single.set(key, []);
  }

  get(name: string): readonly Input[] | null {
    return this.#single.get(variableKey(name)) ?? null;
  }

  record(name: string): Rowset | null {
    return this.#records.get(variableKey(name)) ?? null;
  }

  setRecord(name: string, rowset: Rowset): void {
    this.#records.set(variableKey(name), rowset);
  }

  /** `name` may be a record's member. */
  assign(name: string, inputs: readonly Input[]): void {
    const key = variableKey(name);
    const dot = key.lastIndexOf('.');
    if (dot > 0) {
      this.#assignMember(key.slice(0, dot), name.slice(name.lastIndexOf('.') + 1).replaceAll(/["`]/g, ''), inputs);
      return;
    }
    this.#single.set(key, merge(this.#single.get(key) ?? [], inputs));
  }

  #assignMember(record: string, member: string, inputs: readonly Input[]): void {
    const rowset = this.#records.get(record) ?? [];
    const before = findColumn(rowset, member);
    const fresh = column(member, merge(before?.inputs ?? [], inputs));
    this.#records.set(record, [...rowset.filter((slot) => slot !== before), fresh]);
  }

  /** Sets variables from a row by position; a single one of several columns becomes a record. */
  assignRow(names: readonly string[], rowset: Rowset): void {
    const [only] = names;
    if (names.length === 1 && only !== undefined && (rowset.length !== 1 || rowset[0]?.kind === 'tail')) {
      this.setRecord(only, rowset);
      return;
    }
    names.forEach((name, at) => this.assign(name, rowset[at]?.inputs ?? []));
  }

  /** Does some work and forgets what it set. */
  within(work: () => void): void {
    const [single, records] = [new Map(this.#single), new Map(this.#records)];
    work();
    this.#single = single;
    this.#records = records;
  }
}
