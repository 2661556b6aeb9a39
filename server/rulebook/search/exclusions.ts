import { listPointsOf, type Sentenced } from './list-points.ts';

/** Verbs by which a text takes something out of what it speaks of, after a negation. */
const takenOut = 'includ\\w*|appl(?:y|ies)|mean|considered|deemed|regarded|constitut\\w*|cover|encompass|construed';
/** A sentence that says what is not meant, in the languages that official texts of ours come in. */
const excludes: readonly RegExp[] = [
  /\b(?:excludes?|excluded|exempt|exempted|exempts)\b/iu,
  new RegExp(
    `\\b(?:do|does|did|shall|should|will|may|must|can)\\s+(?:\\w+\\s+)?not(?:,[^,]{1,40},)?\\s+(?:\\w+\\s+)?(?:be\\s+)?(?:${takenOut})\\b`,
    'iu',
  ),
  /\b(?:is|are)\s+not\s+(?:\w+\s+)?(?:considered|deemed|regarded|included|covered|subject\s+to)\b/iu,
  /\bnicht\b[^.;:]{0,80}\b(?:gilt|gelten|umfass(?:t|en)|betrifft|betreffen|erfass(?:t|en))\b/iu,
  /\b(?:gilt|gelten|umfass(?:t|en)|fallen|fällt|betrifft|betreffen|erfass(?:t|en)|zählt|zählen)\b[^.;:]{0,80}\bnicht\b/iu,
  /\bkeine\s+anwendung\b|\bnicht\s+anwendbar\b|\bausgenommen\b|\bausgeschlossen\b/iu,
  /\bne\s+(?:\S+\s+){0,2}(?:comprend|comprennent|inclut|incluent|s['’]appliqu\S*|vise|visent)\b/iu,
  /\bs['’]appliqu\S*\s+pas\b|\bexclu(?:t|ent|e|es|s)?\b/iu,
  /\bno\s+(?:se\s+)?(?:incluye|incluyen|aplica|aplican|aplicará|aplicarán|comprende|comprenden)\b|\bexcluye(?:n)?\b/iu,
  /\bnon\s+(?:si\s+)?(?:comprende|comprendono|applica|applicano|include|includono)\b|\besclus[oaie]\b/iu,
  /\bniet\s+(?:van\s+toepassing|begrepen|inbegrepen)\b|\buitgezonderd\b/iu,
  /\bnão\s+(?:se\s+)?(?:inclui|incluem|aplica|aplicam|abrange|abrangem)\b|\bexclui(?:em)?\b/iu,
];

/**
 * Which sentences of a passage say what is not meant: those that exclude, and the points of the list that such a sentence
 * opens. `Protected health information excludes …: (i) In education records` names nothing that is protected.
 */
export function excludedSentences(passage: Sentenced): readonly boolean[] {
  const points = listPointsOf(passage);
  let until = 0;
  return passage.sentences.map(({ start, end }, i) => {
    if (i < until) return true;
    const plain = passage.text.slice(start, end).replaceAll(/\s+/gu, ' ');
    if (!excludes.some((pattern) => pattern.test(plain))) return false;
    if (points.opensList(i)) until = points.listEnd(i);
    return true;
  });
}

const exception =
  /\b(?:except|excepting|excluding|other than|with the exception of|unless|but not|mit ausnahme|ausgenommen|außer|sauf|à l['’]exception|salvo|excepto|eccetto|tranne|behalve|met uitzondering)\b/giu;

/**
 * A sentence without what it takes out of what it says: to the closing bracket where the exception stands in brackets, to the
 * comma where the sentence begins with it, else to the end. Blanks stand in its place.
 */
export function withoutExceptions(sentence: string): string {
  let kept = sentence;
  for (const { index } of sentence.matchAll(exception)) {
    const before = sentence.slice(0, index);
    const bracket = before.lastIndexOf('(');
    const stop =
      bracket > before.lastIndexOf(')') && !/^\(\w{1,5}\)/u.test(sentence.slice(bracket))
        ? sentence.indexOf(')', index)
        : /^(?:\s*(?:and|or)?\s*\(\w{1,5}\))*\s*$/iu.test(before)
          ? sentence.indexOf(',', index)
          : -1;
    const end = stop < 0 ? sentence.length : stop;
    kept = kept.slice(0, index) + ' '.repeat(Math.max(0, end - index)) + kept.slice(Math.max(index, end));
  }
  return kept;
}
