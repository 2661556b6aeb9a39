import { LexlineError } from '../base/errors.ts';
import type { EffectiveClassification, EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { visibleFields } from './datasets.ts';
import { readRecords } from './entities.ts';
import { lastPart, shortName } from './field-views.ts';
import { readJudged } from './judged.ts';
import { fieldLabel } from './labels.ts';
import { eachPage } from './paging.ts';
import type { FieldChange } from './answers.ts';
import type { Revisions } from './revisions.ts';

/** Fields compared in one answer; a window with more asks for a shorter one. */
const maxFields = 200_000;

/** What became of fields between two revisions, newest first: each field once, before against after. */
export async function readChanges(
  context: QueryContext,
  revisions: Revisions,
  request: { readonly from: number; readonly to: number; readonly source?: string },
): Promise<readonly FieldChange[]> {
  const { from, to, source } = request;
  if (from >= to) return [];
  const touched = await touchedThings(context, from, to);
  const uids = [...touched.keys()];
  const [before, after] = await Promise.all([readSide(context, uids, from), readSide(context, uids, to)]);
  const changes: FieldChange[] = [];
  for (const [uid, revision] of touched) {
    const was = before.get(uid);
    const is = after.get(uid);
    const sources = [...(was?.record.assertions ?? []), ...(is?.record.assertions ?? [])].map((one) => one.source);
    if (source !== undefined && !sources.includes(source)) continue;
    const change = compare(context, was, is);
    if (change === null) continue;
    const { publishedAt } = await revisions.get(revision);
    changes.push({ ...change, field: uid, revision, at: publishedAt });
  }
  return changes.sort((a, b) => b.revision - a.revision || (a.summary < b.summary ? -1 : 1));
}

/** The things whose facts, verdicts or derived rows opened or closed, each with the last revision that did so. */
async function touchedThings(context: QueryContext, from: number, to: number): Promise<ReadonlyMap<Uid, number>> {
  const touched = new Map<Uid, number>();
  for await (const page of eachPage((request) => context.graph.changes(from, to, request), 10_000)) {
    for (const { table, uid, at } of page) {
      if (table !== 'fact' && table !== 'verdict' && table !== 'derived') continue;
      touched.set(uid, Math.max(at, touched.get(uid) ?? 0));
    }
    if (touched.size > maxFields)
      throw new LexlineError('QUERY_TOO_COSTLY', `[query] more than ${maxFields} fields changed in this window`, {
        remedy: 'Ask for a later "from".',
      });
  }
  return touched;
}

interface Side {
  readonly record: EntityRecord;
  readonly dataset: EntityRecord;
  readonly effective: EffectiveField;
}

async function readSide(context: QueryContext, uids: readonly Uid[], n: number): Promise<ReadonlyMap<Uid, Side>> {
  if (n === 0) return new Map();
  const records = [...(await readRecords(context, uids, n)).values()].filter(({ assertions }) => assertions.length > 0);
  const fields = await visibleFields(context, records, n);
  const [judged, parents] = await Promise.all([
    readJudged(
      context,
      fields.map(({ uid }) => uid),
      n,
    ),
    readRecords(
      context,
      fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
      n,
    ),
  ]);
  return new Map(
    fields.flatMap((record) => {
      const dataset = parents.get(record.parent ?? '');
      const effective = judged.get(record.uid)?.effective;
      return dataset === undefined || effective === undefined
        ? []
        : [[record.uid, { record, dataset, effective }] as const];
    }),
  );
}

function compare(
  context: QueryContext,
  was: Side | undefined,
  is: Side | undefined,
): Pick<FieldChange, 'kind' | 'summary' | 'actor'> | null {
  const side = is ?? was;
  if (side === undefined) return null;
  const place = shortName(side.dataset, side.record);
  const bySource = { kind: 'source' as const, name: side.record.assertions[0]?.source ?? lastPart(side.dataset.name) };
  if (is === undefined) return { kind: 'FIELD_GONE', summary: `${place} is gone`, actor: bySource };
  const label = fieldLabel(is.effective, context.taxonomy);
  const decider = is.effective.classifications[0];
  const actor = decider === undefined ? bySource : actorOf(decider);
  if (was === undefined)
    return is.effective.state === 'SENSITIVE'
      ? { kind: 'NEW_SENSITIVE_FIELD', summary: `${label} in ${place}`, actor }
      : { kind: 'NEW_FIELD', summary: `New field ${place}: ${label.toLowerCase()}`, actor: bySource };
  if (is.effective.state === 'SENSITIVE') {
    if (was.effective.state !== 'SENSITIVE')
      return {
        kind: was.effective.state === 'GAP' ? 'NEW_SENSITIVE_FIELD' : 'NOW_SENSITIVE',
        summary: `${label} in ${place}`,
        actor,
      };
    const before = fieldLabel(was.effective, context.taxonomy);
    return before === label
      ? null
      : { kind: 'CATEGORY_CHANGED', summary: `${place}: ${before} became ${label}`, actor };
  }
  if (was.effective.state === 'SENSITIVE')
    return {
      kind: 'NO_LONGER_SENSITIVE',
      summary: `${place} no longer carries ${fieldLabel(was.effective, context.taxonomy)}`,
      actor: was.effective.classifications[0] === undefined ? bySource : actorOf(was.effective.classifications[0]),
    };
  if (is.effective.state === 'UNDECIDED' && was.effective.state !== 'UNDECIDED')
    return { kind: 'NOW_UNDECIDED', summary: `${place} is undecided`, actor: bySource };
  return null;
}

function actorOf({ decidedBy, by }: EffectiveClassification): FieldChange['actor'] {
  return { kind: decidedBy, name: by };
}
