import { countOf } from '../../query/labels.ts';
import type { Coverage } from '../../query/query.ts';
import type { ReportPart } from '../report.ts';

/** What the evidence cannot show; `own` is what only this report must add. */
export function* limitsSection(coverage: Coverage, own: readonly string[] = []): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'limits',
    title: 'Limits of this evidence',
    about: null,
    columns: [{ key: 'statement', title: 'Statement' }],
    look: 'prose',
  };
  for (const statement of [...own, ...limitsOfEvidence(coverage)]) yield { type: 'row', cells: [statement] };
}

/** What a report must say about itself: true of every report, and what follows from how deep this one looked. */
export function limitsOfEvidence(coverage: Coverage): readonly string[] {
  return [
    'It is a draft until a named person confirms it with its open items in view; confirming says that a person stands for it, not that it is complete.',
    'It is not legal advice and declares nobody compliant. Its outcomes are obligations, evidence and gaps.',
    'A citation says how it was checked: "text-matched" was found in the indexed official text, "catalogue-only" rests on our own catalogue of provisions, "unsupported" was not found.',
    'Hashed, tokenised and masked copies are still listed as personal data. Whether a treatment pseudonymises in the sense of Art. 4(5) GDPR depends on where its key is kept, which data cannot show.',
    'Lineage is read from SQL and from what sources state. A function that nobody vouches for counts as leaving the value unchanged; a flow outside of the connected sources is not seen.',
    ...(coverage.namesOnly > 0
      ? [
          `${String(coverage.namesOnly)} of ${countOf(coverage.fields, 'field')} ${coverage.namesOnly === 1 ? 'was' : 'were'} judged without a look at any value: a field whose name says nothing about its content can be missed.`,
        ]
      : []),
    ...(coverage.notJudged + coverage.undecided > 0
      ? [
          `Without an answer: ${countOf(coverage.notJudged + coverage.undecided, 'field')}. These are gaps, not findings of nothing.`,
        ]
      : []),
    ...(coverage.statements.tables + coverage.statements.failed > 0
      ? [
          `Not understood in full: ${countOf(coverage.statements.tables + coverage.statements.failed, 'SQL statement')}. Flows may be missing.`,
        ]
      : []),
  ];
}
