import { joinName } from '../../server/model/dataset-name.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { Warehouse, WarehouseColumn, WarehouseKey, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import { isRefused } from './failure.ts';
import { datasetFacet, datasetsOf, type ListedDataset } from './datasets.ts';
import { legacySql, noRoutines, noRowCounts, notShownAnyMore, otherLanguage } from './gaps.ts';
import { columnOf, dataPoliciesIn, isLegacy, keysOf, relationOf } from './map.ts';
import { createPolicyTags, governanceBehind, type PolicyTags } from './policy-tags.ts';
import {
  markRow,
  parseRows,
  relationRow,
  routineMarkRow,
  routineRow,
  rowCountRow,
  type MarkRow,
  type RelationRow,
} from './rows.ts';
import { routineOf } from './routines.ts';
import { rowPoliciesIn } from './row-policies.ts';
import type { Session } from './session.ts';
import { marksSql, relationsSql, routineMarksSql, routinesSql, rowCountsSql } from './sql.ts';
import { unreadOf } from './unread.ts';

/** What is known of a dataset beside what INFORMATION_SCHEMA tells when it is read. */
interface Known {
  readonly location: string;
  readonly facet: Readonly<Record<string, Json>>;
  readonly policies: ReadonlyMap<string, readonly string[]>;
}

/** What the connector remembers from one read to the next: governance that was shown, and must not silently be missing. */
export interface Relied {
  readonly before: ReadonlySet<string>;
  readonly shown: Set<string>;
}

