import { StatementContext } from '../resolve/context.ts';
import { performAlter } from './computed-columns.ts';
import { performCreate } from './create.ts';
import { performDelete, performUpdate } from './change.ts';
import { performMerge } from './merge.ts';
import { performInsert, performMultiInsert } from './insert.ts';
import { emit, isTemporaryName, quiet } from './outcome.ts';
import { resolveQuery } from '../resolve/query.ts';
import type { Query, Statement, TableName } from '../ast/nodes.ts';
import type { CteScope, Surroundings } from '../resolve/context.ts';
import type { Outcome } from './outcome.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';
import { variableKey } from './variables.ts';
import type { Steer } from './held.ts';

/** Carries one statement out on the session: what it reads, writes, moves and steers by. */
export function perform(statement: Statement, session: Session, ctes: CteScope | null = null): Rowset {
  const assigned: string[] = [];
  const context = statementContext(session, assigned);
  const work = (): Outcome => carryOut(statement, session, context, ctes);
  const first = session.feeding.statement(work);
  // What one row leaves in a variable the next row reads.
  const isRepeated = assigned.length > 0 && (statement.kind === 'query' || statement.kind === 'insert');
  const { returned, into } = isRepeated ? session.turns.again(() => session.feeding.statement(work)) : first;
  const uses = context.uses();
  if ('returningInto' in statement && statement.returningInto !== undefined && statement.returningInto.length > 0)
    session.variables.assignRow(statement.returningInto.map(printed), returned, uses);
  for (const name of assigned) session.variables.steer(name, uses);
  for (const use of uses) session.steering.add(use, into);
  if (into.length > 0) for (const steer of session.steering.around) session.steering.add(steer, into);
  return returned;
}

/** The surroundings of one statement of the session; the names of variables that it sets are put into `assigned`. */
export function statementContext(session: Session, assigned: string[] = []): StatementContext {
  const context: StatementContext = new StatementContext(
    surroundings(session, assigned, (steers) => {
      for (const { kind, table, column } of steers)
        context.use(kind, [{ table, column, kind: 'IDENTITY', effect: 'keep', fn: '' }]);
    }),
    resolveQuery,
  );
  return context;
}

/** `steered`: a variable was looked at whose value those columns decided. */
function surroundings(session: Session, assigned: string[], steered: (steers: readonly Steer[]) => void): Surroundings {
  const { variables } = session;
  return {
    dialect: session.dialect,
    usage: session.turns.isAgain ? null : session.usage,
    get isInPart() {
      return session.isInPart;
    },
    read: (name, isPast) => session.read(name, isPast),
    variable: (name) => {
      const inputs = variables.get(name);
      if (inputs !== null) steered(variables.steersOf(name));
      return inputs;
    },
    record: (name) => {
      const rowset = variables.record(name);
      if (rowset !== null) steered(variables.steersOf(name));
      return rowset;
    },
    changedRows: (name) => (session.transitions.has(variableKey(name)) ? variables.record(name) : null),
    inline: (call, scope) => session.inline(call, scope),
    rowsOf: (name, args, scope) => session.rowsOf(name, args, scope),
    perform: (statement, ctes) => session.certainty.asPart(() => perform(statement, session, ctes)),
    assign: (name, inputs) => {
      variables.assign(name, inputs);
      assigned.push(name);
    },
    unresolved: (what) => session.unresolved(what),
    warn: (message) => session.warn(message),
    partial: (message) => session.partial(message),
  };
}

function carryOut(statement: Statement, session: Session, context: StatementContext, ctes: CteScope | null): Outcome {
  switch (statement.kind) {
    case 'query':
      return performQuery(statement, session, context, ctes);
    case 'insert':
      return performInsert(statement, session, context, ctes);
    case 'multi-insert':
      return performMultiInsert(statement, session, context);
    case 'create':
      return performCreate(statement, session, context);
    case 'update':
      return performUpdate(statement, session, context, ctes);
    case 'merge':
      return performMerge(statement, session, context);
    case 'delete':
      return performDelete(statement, session, context, ctes);
    case 'truncate':
      for (const table of statement.tables) {
        session.write(session.nameOf(table));
        if (statement.isWhole && session.certainty.isSure) session.filled.clear(session.nameOf(table));
      }
      return quiet;
    case 'drop':
      for (const table of statement.tables) session.drop(session.nameOf(table));
      return quiet;
    case 'restore':
      session.restore(statement.table === null ? null : session.nameOf(statement.table));
      return quiet;
    case 'undrop':
      session.undrop(session.nameOf(statement.table), statement.to === null ? null : session.nameOf(statement.to));
      return quiet;
    case 'rename':
      session.rename(session.nameOf(statement.from), session.nameOf(statement.to));
      return quiet;
    case 'renames':
      session.renameAll(statement.pairs.map(({ from, to }) => [session.nameOf(from), session.nameOf(to)]));
      return quiet;
    case 'move':
      return moveRows(statement, session);
    case 'swap':
      session.swap(session.nameOf(statement.a), session.nameOf(statement.b));
      return quiet;
    case 'alter':
      return performAlter(statement, session, context);
    case 'text':
    case 'opaque':
      session.warn(`${statement.kind === 'opaque' ? statement.what : 'text'}: not looked into`);
      return quiet;
    default:
      return quiet;
  }
}

/** All columns of one table go to the columns of the same names in another. */
function moveRows(statement: Extract<Statement, { kind: 'move' }>, session: Session): Outcome {
  const source = session.read(statement.from);
  const name = session.nameOf(statement.to);
  session.write(name);
  emit(session, name, source.rowset);
  return { returned: [], into: [name] };
}

function performQuery(
  statement: Extract<Statement, { kind: 'query' }>,
  session: Session,
  context: StatementContext,
  ctes: CteScope | null,
): Outcome {
  const { query } = statement;
  const rowset = resolveQuery(query, context, null, ctes);
  const into = intoOf(query);
  const [target] = into?.names ?? [];
  if (into === null || target === undefined) {
    session.lastResult = rowset;
    if (session.showsResults) emit(session, null, rowset);
    else session.shown?.(rowset);
    return quiet;
  }
  if (session.assignsInto(target)) {
    session.variables.assignRow(into.names.map(printed), rowset, context.uses());
    return quiet;
  }
  const name = session.nameOf(target);
  session.write(name);
  emit(session, name, rowset);
  session.filled.fill(name, rowset, { created: true, temporary: into.temporary || isTemporaryName(name) });
  return { returned: [], into: [name] };
}

/** SELECT … INTO: where a query's rows go; of a set operation the first branch says so. */
export function intoOf(query: Query): Extract<Query, { kind: 'select' }>['into'] {
  const first = query.kind === 'set' ? query.branches[0] : query;
  return first?.kind === 'select' ? first.into : null;
}

function printed(name: TableName): string {
  return name.map((part) => part.text).join('.');
}
