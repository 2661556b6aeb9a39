import { isVocabulary } from '../base/known-words.ts';
import { isGivenName, isKnownName, withoutPersons } from '../base/person-words.ts';
import { namesSecret } from '../base/secret-words.ts';
import { withoutLabelledValues } from './labelled-values.ts';
import { scrubText } from './scrub-text.ts';

/** What stands in quotation marks, longer than a code of two signs. An apostrophe within a word opens nothing. */
const quoted =
  /(?<![\p{L}\p{N}])'(?:[^'\n]|'(?=\p{L})){3,400}'(?![\p{L}\p{N}])|"[^"\n]{3,4000}"|“[^”\n]{3,400}”|„[^“”\n]{3,400}[“”]|«[^»\n]{3,400}»|「[^」\n]{2,400}」/gu;
/** What follows a word that announces an example, to the end of the clause; the dot of a form of address ends none. */
const example =
  /(?<![\p{L}\p{N}])(e\. ?g\.|for example|for instance|examples?|such as|z\. ?B\.|zum Beispiel|par exemple|p\. ?ex\.|por ejemplo|p\. ?ej\.|ad esempio|per esempio|por exemplo|bijv\.|например)([:,]?\s+)(?!of\s)(?:\([^()\n]{0,200}\)|[^;)\n]){1,400}?(?=(?<!(?<!\p{L})(?:Mr|Mrs|Ms|Dr|Prof|Sig|St|No|Nr|\p{L}))[.!?](?:\s|$)|[;)\n]|$)/giu;
/** An account number, an address of a machine, a digest, a key: long signs that no word is made of. */
const signs =
  /(?<![\p{L}\p{N}])(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?|(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24,}|(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{20,}|\d{3}-\d{2}-\d{4})(?![\p{L}\p{N}])/gu;
/** A form of address and the names after it. */
const titled =
  /(?<![\p{L}\p{N}])(Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Monsieur|Madame|Mme|Señor|Señora|Sig|Signora)(\.?\s+)\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}/gu;
/** Single words with capitals, put in a row by commas. */
const listed = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]+(?:,[ \t]*\p{Lu}[\p{L}'’-]+)+(?![\p{L}\p{N}])/gu;
/** Words that begin with capitals, one after the other. */
const capitals = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]*(?:[ \t]+\p{Lu}[\p{L}'’.-]*){1,5}/gu;

/**
 * A comment or description of a source in the form that may be kept. People paste values into comments, so what can be told
 * from words is replaced: values behind a word that says what they are (secrets, telephones, numbers of persons), quoted texts, examples that are announced as such, e-mail addresses, long numbers, account
 * numbers, addresses of machines, digests and keys, credentials in URLs, persons by title, by given and family name, or by one known name of which something is told.
 * What a comment says in plain words stays: that is why it is kept. So does a quotation or an example that is made of nothing but
 * the words of which names of columns are made, as it says what is held (`e.g. blood group`), unless the comment names a password
 * or key, which may be made of such words. Codes of one or two signs stay, and what stands in back-ticks, which are names of columns.
 */
export function scrubComment(text: string): string {
  const saysSecret = namesSecret(text);
  const isKept = (said: string): boolean => !saysSecret && isVocabulary(said);
  const bare = withoutLabelledValues(scrubText(text))
    .replaceAll(quoted, (whole) => (isKept(whole.slice(1, -1)) ? whole : '[quoted]'))
    .replaceAll(example, (whole, announced: string, between: string) => {
      const said = whole.slice(announced.length + between.length);
      return isKept(said.replaceAll(/["“”„«»]/gu, '')) ? whole : `${announced}${between}[example]`;
    })
    .replaceAll(signs, '[value]')
    .replaceAll(titled, '$1$2[name]')
    .replaceAll(listed, withoutListedNames)
    .replaceAll(capitals, withoutNames);
  return withoutPersons(bare);
}

/** A list of which at least half are known names, and no everyday words, is a list of persons. */
function withoutListedNames(list: string): string {
  const words = list.split(/,[ \t]*/u);
  return words.filter(isKnownName).length * 2 >= words.length ? '[names]' : list;
}

/** A known given name and what follows it are a person; a given name alone may be a month, a colour, a town. */
function withoutNames(run: string): string {
  const words = run.split(/[ \t]+/u);
  const first = words.findIndex((word, i) => i < words.length - 1 && isGivenName(word));
  return first === -1 ? run : [...words.slice(0, first), '[name]'].join(' ');
}
