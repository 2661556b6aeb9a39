import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { silentLog } from '../../server/base/log.ts';
import { createRulebook } from '../../server/rulebook/create-rulebook.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { readQuestions, scoreRetrieval } from './score.ts';

/**
 * Recall at 5 and abstentions of `lexline regulations search`. `node bench/regulations/run.ts [questions.jsonl] [--data folder]`:
 * without a file, our own questions; with a folder of stores, with the official texts that are indexed there. Each set is
 * scored with the regulation named as a filter and without.
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const [file = fileURLToPath(new URL('../../test/fixtures/regulations/questions.jsonl', import.meta.url))] = positionals;
const questions = readQuestions(file);
const stores = values.data === undefined ? null : await openSqliteStores({ path: values.data, log: silentLog });
const rulebook = createRulebook({ vectors: stores?.vectors ?? null });
for (const text of await rulebook.list())
  console.log(`with ${text.regulation} ${text.edition} (${text.language}): ${text.passages} passages`);
for (const withFilter of [true, false]) {
  const started = performance.now();
  const { positives, found, negatives, abstained, misses } = await scoreRetrieval(rulebook, questions, { withFilter });
  const took = (performance.now() - started) / questions.length;
  console.log(
    `${withFilter ? 'regulation as a filter' : 'no filter'}: recall@5 ${found}/${positives} = ${(found / Math.max(1, positives)).toFixed(3)}, abstained ${abstained}/${negatives}, ${took.toFixed(1)} ms a question`,
  );
  for (const { question, hits } of misses)
    console.log(
      `  missed ${question.id} "${question.query}" wants ${question.accepted.join(' ') || 'nothing'}: ${hits.join(' ')}`,
    );
}
await stores?.close();
