import type { ColumnInput, TableInput } from '../classify/classifier.ts';
import { shownFacet, type DatasetFacets, type FieldFacets } from '../model/facets.ts';
import type { FieldProfile } from '../model/profile.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { SourceTag } from '../model/document.ts';
import type { EntityRecord, EvidenceRecord } from '../stores/graph/graph-store.ts';

/** A dataset with its fields as the graph holds them. */
export interface DescribedDataset {
  readonly dataset: EntityRecord;
  /** In the order of their ordinals. */
  readonly fields: readonly EntityRecord[];
}

/** The table as the detectors see it. Tags that Lexline wrote are left out: they are never evidence. Pure. */
export function tableInput(
  { dataset, fields }: DescribedDataset,
  evidence: ReadonlyMap<Uid, EvidenceRecord>,
  applies: Readonly<Record<string, string>>,
): TableInput {
  const keys = shownFacet<DatasetFacets, 'keys'>(dataset, 'keys') ?? [];
  const primary = keys.find(({ kind }) => kind === 'primary');
  return {
    table: dataset.name,
    sources: dataset.assertions.map(({ source }) => source),
    description: shownFacet<DatasetFacets, 'description'>(dataset, 'description') ?? null,
    columns: fields.map((field) => columnInput(field, evidence.get(field.uid))),
    primaryKey: (primary?.fields ?? []).map((path) => printPath(path)),
    foreignKeys: keys
      .filter(({ kind }) => kind === 'foreign')
      .map(({ fields: own, references }) => ({
        columns: own.map((path) => printPath(path)),
        table: references?.dataset.name ?? '',
      })),
    applies,
  };
}

function columnInput(field: EntityRecord, evidence: EvidenceRecord | undefined): ColumnInput {
  return {
    id: field.uid,
    column: printPath(field.path ?? []),
    type: shownFacet<FieldFacets, 'core'>(field, 'core')?.type ?? null,
    description: shownFacet<FieldFacets, 'description'>(field, 'description') ?? null,
    tags: evidenceTags(field).map(({ tag }) => tag),
    profile: evidence === undefined ? null : (evidence.body as unknown as FieldProfile),
  };
}

/** The tags of every source on a thing, without those that Lexline wrote. */
export function evidenceTags(record: EntityRecord): readonly { readonly tag: SourceTag; readonly source: string }[] {
  return record.assertions.flatMap(({ source, facets }) => {
    const tags = facets['tags'] as readonly SourceTag[] | undefined;
    return (tags ?? []).filter(({ setBy }) => setBy !== 'lexline').map((tag) => ({ tag, source }));
  });
}

/** Fields in the order of their ordinals, then of their paths. */
export function inOrder(fields: readonly EntityRecord[]): readonly EntityRecord[] {
  const ordinal = (field: EntityRecord): number => shownFacet<FieldFacets, 'core'>(field, 'core')?.ordinal ?? 0;
  return [...fields].sort(
    (a, b) => ordinal(a) - ordinal(b) || (printPath(a.path ?? []) < printPath(b.path ?? []) ? -1 : 1),
  );
}
