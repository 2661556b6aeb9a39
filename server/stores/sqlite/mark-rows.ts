import type { CoarseClass, Decider, DerivedForm, Verdict } from '../../model/classification.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import { LexlineError } from '../../base/errors.ts';
import type { FieldMark, MarkDerived, MarkVerdict } from '../graph/field-mark.ts';
import type { Connection } from './prepared.ts';
import { uidBytes, uidText, type Row } from './rows.ts';

const ofDataset = 'e.parent = (SELECT id FROM entity WHERE uid = ?) AND e.kind = 1';

/** What is judged of each field of the datasets that is alive at `n`: three statements a dataset, by path. */
export function readFieldMarks(connection: Connection, datasets: readonly Uid[], n: number): FieldMark[][] {
  if (datasets.length > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] ${datasets.length} datasets at once; the limit is 1,000`);
  const fields = connection.sql(
    `SELECT e.id, e.uid, EXISTS (SELECT 1 FROM evidence v WHERE v.field = e.id AND v.from_rev <= ? AND v.to_rev > ?) AS profiled
     FROM entity e WHERE ${ofDataset}
     AND EXISTS (SELECT 1 FROM fact f WHERE f.entity = e.id AND f.facet = 'core' AND f.from_rev <= ? AND f.to_rev > ?) ORDER BY e.path`,
  );
  // CROSS JOIN holds the order: from the few fields of the dataset to their rows, never the other way.
  const verdicts = connection.sql(
    `SELECT v.field, v.decider, v.category, json_extract(v.body, '$.state', '$.confidence', '$.derived', '$.classes', '$.seenAs') AS said
     FROM entity e CROSS JOIN verdict v ON v.field = e.id WHERE ${ofDataset} AND v.from_rev <= ? AND v.to_rev > ?`,
  );
  const derived = connection.sql(
    `SELECT d.field, d.category, d.treatment, d.body ->> '$.rank' AS rank
     FROM entity e CROSS JOIN derived d ON d.field = e.id WHERE ${ofDataset} AND d.from_rev <= ? AND d.to_rev > ?`,
  );
  return datasets.map((dataset) => {
    const uid = uidBytes(dataset);
    const verdictsOf = Map.groupBy(verdicts.all(uid, n, n), (row) => row['field']);
    const derivedOf = Map.groupBy(derived.all(uid, n, n), (row) => row['field']);
    return fields.all(n, n, uid, n, n).map((row) => ({
      field: uidText(row['uid']),
      profiled: row['profiled'] === 1,
      verdicts: (verdictsOf.get(row['id']) ?? []).map(toVerdict),
      derived: (derivedOf.get(row['id']) ?? []).map(toDerived),
    }));
  });
}

function toVerdict(row: Row): MarkVerdict {
  const [state, confidence, derived, classes, seenAs] = JSON.parse(String(row['said'])) as [
    Verdict['state'],
    number,
    DerivedForm | null,
    readonly CoarseClass[],
    Treatment | null,
  ];
  return {
    decider: String(row['decider']) as Decider,
    category: String(row['category']),
    state,
    classes,
    confidence,
    derived,
    ...(seenAs === null ? {} : { seenAs }),
  };
}

function toDerived(row: Row): MarkDerived {
  return {
    category: String(row['category']),
    treatment: String(row['treatment']) as Treatment,
    rank: Number(row['rank']),
  };
}
