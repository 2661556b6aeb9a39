import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CorpusEntry } from './corpus.ts';

const python = fileURLToPath(new URL('../../.cache/sql-peers/bin/python', import.meta.url));

/** What a peer said to one statement. */
export interface PeerAnswer {
  readonly id: string;
  readonly ms: number;
  readonly edges: readonly (readonly [down: string, table: string, column: string])[];
  readonly error: string | null;
}

/** True when the peers are installed: `python3 -m venv .cache/sql-peers`, then pip (docs/sql-lineage.md has the line). */
export function arePeersThere(): boolean {
  return existsSync(python);
}

/** Runs one peer over a corpus in a process of its own. */
export async function runPeer(
  peer: 'sqlglot' | 'sqllineage',
  corpus: readonly CorpusEntry[],
): Promise<readonly PeerAnswer[]> {
  const child = spawn(python, [fileURLToPath(new URL('peers.py', import.meta.url)), peer], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(corpus.map(({ id, request }) => `${JSON.stringify({ id, ...request })}\n`).join(''));
  const answers: PeerAnswer[] = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as PeerAnswer);
  return answers;
}
