import type { ColumnJudgement, TableJudgement } from '../../../server/classify/classifier.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import type { CustomRules } from '../../../server/classify/custom-rules.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Classifier, ColumnInput, TableInput } from '../../../server/classify/classifier.ts';

export const taxonomy = loadTaxonomy();
export const classifier = createClassifier({ taxonomy });

export function withCustom(custom: CustomRules): Classifier {
  return createClassifier({ taxonomy, custom });
}

/** A table whose columns are names alone, or names with values. */
export function tableOf(
  table: string,
  columns: Readonly<Record<string, readonly unknown[] | null>>,
  by: Classifier = classifier,
): TableInput {
  const inputs = Object.entries(columns).map(([column, values]): ColumnInput => {
    if (values === null) return { id: column, column, type: null, description: null, tags: [], profile: null };
    const looking = by.profiler().begin({ dataset: { namespace: 'test', name: table }, path: [column], type: null });
    for (const value of values) looking.add(value);
    return { id: column, column, type: null, description: null, tags: [], profile: looking.end() };
  });
  return { table, description: null, columns: inputs, primaryKey: [], foreignKeys: [], applies: {} };
}

export function judgeTable(
  table: string,
  columns: Readonly<Record<string, readonly unknown[] | null>>,
  by: Classifier = classifier,
): TableJudgement {
  return by.classify(tableOf(table, columns, by));
}

/** The judgement of the first column, beside the others. */
export function judgeFirst(
  table: string,
  columns: Readonly<Record<string, readonly unknown[] | null>>,
  by: Classifier = classifier,
): ColumnJudgement {
  const first = judgeTable(table, columns, by).columns[0];
  if (first === undefined) throw new Error('no column');
  return first;
}
