import { computedFrom } from './computed-columns.ts';
import { column, findColumn, isOpen, own, renameColumns, tail } from '../resolve/rowset.ts';
import { resolveQuery } from '../resolve/query.ts';
import { emit, isTemporaryName, quiet } from './outcome.ts';
import type { Query, Relation, Statement } from '../ast/nodes.ts';
import type { Outcome } from './outcome.ts';
import type { StatementContext } from '../resolve/context.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

type Create = Extract<Statement, { kind: 'create' }>;

/** CREATE of a table or view: what it holds, and what is known of its columns. */
export function performCreate(statement: Create, session: Session, context: StatementContext): Outcome {
  const name = session.catalog.madeNameOf(statement.target);
  const temporary = statement.temporary || isTemporaryName(name);
  if (statement.cached === true) {
    const content = (): Rowset => contentOf(statement, name, session, context);
    const { result, reads } = session.reads.apart(() => session.views.make(name, content, { isKept: true }));
    session.filled.fill(name, result, { created: true, temporary: true, reads });
    return quiet;
  }
  // ClickHouse: a materialised view with TO only carries rows into that table.
  const targets = statement.to === null ? [name] : [session.nameOf(statement.to)];
  const isKept = statement.what !== 'view';
  const isView = statement.query !== null && (!isKept || statement.isRefreshed === true);
  if (!isView) session.views.forget(name);
  const content = (): Rowset => contentOf(statement, name, session, context);
  const rowset = isView ? session.views.make(name, content, { targets, isKept }) : content();
  session.selfFilled.create(name, statement.columns);
  record(statement, name, temporary, rowset, session);
  for (const target of new Set([...targets, name])) session.write(target);
  for (const target of targets) emit(session, target, rowset);
  // Without a list of columns its files, its location or its template say which there are.
  const isUnlisted = statement.query === null && statement.clone === null && rowset.length === 0;
  session.filled.fill(name, isUnlisted ? [tail([name])] : rowset, {
    created: true,
    temporary,
    empty: statement.query === null && statement.clone === null,
    mayExist: statement.mayExist === true,
  });
  return targets.length === 0 ? quiet : { returned: [], into: targets };
}

function contentOf(statement: Create, name: string, session: Session, context: StatementContext): Rowset {
  const declared = statement.columns.map((item) => item.name);
  const isByName = context.dialect.createSelectByName && statement.columns.some((item) => item.type !== null);
  if (statement.query !== null && isByName) return byName(declared, resolveQuery(statement.query, context, null, null));
  if (statement.query !== null && statement.columns.some((item) => item.computed !== null))
    return withComputed(statement, name, context);
  if (statement.query !== null)
    return renameColumns(resolveQuery(asRecursive(statement, statement.query), context, null, null), declared);
  if (statement.clone !== null) {
    const source = session.nameOf(statement.clone);
    session.events.push({ type: 'clone', from: source, to: name });
    return session.read(statement.clone, statement.isPastClone).rowset;
  }
  const liked = statement.like.flatMap((table) => {
    const source = session.nameOf(table);
    session.touch(source);
    // The structure is copied, no row is.
    return session.look(source).rowset.map((slot) => (slot.kind === 'column' ? column(slot.name, []) : tail([])));
  });
  return [...liked, ...generatedColumns(statement, name, context)];
}

/** Columns that are computed from the others are none of the query's. */
function withComputed(statement: Create, name: string, context: StatementContext): Rowset {
  const { columns, query } = statement;
  const rowset = query === null ? [] : resolveQuery(query, context, null, null);
  const plain = columns.filter((item) => item.computed === null).map((item) => item.name);
  if (isOpen(rowset) || rowset.length > plain.length)
    return renameColumns(
      rowset,
      columns.map((item) => item.name),
    );
  const computed = new Set(columns.flatMap((item) => (item.computed === null ? [] : [item.name])));
  const made = generatedColumns(statement, name, context).filter(
    (slot) => slot.kind === 'column' && computed.has(slot.name),
  );
  return [...renameColumns(rowset, plain), ...made];
}

/** `CREATE RECURSIVE VIEW v (a) AS …` is a view of `WITH RECURSIVE v (a) AS (…) SELECT …`: it reads what it made, not itself. */
function asRecursive({ isRecursive, target, columns }: Create, query: Query): Query {
  const name = target.at(-1);
  if (isRecursive !== true || name === undefined) return query;
  const names = columns.map((item) => ({ text: item.name, quoted: true }));
  const cte = { name, columns: names, query, statement: null, scalar: null };
  const relation: Relation = { kind: 'table', name: [name], alias: null, columnAliases: [] };
  return { kind: 'relation', with: [cte], relation };
}

/** MySQL: the query's columns meet those declared by their names, the others are added behind them. */
function byName(declared: readonly string[], rowset: Rowset): Rowset {
  const first = declared.map((name) => column(name, findColumn(rowset, name)?.inputs ?? []));
  const known = new Set(declared.map((name) => name.toLowerCase()));
  return [...first, ...rowset.filter((slot) => slot.kind === 'tail' || !known.has(slot.name.toLowerCase()))];
}

/** Columns of a table with their generation expressions over its other columns. */
function generatedColumns(statement: Create, name: string, context: StatementContext): Rowset {
  const rowset = statement.columns.map((item) => column(item.name, [own(name, item.name)]));
  return statement.columns.map((item) =>
    column(item.name, item.computed === null ? [] : computedFrom(item.computed, rowset, context)),
  );
}

function record(statement: Create, name: string, temporary: boolean, rowset: Rowset, session: Session): void {
  // With a star of unknown width the columns are not known, and a table without columns would be a lie.
  if (isOpen(rowset) || rowset.length === 0) return;
  // A clone and LIKE take over types and comments too.
  const sources = [...statement.like, ...(statement.clone === null ? [] : [statement.clone])];
  const inherited = sources.flatMap((table) => session.created.get(session.nameOf(table).toLowerCase())?.columns ?? []);
  const declared = new Map([...inherited, ...statement.columns].map((item) => [item.name, item]));
  const names = rowset.flatMap((slot) => (slot.kind === 'column' ? [slot.name] : []));
  const empty = new Set(
    rowset.flatMap((slot) =>
      slot.kind === 'column' && slot.empty === true && slot.inputs.length === 0 ? slot.name : [],
    ),
  );
  const all = statement.query === null && declared.size > 0 ? [...declared.keys()] : names;
  session.created.set(name.toLowerCase(), {
    table: name,
    kind: statement.what,
    temporary,
    columns: all.map((item) => ({
      name: item,
      type: declared.get(item)?.type ?? null,
      comment: declared.get(item)?.comment ?? null,
      ...(empty.has(item) ? { empty: true } : {}),
    })),
    comment: statement.comment,
  });
}
