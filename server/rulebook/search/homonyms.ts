import { loadTaxonomy, type Sensitivity } from '../taxonomy.ts';
import { loadGlossary } from './glossary.ts';
import { loadVocabulary } from './vocabulary.ts';
import { stem } from './words.ts';

/** Of these a wrong quotation misleads most, and their words say most other things: `policies and procedures`, `on the condition that`. */
const guarded: ReadonlySet<Sensitivity> = new Set<Sensitivity>(['health', 'special']);
/** What a word is meant of stands so many words beside it. */
const near = 2;

/**
 * Words of a sentence that name a guarded kind of data among other things (`procedure`, `condition`) and have nothing beside
 * them that says that it is meant (`mental health or condition`), by stem.
 */
export function loneWords(words: readonly string[]): ReadonlySet<string> {
  const lone = new Set<string>();
  const meant = new Set<string>();
  for (const { value, start, end } of loadVocabulary().phrases.find(words)) {
    if (value.kind !== 'category') continue;
    if (end - start > 1) for (const word of words.slice(start, end)) meant.add(stem(word));
    if (end - start > 1 || value.strength >= 1) continue;
    const sensitivity = loadTaxonomy().category(value.category)?.sensitivity;
    if (sensitivity === undefined || !guarded.has(sensitivity)) continue;
    const branch = value.category.split('.').slice(0, 2).join('.');
    const beside = [words.slice(Math.max(0, start - near), start), words.slice(end, end + near)];
    const word = stem(words[start] ?? '');
    (beside.some((some) => speaksOfBranch(some, branch)) ? meant : lone).add(word);
  }
  return new Set([...lone].filter((word) => !meant.has(word)));
}

/** Do words name a branch of the taxonomy, or anything in it, outright? */
function speaksOfBranch(words: readonly string[], branch: string): boolean {
  const last = stem(branch.split('.').at(-1) ?? '');
  const isWithin = (category: string): boolean => category === branch || category.startsWith(`${branch}.`);
  return (
    words.some((word) => stem(word) === last) ||
    loadGlossary()
      .phrases.find(words)
      .some(({ value }) => value.weight >= 1 && value.concept.categories.some((category) => isWithin(category))) ||
    loadVocabulary()
      .phrases.find(words)
      .some(
        ({ value }) =>
          (value.kind === 'category' && value.strength >= 1 && isWithin(value.category)) ||
          (value.kind === 'subject' && value.subject === 'patient'),
      )
  );
}
