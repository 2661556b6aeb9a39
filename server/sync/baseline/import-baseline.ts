import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { LexlineError } from '../../base/errors.ts';
import { readFailure } from '../../base/file-failure.ts';
import { parseJson } from '../../base/parse-json.ts';
import type { Actor, Gap } from '../../model/provenance.ts';
import { propagate } from '../../propagate/propagate.ts';
import type { PropagationRules } from '../../propagate/propagation-rules.ts';
import type { Change, GraphStore } from '../../stores/graph/graph-store.ts';
import { baselineHeadSchema, baselineLineSchema, type BaselineHead, type BaselineLine } from './baseline.ts';

const maxLine = 64 * 1024 * 1024;

/** Reads the head of a baseline. Fails with INPUT_INVALID when it is none. */
export async function readBaselineHead(file: string): Promise<BaselineHead> {
  for await (const text of lines(file)) return headOf(text, file);
  throw notOne(file);
}

/** A dataset in a baseline; `source` null: something speaks of it, whether or not a source asserts it too. */
export interface BaselineDataset {
  readonly source: string | null;
  readonly namespace: string;
  readonly name: string;
}

/** The datasets that a baseline names, once for each source that asserts one. Fails with INPUT_INVALID when it is no baseline. */
export async function* readBaselineDatasets(file: string): AsyncGenerator<BaselineDataset> {
  let isHead = true;
  for await (const text of lines(file)) {
    const line = isHead ? null : lineOf(text, file);
    isHead = false;
    const entities = line?.type === 'document' ? line.document.entities : line?.type === 'name' ? [line.entity] : [];
    const source = line?.type === 'document' ? line.source : null;
    for (const { kind, namespace, name } of entities) if (kind === 'dataset') yield { source, namespace, name };
  }
}

/** What a baseline said beside what it put into the stores. */
export interface ImportedBaseline {
  readonly head: BaselineHead;
  /** What of its texts was not understood. */
  readonly gaps: readonly Gap[];
}

/**
 * Puts a baseline into empty stores as one revision, propagation worked out anew. Fails with INPUT_INVALID when the file is
 * none, or was cut.
 */
export async function importBaseline(
  graph: GraphStore,
  file: string,
  options: { readonly rules: PropagationRules; readonly actor: Actor },
): Promise<ImportedBaseline> {
  const { rules, actor } = options;
  const lease = await graph.lease('baseline', 600_000);
  if (lease === null) throw new LexlineError('STORE_BUSY', '[check] the temporary stores are busy');
  let head: BaselineHead | null = null;
  const gaps: Gap[] = [];
  let seen = 0;
  let ended = false;
  const open = await graph.open(lease, { run: 'baseline', cause: 'baseline', actor });
  let batch: Change[] = [];
  const apply = async (change: readonly Change[]): Promise<void> => {
    batch.push(...change);
    if (batch.length < 2000) return;
    await graph.apply(open, batch);
    batch = [];
  };
  for await (const text of lines(file)) {
    if (head === null) {
      head = headOf(text, file);
      for (const { record } of head.sources) await graph.putSource(record);
      continue;
    }
    const line = lineOf(text, file);
    if (line.type === 'end') {
      ended = line.lines === seen;
      break;
    }
    seen += 1;
    if (line.type === 'gap') gaps.push(line.gap);
    else await apply(changesOf(line));
  }
  if (head === null || !ended) throw notOne(file);
  await graph.apply(open, batch);
  await propagate({ graph, open, rules, between: () => Promise.resolve() });
  await graph.publish(open, []);
  await graph.release(lease);
  return { head, gaps };
}

function changesOf(line: Exclude<BaselineLine, { type: 'gap' }>): readonly Change[] {
  switch (line.type) {
    case 'name':
      return [{ type: 'name', entity: line.entity }];
    case 'document': {
      const { source, scope, document } = line;
      return [{ type: 'assert', source, scope, document }];
    }
    case 'verdict':
      return [{ type: 'verdict', verdict: line.verdict }];
    case 'evidence': {
      const { source, field, digest, body } = line;
      return [{ type: 'evidence', source, field, digest, body }];
    }
    case 'entered':
      return [{ type: 'enter', entered: line.entered }];
    case 'end':
  }
  return [];
}

function headOf(text: string, file: string): BaselineHead {
  const parsed = baselineHeadSchema.safeParse(parse(text, file));
  if (!parsed.success) throw notOne(file);
  return parsed.data;
}

function lineOf(text: string, file: string): BaselineLine {
  const parsed = baselineLineSchema.safeParse(parse(text, file));
  if (!parsed.success) throw notOne(file);
  return parsed.data as unknown as BaselineLine;
}

function parse(text: string, file: string): unknown {
  try {
    return parseJson(text, `[check] ${file}`, maxLine);
  } catch {
    throw notOne(file);
  }
}

async function* lines(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) yield line;
  } catch (error) {
    if (error instanceof LexlineError) throw error;
    const { why, remedy } = readFailure(error);
    throw new LexlineError('INPUT_INVALID', `[check] ${file} cannot be read: ${why}`, { cause: error, remedy });
  } finally {
    stream.destroy();
  }
}

function notOne(file: string): LexlineError {
  return new LexlineError('INPUT_INVALID', `[check] ${file} is no whole baseline`, {
    remedy: 'lexline baseline --out baseline.jsonl',
  });
}
