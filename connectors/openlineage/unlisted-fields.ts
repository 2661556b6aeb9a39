import type { Gap } from '../../server/model/provenance.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { SaidLineage } from './event.ts';
import { governedOf, type Around } from './map-job.ts';
import { hasOwnSql } from './map-lineage.ts';
import type { JobPicture } from './picture.ts';

/** Fields that a gap names; of the others it tells the number. */
const maxNamed = 5;

/** What a job says of columns no more, though an earlier run of it did. */
export function keptLineage(picture: JobPicture, around: Around): readonly Gap[] {
  const kept = governedOf(picture, around).filter((one) => one.kept !== null && !hasOwnSql(one));
  const shown = kept.filter(({ lineage }) => lineage !== null && tellsColumns(lineage));
  const unread = kept.flatMap((one) => one.unread).filter((dataset) => around.dropped(dataset) === null);
  return [
    ...gapOf(
      picture,
      new Set(shown.map(({ output }) => output.name)),
      'its newest run told no column lineage of its outputs, so what an earlier one told is shown',
      'let what sends the events give column lineage with every run, or take it back (_deleted) where it no longer holds',
      'stale',
    ),
    ...gapOf(
      picture,
      new Set(unread.map(({ name }) => name)),
      'its newest run told no column lineage and names other inputs, so what an earlier one told of inputs that it does not name is left out',
      'let what sends the events give column lineage with every run; if the job still reads these inputs, let each run name them',
      'stale',
    ),
  ];
}

function tellsColumns({ fields, dataset }: SaidLineage): boolean {
  return dataset.length > 0 || Object.values(fields).some((inputs) => inputs.length > 0);
}

/** The fields in a job's column lineage that the schema of their dataset does not tell for certain: one gap a cause. */
export function unlistedFields(picture: JobPicture, around: Around): readonly Gap[] {
  const none = new Set<string>();
  const several = new Set<string>();
  const look = (dataset: QualifiedName, spelled: string | null): void => {
    if (spelled === null || around.dropped(dataset) !== null) return;
    const { fit } = around.field(dataset, spelled);
    if (fit !== 'one') (fit === 'none' ? none : several).add(`${dataset.name}.${spelled}`);
  };
  for (const { output, lineage } of governedOf(picture, around)) {
    for (const [name, inputs] of Object.entries(lineage?.fields ?? {})) {
      look(output, name);
      for (const input of inputs) look(input, input.field);
    }
    for (const input of lineage?.dataset ?? []) look(input, input.field);
  }
  return [
    ...gapOf(
      picture,
      none,
      'its column lineage names fields that the schema of their dataset does not list, so these edges lead to no listed field',
      'let what sends the events give the lineage and the schema of one and the same version of the dataset',
    ),
    ...gapOf(
      picture,
      several,
      'its column lineage names fields that could be one of several, alike but for upper and lower case, so each of them has the edge',
      'let what sends the events spell fields in lineage as the schema does',
    ),
  ];
}

function gapOf(
  picture: JobPicture,
  found: ReadonlySet<string>,
  problem: string,
  remedy: string,
  reason: Gap['reason'] = 'unresolved-name',
): readonly Gap[] {
  if (found.size === 0) return [];
  const names = [...found].sort();
  const others = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
  const detail = `${problem}: ${names.slice(0, maxNamed).join(', ')}${others}`;
  return [{ what: `job ${picture.name}`, reason, detail, remedy }];
}
