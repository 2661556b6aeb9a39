import { quote } from './map.ts';

const rowMember = /(?<![\w$."])(new|old)\.("(?:[^"]|"")+"|[a-z_]\w*)/gi;
const statementStart = /(?:^|;|\$|\b(?:begin|then|else|loop))\s*$/i;

/**
 * A trigger function's text for one of its tables: `new.email` becomes a look-up of that column in the table, so that any SQL
 * reader sees where the value comes from. Assignments to members (`new.email := …`) stay; their target is the row itself.
 */
export function withTriggerRows(sql: string, schema: string, table: string): string {
  return sql.replaceAll(rowMember, (found: string, row: string, member: string, at: number) => {
    const isAssigned =
      /^\s*:?=/.test(sql.slice(at + found.length)) && statementStart.test(sql.slice(Math.max(0, at - 40), at));
    if (isAssigned) return found;
    const column = member.startsWith('"') ? member : quote(member.toLowerCase());
    return `(select ${quote(row)}.${column} from ${quote(schema)}.${quote(table)} ${quote(row)})`;
  });
}
