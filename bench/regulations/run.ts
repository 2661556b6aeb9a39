import { fileURLToPath } from 'node:url';
import { createRulebook } from '../../server/rulebook/create-rulebook.ts';
import { readQuestions, scoreRetrieval } from './score.ts';

/**
 * Recall at 5 and abstentions of `lexline regulations search`. `node bench/regulations/run.ts [questions.jsonl]`; without a
 * file, our own questions. Each set is scored with the regulation named as a filter and without.
 */
const [file = fileURLToPath(new URL('../../test/fixtures/regulations/questions.jsonl', import.meta.url))] =
  process.argv.slice(2);
const questions = readQuestions(file);
const rulebook = createRulebook();
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
await rulebook.close();
