import { isLexlineError, type ErrorCode } from '../base/errors.ts';
import { estimateTokens, type Budget } from '../llm/budget.ts';
import { NONE } from '../model/classification.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import { answerKey, unusableKey } from './answer-memory.ts';
import { askQuestion, callOf, type Answered, type JudgeOptions } from './ask-question.ts';
import { cautiously, needsSecondLook } from './caution.ts';
import type { DecidedColumn } from './examples.ts';
import type { Judge, JudgeResult, JudgeTask, ModelFinding } from './judge.ts';
import { openColumns, type OpenColumn } from './open-columns.ts';
import { columnsEach, writeQuestion, type Look, type Question } from './question.ts';
import { retrieveFor, type Candidate } from './retrieve.ts';
import { addChecks, noChecks, verifyCitations } from './verify-citations.ts';

type Unanswered = JudgeResult['unanswered'][number];

/** The model tier over one endpoint. Opens nothing and keeps nothing but the answers in its memory. */
export function createJudge(options: JudgeOptions): Judge {
  const { chat, endpoint, rulebook, taxonomy, memory, mark } = options;

  const judgePart = async (
    part: readonly OpenColumn[],
    task: JudgeTask,
    budget: Budget,
    signal: AbortSignal,
  ): Promise<JudgeResult> => {
    const { table, judgement } = task;
    const calls: JudgeResult['calls'][number][] = [];
    let fromMemory = 0;
    const candidates = await candidatesFor(part, task, rulebook, signal);

    /** An answer, or in words why there is none. */
    const ask = async (
      look: Look,
      open: readonly OpenColumn[],
    ): Promise<{ question: Question; answered: Answered | null; failed: Omit<Unanswered, 'id'> | null }> => {
      const examples = look === 'first' ? examplesFor(open, task, endpoint.examples) : [];
      const asked = { table, judgement, open, candidates, endpoint, taxonomy, look, examples };
      const question = writeQuestion({ ...asked, mark: mark() });
      try {
        const answered = await askQuestion(question, table, options, { budget, retry: task.retry === true, signal });
        if (answered.call === null) fromMemory += 1;
        else calls.push(answered.call);
        if (answered.columns !== null) return { question, answered, failed: null };
        if (answered.notRepaired !== null) {
          const { code, message: why } = answered.notRepaired;
          const message = `${why}; the first answer could not be used (${answered.problems.join('; ')}), its repair is asked for then`;
          return { question, answered: null, failed: { code, message } };
        }
        const message = `[llm/${endpoint.name}] the answer cannot be used: ${answered.problems.join('; ')}; it is asked again from ${answered.until ?? 'now'} on`;
        return { question, answered, failed: { code: 'LLM_ANSWER_INVALID', message } };
      } catch (error) {
        signal.throwIfAborted();
        if (!isLexlineError(error) || !error.code.startsWith('LLM_')) throw error;
        const { code, message } = error;
        const nothing = { answer: null, rung: null, validators: { problems: [], repaired: false }, error: code };
        if (code !== 'LLM_BUDGET_SPENT') calls.push(callOf(options, question, table, nothing));
        return { question, answered: null, failed: { code, message } };
      }
    };
    const idOf = ({ index }: OpenColumn): string => table.columns[index]?.id ?? '';

    const first = await ask('first', part);
    const sayings = first.answered?.columns ?? null;
    if (sayings === null) {
      const failed = first.failed ?? { code: 'LLM_ANSWER_INVALID' satisfies ErrorCode, message: '' };
      const unanswered = part.map((open) => ({ id: idOf(open), ...failed }));
      return { findings: [], unanswered, calls, citationChecks: noChecks, fromMemory };
    }
    const again = part.filter(({ index }) => {
      const saying = sayings.find((each) => each.index === index);
      const column = judgement.columns[index];
      if (saying === undefined || column === undefined || !endpoint.secondLook) return false;
      return needsSecondLook(column, saying, first.question.hasText, foundBefore(task, column.id));
    });
    const second = again.length === 0 ? null : await ask('second', again);
    // A second look that was not had is had by the next sync; one that cannot be used is over.
    const lost = second !== null && second.answered === null ? again : [];
    const findings: ModelFinding[] = [];
    let citationChecks = noChecks;
    for (const open of part.filter((each) => !lost.includes(each))) {
      const column = judgement.columns[open.index];
      if (column === undefined) continue;
      const looks = {
        first: sayings.find(({ index }) => index === open.index) ?? null,
        second: second?.answered?.columns?.find(({ index }) => index === open.index) ?? null,
      };
      const outcome = cautiously(
        column,
        looks,
        first.question.suspicious.has(open.index),
        foundBefore(task, column.id),
      );
      const named = [...(looks.first?.citations ?? []), ...(looks.second?.citations ?? [])];
      const { citations, speaking, counts } = await verifyCitations(named, outcome.categories, {
        ...options,
        candidates,
      });
      citationChecks = addChecks(citationChecks, counts);
      const answers = [first, ...(looks.second === null ? [] : [second])].flatMap((each) => each?.answered?.key ?? []);
      findings.push({ id: idOf(open), reason: open.reason, outcome, citations, speaking, answers });
    }
    const failed = second?.failed ?? null;
    const unanswered = failed === null ? [] : lost.map((open) => ({ id: idOf(open), ...failed }));
    return { findings, unanswered, calls, citationChecks, fromMemory };
  };

  return {
    by: `${endpoint.name}/${chat.model}`,
    async judge(task, budget, signal) {
      const results: JudgeResult[] = [];
      for (const part of parts(askedOf(task))) results.push(await judgePart(part, task, budget, signal));
      return {
        findings: results.flatMap(({ findings }) => findings),
        unanswered: results.flatMap(({ unanswered }) => unanswered),
        calls: results.flatMap(({ calls }) => calls),
        citationChecks: results.reduce((sum, { citationChecks }) => addChecks(sum, citationChecks), noChecks),
        fromMemory: results.reduce((sum, { fromMemory }) => sum + fromMemory, 0),
      };
    },
    async plan(task, signal) {
      const open = askedOf(task);
      let requests = 0;
      let fromMemory = 0;
      let inputTokens = 0;
      for (const part of parts(open)) {
        const candidates = await candidatesFor(part, task, rulebook, signal);
        const { table, judgement } = task;
        const question = writeQuestion({
          table,
          judgement,
          open: part,
          candidates,
          endpoint,
          taxonomy,
          look: 'first',
          examples: examplesFor(part, task, endpoint.examples),
          mark: mark(),
        });
        const isAnswered = (await memory.recall(answerKey(endpoint.name, chat.model, question.digest))) !== null;
        const bad = await memory.recallUnusable(unusableKey(endpoint, question.digest));
        const isBad = task.retry !== true && bad !== null && !bad.awaitsRepair;
        if (isAnswered || isBad) {
          fromMemory += 1;
          continue;
        }
        const { system, user, schema } = question.request;
        requests += 1;
        inputTokens += estimateTokens(system) + estimateTokens(user) + estimateTokens(JSON.stringify(schema.body));
      }
      return { openColumns: open.length, requests, fromMemory, inputTokens };
    },
  };
}

