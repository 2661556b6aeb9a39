/**
 * What the cascade saves: tables of public schemas by their names alone, once asked about what the detectors leave open, once
 * as if every column were asked about, and once more with everything answered. The endpoint is scripted: nothing is said
 * about how well a model judges.
 */
import { systemClock } from '../../server/base/clock.ts';
import { answersInMemory, type AnswerMemory } from '../../server/classify/answer-memory.ts';
import type { TableInput } from '../../server/classify/classifier.ts';
import { createClassifier } from '../../server/classify/create-classifier.ts';
import { createJudge } from '../../server/classify/judge-llm.ts';
import { createModelTier, type ModelReport } from '../../server/classify/model-tier.ts';
import { createOpenAiChat } from '../../server/llm/openai/openai-chat.ts';
import { createRulebook } from '../../server/rulebook/create-rulebook.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { startFakeOpenAi } from '../../test/fake/openai-server.ts';
import { askedTable, judgedBy } from '../../test/fake/scripted-judge.ts';
import { vocabularyColumns } from '../../test/fixtures/classify/columns.ts';
import { endpointAt } from '../../test/unit/llm/endpoint.ts';

const taxonomy = loadTaxonomy();
const classifier = createClassifier({ taxonomy });
const rulebook = createRulebook();
const tables = tablesOf();
const server = await startFakeOpenAi((request) => {
  const reply = judgedBy(askedTable(request), (column) =>
    column.rules_say === undefined ? { decision: 'none' } : { decision: 'category', category: column.rules_say },
  );
  return reply.kind === 'content' ? { ...reply, usage: null } : reply;
});

const memory = answersInMemory(systemClock);
const columns = tables.reduce((sum, { columns: own }) => sum + own.length, 0);
print('tables', tables.length);
print('columns', columns);
show('cascade', await judgeAll(memory, false));
show('every column asked', await judgeAll(answersInMemory(systemClock), true));
show('cascade, again', await judgeAll(memory, false));
await server.close();
await rulebook.close();

async function judgeAll(answers: AnswerMemory, everything: boolean): Promise<ModelReport> {
  const endpoint = endpointAt(server.url, { concurrency: 4 });
  const tier = createModelTier({
    endpoints: [endpoint],
    corpusEdition: () => rulebook.corpusEdition(),
    tally: () => Promise.resolve({}),
    judgeOver: () =>
      Promise.resolve(
        createJudge({
          chat: createOpenAiChat({ endpoint, clock: systemClock }),
          endpoint,
          rulebook,
          taxonomy,
          memory: answers,
          catalogueEdition: (regulation) => regulation,
          mark: () => '0123456789abcdef',
        }),
      ),
  });
  const session = await tier.begin(endpoint.name);
  if (session === null) throw new Error('no session');
  for (const table of tables) {
    const judgement = classifier.classify(table);
    const all = { ...judgement, columns: judgement.columns.map((column) => ({ ...column, abstain: true })) };
    await session.judge(
      { table, judgement: everything ? all : judgement, standing: () => [] },
      AbortSignal.timeout(3_600_000),
    );
  }
  return session.report();
}

function tablesOf(): readonly TableInput[] {
  const byTable = Map.groupBy(vocabularyColumns(), ({ language, table }) => `${language}/${table}`);
  return [...byTable.values()].flatMap((rows): TableInput[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const names = [...new Set([...first.table_columns, ...rows.map(({ column }) => column)])];
    const own = names.map((column) => ({ id: column, column, type: null, description: null, tags: [], profile: null }));
    return [{ table: first.table, description: null, columns: own, primaryKey: [], foreignKeys: [], applies: {} }];
  });
}

function show(what: string, { columns: asked, requests, inputTokens, outputTokens, fromMemory }: ModelReport): void {
  print(
    what,
    `${asked.open} columns open, ${requests} requests, ${inputTokens} tokens in, ${outputTokens} out, ${fromMemory} from memory`,
  );
}

function print(what: string, value: string | number): void {
  process.stdout.write(`${what}: ${value}\n`);
}
