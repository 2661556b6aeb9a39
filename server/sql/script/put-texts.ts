import { constantTexts } from './constant-text.ts';
import type { KnownTexts } from './constant-text.ts';
import type { Statement } from '../ast/nodes.ts';
import type { Texts } from '../statement/held.ts';

/** Texts that a query without FROM puts into variables: `SELECT @sql = '…'`, `SELECT '…' INTO v`. */
export function textsPut(statement: Statement, known: KnownTexts): readonly (readonly [string, Texts | null])[] {
  if (statement.kind !== 'query' || statement.query.kind !== 'select' || statement.query.from !== null) return [];
  const { items, into } = statement.query;
  if (into !== null)
    return into.names.map((name, at) => {
      const item = items[at];
      return [name.map((part) => part.text).join('.'), item === undefined ? null : constantTexts(item.expr, known)];
    });
  return items.flatMap(({ expr }) => {
    const [target, value] = expr.kind === 'call' && expr.name === '=' ? expr.args : [];
    return target?.kind === 'variable' && value !== undefined
      ? [[target.name, constantTexts(value, known)] as const]
      : [];
  });
}

/** Snowflake, Databricks: `IDENTIFIER(:name)` of a variable that has one constant text. */
export function withIdentifiers(sql: string, known: KnownTexts): string {
  if (!/\bidentifier\s*\(/i.test(sql)) return sql;
  return sql.replaceAll(/\b(identifier|table)\s*\(\s*[:$](\w+)\s*\)/gi, (all, word: string, name: string) => {
    const texts = known.of(name);
    const [only] = texts?.known ?? [];
    const isOne = texts?.isOpen === false && texts.known.length === 1;
    return isOne && only !== undefined && !only.includes("'") ? `${word}('${only}')` : all;
  });
}