function askedOf({ judgement, standing, only, reached }: JudgeTask): readonly OpenColumn[] {
  const open = openColumns(judgement, standing, reached);
  return only === undefined ? open : open.filter(({ index }) => only.has(judgement.columns[index]?.id ?? ''));
}

/** What a model found on a column and nobody took away. */
function foundBefore({ standing }: JudgeTask, id: string): readonly string[] {
  return standing(id).flatMap(({ decider, category, state }) =>
    decider === 'llm' && category !== NONE && state === 'proposed' ? [category] : [],
  );
}

/** A second look is had without them: what speaks against the obvious answer is asked for there. */
function examplesFor(
  open: readonly OpenColumn[],
  { table, examples }: JudgeTask,
  most: number,
): readonly DecidedColumn[] {
  if (examples === undefined || most === 0) return [];
  const columns = open.flatMap(({ index }) => table.columns[index] ?? []);
  return examples.nearest(columns, most);
}

function parts(open: readonly OpenColumn[]): readonly (readonly OpenColumn[])[] {
  return Array.from({ length: Math.ceil(open.length / columnsEach) }, (_, i) =>
    open.slice(i * columnsEach, (i + 1) * columnsEach),
  );
}

function candidatesFor(
  part: readonly OpenColumn[],
  { table, judgement }: JudgeTask,
  rulebook: Pick<Rulebook, 'search' | 'knows'>,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const columns = part.flatMap(({ index }) => {
    const input = table.columns[index];
    const column = judgement.columns[index];
    return input === undefined || column === undefined ? [] : [{ input, judgement: column }];
  });
  const regulations = Object.entries(table.applies).flatMap(([regulation, role]) =>
    role === 'none' || !rulebook.knows(regulation) ? [] : [regulation],
  );
  return retrieveFor(columns, { rulebook, regulations, signal });
}
