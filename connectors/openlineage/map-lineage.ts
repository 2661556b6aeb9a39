import { isIndirect, type DirectKind, type EdgeKind } from '../../server/model/edge.ts';
import type { StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Effect } from '../../server/model/treatment.ts';
import type { SaidInput, SaidLineage, SaidTransformation } from './event.ts';
import type { Governed } from './governing.ts';
import type { Around } from './map-job.ts';

/** The edges into one output: dataset to dataset always, field to field where a facet tells them. */
export function* edgesOf(
  governed: Governed,
  alive: (name: QualifiedName) => boolean,
  around: Around,
  pairs: boolean,
): Iterable<StatedEdge> {
  const { output, flow, lineage } = governed;
  const whole = { dataset: nameOnly(output), field: null };
  for (const input of pairs ? Object.values(flow.inputs) : [])
    if (alive(input)) yield { from: { dataset: nameOnly(input), field: null }, to: whole, kind: 'DATASET' };
  if (lineage === null) return;
  for (const edge of columnEdges(output, lineage, alive, around))
    yield hasOwnSql(governed) ? { ...edge, weak: true } : edge;
}

function* columnEdges(
  output: QualifiedName,
  lineage: SaidLineage,
  alive: (name: QualifiedName) => boolean,
  around: Around,
): Iterable<StatedEdge> {
  const whole = { dataset: nameOnly(output), field: null };
  for (const [name, inputs] of Object.entries(lineage.fields)) {
    for (const path of around.field(output, name).paths) {
      const to = { dataset: nameOnly(output), field: path };
      for (const input of inputs) if (alive(input)) yield* inputEdges(input, to, around);
    }
  }
  for (const input of lineage.dataset) if (alive(input)) yield* inputEdges(input, whole, around);
}

/** True where the run that counts gave its statement, and lineage is an earlier one's: what the statement tells is newer. */
export function hasOwnSql({ kept, run }: Governed): boolean {
  return kept !== null && run !== null && run.sql !== null;
}

/** True where a facet says what was done to values on the way; some producers name the columns only. */
export function tellsHow(lineage: SaidLineage): boolean {
  return [...Object.values(lineage.fields), lineage.dataset].some((inputs) =>
    inputs.some(({ transformations }) => transformations.length > 0),
  );
}

function* inputEdges(input: SaidInput, to: StatedEdge['to'], around: Around): Iterable<StatedEdge> {
  if (input.field === null) return;
  for (const path of around.field(input, input.field).paths)
    yield* fieldEdges(input, { dataset: nameOnly(input), field: path }, to);
}

function* fieldEdges(input: SaidInput, from: StatedEdge['from'], to: StatedEdge['to']): Iterable<StatedEdge> {
  const whole = { dataset: to.dataset, field: null };
  if (input.transformations.length === 0) {
    // Nothing said of how: of a field, that its value comes from there; of the whole, that it steers which rows there are.
    if (to.field === null) yield { from, to: whole, kind: 'CONDITIONAL' };
    else yield { from, to, kind: 'TRANSFORMATION', effect: 'unknown', weak: true };
  }
  for (const one of input.transformations) {
    const kind = kindOf(one);
    if (isIndirect(kind)) yield { from, to: whole, kind, masking: one.masking };
    else if (to.field !== null) yield { from, to, kind, effect: effectOf(one), masking: one.masking };
  }
}

function kindOf({ type, subtype }: SaidTransformation): EdgeKind {
  if (type === 'DIRECT')
    return subtype !== null && Object.hasOwn(direct, subtype)
      ? (direct[subtype] ?? 'TRANSFORMATION')
      : 'TRANSFORMATION';
  return subtype !== null && isIndirect(subtype as EdgeKind) ? (subtype as EdgeKind) : 'CONDITIONAL';
}

const direct: Readonly<Record<string, DirectKind>> = {
  IDENTITY: 'IDENTITY',
  TRANSFORMATION: 'TRANSFORMATION',
  AGGREGATION: 'AGGREGATION',
};

/**
 * The facet does not name the function. A masked value is taken for a plain digest, the weakest of what masking can be; any
 * other function for one that nobody vouches for.
 */
function effectOf({ subtype, masking }: SaidTransformation): Effect {
  if (masking) return 'hash';
  return subtype === 'IDENTITY' ? 'keep' : 'unknown';
}

function nameOnly({ namespace, name }: QualifiedName): QualifiedName {
  return { namespace, name };
}
