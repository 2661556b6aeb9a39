import { datasetUid, type Uid } from '../model/ids.ts';
import type { Gap } from '../model/provenance.ts';
import type { ExistingDocument, ScopedDataset } from './intake.ts';
import {
  fieldsAtOnce,
  fieldsLost,
  fieldsToKeep,
  isFromSql,
  keptGap,
  keptTogetherGap,
  sqlFieldsToKeep,
  withKept,
} from './kept-fields.ts';
import type { NamedDataset, NamedField } from './named-document.ts';
import { shrinksTooMuch } from './plan-retirement.ts';
import { chunks } from './write-documents.ts';

/** Keeps fields that a source no longer lists where that may be lost rights, and says so. */
export interface FieldKeeper {
  /** Datasets with the fields that may not go unasked; those that keep nothing are left out. */
  keep(datasets: readonly ScopedDataset[]): Promise<readonly ScopedDataset[]>;
  /** The same for datasets that were read together: where many of a scope lose fields at once, those may not go unasked either. */
  keepTogether(datasets: readonly ScopedDataset[]): Promise<readonly ScopedDataset[]>;
  /** Gaps of what was kept since the last time they were taken. */
  takeGaps(): readonly (Gap & { readonly scope: string })[];
}

export function createFieldKeeper(options: {
  readonly existing: ReadonlyMap<Uid, ExistingDocument>;
  /** What the source listed of datasets before, in the order asked; null: whatever it lists now holds. */
  readonly listedBefore: ((datasets: readonly Uid[]) => Promise<readonly (readonly NamedField[])[]>) | null;
  readonly digestOf: (named: NamedDataset) => string;
  readonly besideKept: ReadonlySet<Uid>;
  /** Datasets that are read together, at most: of a scope that holds more, the share of so many counts. */
  readonly atOnce: number;
}): FieldKeeper {
  const { existing, listedBefore, digestOf, besideKept, atOnce } = options;
  /** By dataset, or by scope where many lost fields at once. */
  let kept = new Map<string, Gap & { readonly scope: string }>();
  let sizes: ReadonlyMap<string, number> | null = null;
  /** Documents that the source had in a scope. */
  const sizeOf = (scope: string): number => {
    sizes ??= new Map(
      [...Map.groupBy(existing.values(), (one) => one.scope)].map(([each, documents]) => [each, documents.length]),
    );
    return sizes.get(scope) ?? 0;
  };

  const keep = async (met: readonly ScopedDataset[], together: boolean): Promise<readonly ScopedDataset[]> => {
    if (listedBefore === null) return [];
    const changed = met.flatMap((one) => {
      const uid = datasetUid(one.named);
      const before = existing.get(uid);
      return before === undefined || before.digest === digestOf(one.named) ? [] : [{ ...one, uid }];
    });
    const held: ScopedDataset[] = [];
    const few: (ScopedDataset & { readonly lost: readonly NamedField[] })[] = [];
    for (const some of chunks(changed, fieldsAtOnce)) {
      const before = await listedBefore(some.map(({ uid }) => uid));
      for (const [i, { uid, named, scope }] of some.entries()) {
        const fields = before[i] ?? [];
        const listed = fields.filter((field) => !isFromSql(field));
        const missing = fieldsToKeep(listed, named.fields);
        const unlooked = besideKept.has(uid) ? sqlFieldsToKeep(fields, [...named.fields, ...missing]) : [];
        const lost = missing.length === 0 ? fieldsLost(listed, named.fields) : [];
        if (lost.length > 0) few.push({ named: withKept(named, [...lost, ...unlooked]), scope, lost });
        if (missing.length + unlooked.length === 0) continue;
        held.push({ named: withKept(named, [...missing, ...unlooked]), scope });
        if (missing.length > 0) kept.set(uid, { ...keptGap(named.name, listed.length, missing), scope });
      }
    }
    if (!together) return held;
    for (const [scope, ones] of Map.groupBy(few, (one) => one.scope)) {
      const of = Math.min(sizeOf(scope), atOnce);
      if (!shrinksTooMuch(ones.length, of)) continue;
      held.push(...ones);
      const lost = ones.map(({ named, lost: fields }) => ({ dataset: named.name, fields }));
      kept.set(`scope ${scope}`, { ...keptTogetherGap(scope, of, lost), scope });
    }
    return held;
  };

  return {
    keep: (datasets) => keep(datasets, false),
    keepTogether: (datasets) => keep(datasets, true),
    takeGaps() {
      const taken = [...kept.values()];
      kept = new Map();
      return taken;
    },
  };
}
