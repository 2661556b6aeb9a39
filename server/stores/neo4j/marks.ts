import type { CoarseClass, Decider, DerivedForm, Verdict } from '../../model/classification.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import type { FieldMark, MarkDerived, MarkVerdict } from '../graph/field-mark.ts';
import type { Reading } from './read-at.ts';
import { isAlive } from './read-entities.ts';
import { SEP } from './schema.ts';

const standing = (label: string) =>
  `MATCH (x:${label}) USING INDEX x:${label}(key) WHERE x.key STARTS WITH e.uid + '${SEP}' AND x.from <= $n AND x.to > $n`;

/** What is judged of each field of the datasets that is alive at `n`, by path. */
export async function readFieldMarks({ ask, n }: Reading, datasets: readonly Uid[]): Promise<FieldMark[][]> {
  const rows = await ask(
    `UNWIND $datasets AS dataset MATCH (:Entity {uid: dataset})-[:HAS]->(e) WHERE ${isAlive}
     RETURN dataset, e.uid AS uid, EXISTS { ${standing('Evidence')} } AS profiled,
       COLLECT { ${standing('Verdict')} RETURN [x.decider, x.category, x.mark] } AS verdicts,
       COLLECT { ${standing('Derived')} RETURN [x.category, x.treatment, x.body] } AS derived
     ORDER BY e.path`,
    { datasets: [...new Set(datasets)], n },
  );
  const found = Map.groupBy(rows, (row) => row['dataset']);
  return datasets.map((dataset) =>
    (found.get(dataset) ?? []).map((row) => ({
      field: String(row['uid']),
      profiled: row['profiled'] === true,
      verdicts: (row['verdicts'] as readonly (readonly [string, string, string])[]).map(toVerdict),
      derived: (row['derived'] as readonly (readonly [string, string, string])[]).map(toDerived),
    })),
  );
}

function toVerdict([decider, category, mark]: readonly [string, string, string]): MarkVerdict {
  const [state, confidence, derived, classes, seenAs] = JSON.parse(mark) as [
    Verdict['state'],
    number,
    DerivedForm | null,
    readonly CoarseClass[],
    (Treatment | null)?,
  ];
  const said = { decider: decider as Decider, category, state, classes, confidence, derived };
  return seenAs === null || seenAs === undefined ? said : { ...said, seenAs };
}

function toDerived([category, treatment, body]: readonly [string, string, string]): MarkDerived {
  const { rank } = JSON.parse(body) as { rank: number };
  return { category, treatment: treatment as Treatment, rank };
}
