import type { WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import { textOf } from './literals.ts';
import type { RoutineRow } from './rows.ts';

/** A procedure or function in SQL with its whole statement; null for one in another language, whose text no reader of SQL understands. */
export function routineOf({ name, type, body, language, ddl, comment }: RoutineRow): WarehouseRoutine | null {
  if ((body ?? 'SQL').toUpperCase() !== 'SQL' || !['', 'SQL'].includes((language ?? '').toUpperCase())) return null;
  const kind = (type ?? 'routine').toLowerCase().replaceAll(' ', '-');
  return { name, kind, sql: ddl, comment: textOf(comment) };
}
