import { readFileSync } from 'node:fs';
import type { Rulebook } from '../../server/rulebook/rulebook.ts';

/** One question with the provisions that answer it; none: nothing applies. */
export interface RegulationQuestion {
  readonly id: string;
  readonly query: string;
  readonly regulation?: string;
  readonly accepted: readonly string[];
}

/** How well a rulebook answers a set of questions. */
export interface RetrievalScore {
  readonly positives: number;
  readonly found: number;
  readonly negatives: number;
  readonly abstained: number;
  readonly misses: readonly { readonly question: RegulationQuestion; readonly hits: readonly string[] }[];
}

/** Reads questions from JSON Lines; also in the shape of the shared cases (`gold`, `reg`). */
export function readQuestions(file: string): readonly RegulationQuestion[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = JSON.parse(line) as RegulationQuestion & { readonly gold?: readonly string[]; readonly reg?: string };
      const regulation = row.regulation ?? (row.reg === 'NONE' ? undefined : row.reg);
      return {
        id: row.id,
        query: row.query,
        accepted: row.gold ?? row.accepted,
        ...(regulation === undefined ? {} : { regulation }),
      };
    });
}

/** A hit counts when its id is an accepted one or stands below it. */
export function isAccepted(hit: string, accepted: readonly string[]): boolean {
  return accepted.some((id) => hit === id || (hit.startsWith(id) && /^[(.#]/u.test(hit.slice(id.length))));
}

/** Asks every question and counts recall at `k` and abstentions. `withFilter` false: no question names its regulation. */
export async function scoreRetrieval(
  rulebook: Rulebook,
  questions: readonly RegulationQuestion[],
  { k = 5, withFilter = true }: { readonly k?: number; readonly withFilter?: boolean } = {},
): Promise<RetrievalScore> {
  const score = { positives: 0, found: 0, negatives: 0, abstained: 0 };
  const misses: { question: RegulationQuestion; hits: readonly string[] }[] = [];
  for (const question of questions) {
    const { query, regulation, accepted } = question;
    const filter = withFilter && regulation !== undefined ? { regulations: [regulation] } : {};
    const { hits, abstain } = await rulebook.search({ query, k, ...filter });
    const ids = hits.map((hit) => hit.provision);
    const isRight = accepted.length === 0 ? abstain : ids.some((id) => isAccepted(id, accepted));
    score[accepted.length === 0 ? 'negatives' : 'positives'] += 1;
    if (isRight) score[accepted.length === 0 ? 'abstained' : 'found'] += 1;
    else misses.push({ question, hits: ids });
  }
  return { ...score, misses };
}