/** One project, as its datasets tell it. A dataset is read in one statement; what was read of a page is kept for its columns and keys. */
export function bigqueryProject(
  session: Session,
  project: string,
  options: {
    readonly relied: Relied;
    readonly user: string;
    readonly listed?: (datasets: readonly ListedDataset[], areAllShown: boolean) => void;
  },
): Warehouse {
  const { port, config, namespace } = session;
  const policyTags = createPolicyTags(session);
  const known = new Map<string, Known>();
  /** Datasets that could not be looked at when changes were asked for; it is said where they are read. */
  const failed = new Map<string, Error>();
  let page: readonly RelationRow[] = [];

  /** What changes with anything that is read of a dataset; null where that cannot be told: reading it says why. */
  async function fingerprint(dataset: ListedDataset, signal: AbortSignal): Promise<string | null> {
    const { name, location } = dataset;
    const facet = await datasetFacet(session, project, name, signal);
    known.set(name, { location, facet: facet ?? {}, policies: new Map() });
    try {
      rely(name, [
        { mark: `dataset ${joinName([project, name])}`, isRefused: facet === null, isTold: !isEmpty(facet) },
      ]);
      const marks = parseRows('changes', markRow, await session.rows(marksSql(project, name), location, signal));
      const routines = parseRows(
        'changes',
        routineMarkRow,
        await session.rows(routineMarksSql(project, name), location, signal),
      );
      const policies = await governed(name, marks, signal);
      known.set(name, { location, facet: facet ?? {}, policies });
      const relations = marks.map(({ name: relation, digest }) => [relation, digest]);
      return digestOf([location, facet, relations, routines, [...policies], tagsAsTold(marks, policyTags)]);
    } catch (error) {
      const unread = unreadOf(`dataset ${joinName([project, name])}`, error);
      const isPart = unread instanceof UnreadPart || (isRefused(unread) && unread.code === 'CONNECTOR_MISSING_RIGHTS');
      if (!isPart) throw unread;
      failed.set(name, unread);
      return null;
    }
  }

  /** Row access policies; and what policy tags are called and what masks, which must be shown again where it was once. */
  async function governed(
    dataset: string,
    marks: readonly MarkRow[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (config.governance) {
      const tags = marks.flatMap((mark) => mark.policy_tags);
      const dataPolicies = marks.flatMap((mark) => mark.data_policies.flatMap(dataPoliciesIn));
      await policyTags.load(tags, dataPolicies, signal);
      const needed = governanceBehind(tags, dataPolicies);
      rely(
        dataset,
        needed.map((mark) => ({ mark, isRefused: !policyTags.shown.has(mark), isTold: true })),
      );
    }
    if (!config.rowAccessPolicies) return new Map();
    const tables = marks.filter(({ type }) => type === 'BASE TABLE' || type === 'EXTERNAL');
    const policies = await rowPoliciesIn(session, project, dataset, tables, signal);
    const mark = `row access policies of ${joinName([project, dataset])}`;
    rely(dataset, [{ mark, isRefused: policies === null, isTold: !isEmpty(policies) }]);
    return policies ?? new Map();
  }

  /** Remembers what told something. A dataset that is refused what an earlier read was told is not read: it would say that it is gone. */
  function rely(
    dataset: string,
    parts: readonly { readonly mark: string; readonly isRefused: boolean; readonly isTold: boolean }[],
  ): void {
    const { before, shown } = options.relied;
    for (const part of parts) if (!part.isRefused && part.isTold) shown.add(part.mark);
    const lost = parts.filter((part) => part.isRefused && before.has(part.mark)).map(({ mark }) => mark);
    if (lost.length > 0) throw new UnreadPart(notShownAnyMore(project, dataset, lost, port.who));
  }

  async function rowCounts(dataset: string, rows: readonly RelationRow[], signal: AbortSignal) {
    const tables = rows.filter(({ type, is_sharded: sharded }) => type === 'BASE TABLE' && !sharded);
    if (!config.rowCounts || tables.length === 0) return new Map<string, number | null>();
    const { location } = knownOf(dataset);
    const found = await session.optional(
      async () =>
        parseRows(
          'row counts',
          rowCountRow,
          await session.rows(rowCountsSql(project, dataset), location, signal, {
            tables: tables.map(({ latest }) => latest),
          }),
        ),
      (refusal) => noRowCounts(project, dataset, refusal),
    );
    return new Map((found ?? []).map(({ name, row_count: count }) => [name, count]));
  }

  function knownOf(dataset: string): Known {
    return known.get(dataset) ?? { location: '', facet: {}, policies: new Map() };
  }

  async function guarded<T>(dataset: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unreadOf(`dataset ${joinName([project, dataset])}`, error);
    }
  }

  return {
    about: async () => ({ system: 'BigQuery', database: project, user: options.user }),
    async schemas(signal) {
      const { datasets, areAllShown } = await datasetsOf(session, project, signal);
      options.listed?.(datasets, areAllShown);
      const found: { schema: string; fingerprint: string | null }[] = [];
      for (const dataset of datasets)
        found.push({ schema: dataset.name, fingerprint: await fingerprint(dataset, signal) });
      return found;
    },
    async *relations(dataset, signal) {
      const before = failed.get(dataset);
      if (before !== undefined) throw before;
      const { location, facet, policies } = knownOf(dataset);
      const pages = port.query(relationsSql(project, dataset), { location, pageRows: config.pageSize }, signal);
      try {
        for await (const rows of pages) {
          page = parseRows('relations', relationRow, rows);
          const counts = await rowCounts(dataset, page, signal);
          for (const row of page) if (isLegacy(row)) session.note(legacySql(joinName([project, dataset, row.name])));
          yield page.map((row) =>
            relationOf(row, {
              namespace,
              location,
              dataset: facet,
              policies: policies.get(row.name) ?? [],
              rows: counts.get(row.latest) ?? null,
            }),
          );
        }
      } catch (error) {
        throw unreadOf(`dataset ${joinName([project, dataset])}`, error);
      }
    },
    async columns(_, relations): Promise<readonly WarehouseColumn[]> {
      const wanted = new Set(relations);
      return page
        .filter(({ name }) => wanted.has(name))
        .flatMap((row) => row.fields.map((field) => columnOf(row, field, policyTags)));
    },
    async keys(_, relations): Promise<readonly WarehouseKey[]> {
      const wanted = new Set(relations);
      return page.filter(({ name }) => wanted.has(name)).flatMap((row) => keysOf(row.name, row.keys));
    },
    async *routines(dataset, signal): AsyncIterable<readonly WarehouseRoutine[]> {
      const { location } = knownOf(dataset);
      const rows = await guarded(dataset, () =>
        session.optional(
          async () =>
            parseRows('routines', routineRow, await session.rows(routinesSql(project, dataset), location, signal)),
          (refusal) => noRoutines(project, dataset, refusal, port.who),
        ),
      );
      yield (rows ?? []).flatMap((row) => {
        const routine = routineOf(row);
        if (routine === null)
          session.note(
            otherLanguage(
              row.type?.toLowerCase() ?? 'routine',
              joinName([project, dataset, row.name]),
              row.language ?? 'another language',
            ),
          );
        return routine === null ? [] : [routine];
      });
    },
    close: async () => {},
  };
}

function isEmpty(told: object | null): boolean {
  if (told === null) return true;
  return told instanceof Map ? told.size === 0 : Object.keys(told).length === 0;
}

/** What the tags and masking rules in use are called now: a rename changes what is told of a column. */
function tagsAsTold(marks: readonly MarkRow[], policyTags: PolicyTags): Json {
  const tags = marks.flatMap((mark) => mark.policy_tags);
  const own = marks.flatMap((mark) => mark.data_policies);
  return [
    [...new Set(tags)].toSorted().map((tag) => {
      const found = policyTags.tag(tag);
      return found === null ? tag : [found.name, found.controls.map(({ kind, name }) => [kind, name])];
    }),
    [...new Set(own.flatMap(dataPoliciesIn))].toSorted().map((name) => {
      const control = policyTags.control(name);
      return control === null ? null : [control.kind, control.name];
    }),
  ];
}
