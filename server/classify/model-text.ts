import { withoutPersons } from '../base/person-words.ts';

/** Longest name and comment that a model is shown. */
export const maxName = 128;
export const maxComment = 512;

/** Controls, zero-width, bidirectional and tag characters, variation selectors, private use: what hides or turns text (UTS 39, UAX 9). */
const hidden =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{FE00}-\u{FE0F}\u{E0000}-\u{E0FFF}\u{2800}\u{3164}\u{115F}\u{1160}\u{FFA0}]/gu;

/** Text of a source as a model may be shown it: one line, nothing hidden, of bounded length. */
export function cleanText(text: string, max: number): string {
  const one = text
    .slice(0, max * 8)
    .toWellFormed()
    .replaceAll(/[\t\n\r\u2028\u2029]+/gu, ' ')
    .replaceAll(hidden, '')
    .normalize('NFKC')
    .replaceAll(hidden, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(one);
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : one;
}

const address = /[^\s@<>"'/:…]{1,64}@[^\s@<>"']{1,190}/gu;
const link = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/giu;
const quoted =
  /"[^"]{1,200}"|“[^”]{1,200}”|„[^“”]{1,200}[“”]|”[^”]{1,200}”|«[^»]{1,200}»|»[^«]{1,200}«|‹[^›]{1,200}›|「[^」]{1,200}」|`[^`]{1,200}`|‚[^‘’]{1,200}[‘’]|‘(?:[^’]|’(?=\p{L})){1,200}’|(?<![\p{L}\p{N}])'[^']{1,200}'(?![\p{L}\p{N}])/gu;
/** Words that announce an example, in the languages that comments are written in; the words of a list need their sign behind. */
const announced = [
  String.raw`e\.?\s?g\.?|ex\.|for (?:example|instance)|such as`,
  String.raw`z\.?\s?B\.|zum Beispiel|beispielsweise|bspw\.?|bsp\.`,
  String.raw`par exemple|p\.\s?ex\.|por ejemplo|p\.\s?ej\.|por exemplo|(?:ad|per) esempio|p\.\s?es\.`,
  String.raw`bijvoorbeeld|bijv\.|bv\.|till exempel|t\.\s?ex\.|for eksempel|f\.\s?eks\.|na przykład|np\.`,
  String.raw`(?:ex|examples?|samples?(?:[ _](?:values?|data|rows?))?|values?|beispiele?|bsp|beispielwerte?|werte?|exemples?|valeurs?|ejemplos?|valor(?:es)?|exemplos?|esempio|esempi|valor[ei]|voorbeeld(?:en)?|waarden?)\s?[:=]`,
].join('|');
/** An example goes on to a bracket, a semicolon or the end of its sentence; the dot of `Dr.` and one inside a word end none. */
const example = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${announced})(?:[^.;)]|\.(?=\S)|(?<!\p{L}{5})\.)*`, 'giu');
const secret =
  /(?<![\p{L}\p{N}])(?:pass(?:word|wd|phrase|code)?|pwd|secret|(?:access|api|auth|secret)[ _-]?(?:key|token)|token|kennwort|passwort|mot de passe|contraseña|senha|wachtwoord)\s*[:=]\s*\S+/giu;
/** `user=jane`: what is set without a space is a value; `1=open` and `M=male` are the words of a code list. */
const assigned = /(?<![\p{L}\p{N}])([\p{L}_][\p{L}\p{N}_-]{2,})=[^\s,;)]+/gu;
/** `see also (Jane)`, `siehe Müller`: words with a capital behind a word that points. */
const pointed =
  /(?<![\p{L}\p{N}])([Ss]ee(?: also)?|[Ss]iehe(?: auch)?|[Vv]gl\.|[Cc]f\.|[Vv]oir(?: aussi)?|[Vv]éase|[Vv]edi(?: anche)?)(\s*\(?\s*)\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*/gu;
/** Names of machines: by an ending of names of the network, or by a part that machines are named after, with a number. */
const host =
  /(?<![\p{L}\p{N}_.-])(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|dev|local|localdomain|internal|intern|corp|lan|home|cloud|edu|gov|mil|info|biz|app|example|invalid|test)|(?:[a-z0-9-]+\.)(?:[a-z0-9-]+\.)+(?:de|at|ch|fr|uk|eu|us|nl|be|es|it|pt|br|ca|au|jp|cn|se|dk|fi|pl|cz|ie|nz|mx|za)|(?:[a-z0-9]+-)*(?:db|srv|server|host|node|vm|web|app|prod|stage|staging|dev|sql|pg|mysql|ora|k8s)(?:-[a-z0-9]+)*-?\d+|\\\\[^\s\\]+(?:\\[^\s\\]+)*)(?::\d+)?(?![\p{L}\p{N}_-])/giu;
const withDigits = /\S*\d(?:[\s.,:/-]?\d){2,}\S*/gu;

/**
 * A comment without what people paste into comments: quoted texts, examples, addresses, links, names of machines, passwords,
 * values that are set, words that hold three digits or more, and persons of whom something is told by a known name. What is left may still name somebody: a comment is
 * free text.
 */
export function commentForModel(comment: string): string {
  const bare = cleanText(comment, maxComment * 2)
    .replaceAll(link, '[link]')
    .replaceAll(address, '[address]')
    .replaceAll(quoted, '[text]')
    .replaceAll(secret, '[secret]')
    .replaceAll(example, '[example]')
    .replaceAll(host, '[host]')
    .replaceAll(assigned, '$1=[value]')
    .replaceAll(pointed, '$1$2[name]')
    .replaceAll(withDigits, '[number]');
  return cleanText(withoutPersons(bare), maxComment);
}

/** A name of a table or column; where it holds a value (a pivoted table), without it. */
export function nameForModel(name: string): string {
  return cleanText(
    cleanText(name, maxName)
      .replaceAll(address, '[address]')
      .replaceAll(/\d(?:[\s.,:/-]?\d){4,}/gu, '[number]'),
    maxName,
  );
}

/** Words that address a reader instead of describing data. One of several layers: it also misses, and the others hold. */
const instruction =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|all|any|earlier|instructions?|rules?|prompt|policy)\b|\b(?:you are|act as|pretend|as an ai|system prompt|instructions? (?:for|to)|new instructions?)\b|\b(?:answer|respond|reply|output|return|classify|label|mark|treat|tag|report|set)\b.{0,40}\b(?:as|with|to|only)\b.{0,30}\b(?:none|public|safe|not (?:sensitive|personal|pii)|non[- ]?(?:sensitive|personal|pii)|json|harmless|internal)\b|\b(?:do not|don't|never)\b.{0,30}\b(?:classify|flag|label|mark|tag|report|review)\b|\b(?:answer|respond|reply|output|return|say)\s+(?:(?:only|just|always|simply)\s+)*['"“‘]?(?:none|public|safe|harmless|not sensitive)\b|<\/?(?:system|user|assistant|data|instruction)|<\||\[\/?inst\]|```/iu;

/** A line of a conversation: who speaks, and behind the colon somebody who is spoken to or a verdict. `System: SAP` is none. */
const spoken =
  /(?:^|[.!?>\]\n"'*#(|-]\s*)(?:assistant|system|developer|user|human)(?:\s+(?:message|prompt))?\s*:\s*(?=.{0,120}\b(?:you|your|answer|respond|reply|output|ignore|classify|label|treat|mark|public|harmless|not (?:sensitive|personal|pii)|non[- ]?(?:sensitive|personal|pii)|th(?:is|ese|e) (?:column|table|field)s?)\b)/iu;

/** True for text that seems to speak to the model. Such text is withheld. */
export function seemsToInstruct(text: string): boolean {
  const seen = cleanText(text.replaceAll('_', ' '), 4000);
  return instruction.test(seen) || spoken.test(seen);
}

/** Free text with a mark between its words, so that it reads as data wherever it stands (datamarking). */
export function markWords(text: string, mark: string): string {
  return text.replaceAll(mark, '').split(' ').join(mark);
}
