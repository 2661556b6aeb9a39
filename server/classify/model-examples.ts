import { isVocabulary } from '../base/known-words.ts';
import { namesSecret } from '../base/secret-words.ts';

/** Words that announce an example, in the languages that comments are written in; the words of a list need their sign behind. */
const announced = [
  String.raw`e\.?\s?g\.?(?!\p{L})|ex\.|for (?:example|instance)|such as`,
  String.raw`z\.?\s?B\.?(?!\p{L})|zum Beispiel|beispielsweise|bspw\.?(?!\p{L})|bsp\.?(?!\p{L})`,
  String.raw`p(?:ar|or)? exemp(?:le|lo)|p(?:ar|or)?\.?\s?ex\.|por ejemplo|p(?:or)?\.?\s?ej\.?(?!\p{L})|(?:ad|per) esempio|(?:ad|per)\s?es\.?(?!\p{L})|p\.\s?es\.`,
  String.raw`bijvoorbeeld|bijv\.|bv\.|till exempel|t\.\s?ex\.|for eksempel|f\.\s?eks\.|na przykład|np\.|tex\.`,
  String.raw`např\.?(?!\p{L})|například|napr\.?(?!\p{L})|napríklad|npr\.|na primjer|na primer|örn\.?(?!\p{L})|örneğin|mesela|esim\.?(?!\p{L})|esimerkiksi|például|pl\.|de ex\.|de exemplu|pvz\.|piem\.|näiteks|misaln?ya|contohnya|ví dụ`,
  String.raw`напр\.|например|наприклад|таких? как|π\.\s?χ\.|για παράδειγμα|على سبيل المثال|مثلا|למשל|לדוגמה`,
  String.raw`(?:ex|examples?|samples?(?:[ _](?:values?|data|rows?|records?|entr(?:y|ies)))?|values?|beispiele?|bsp|beispiel(?:werte?|daten)|werte?|wertebereich|wertevorrat|wertemenge|ausprägungen|exemples?|valeurs?|ejemplos?|valor(?:es)?|exemplos?|esempio|esempi|valor[ei]|voorbeeld(?:en)?|waarden?|domain|range|enum|one of|esimerkki|příklady?|przykłady?|példa|örnek(?:ler)?|пример(?:ы)?|приклад|παράδειγμα|مثال|contoh|eksempel|exempel|значени[ея])(?:\s?[:=]|\s[-–—]\s)`,
  String.raw`samples?[ _](?:values?|data|rows?|records?|entr(?:y|ies))\s(?!(?:of|in|for|from|at|by|per|to|is|are|was|were|taken|used|set|table|column|type|id|key|date|size|unit|count|quality)(?!\p{L}))`,
  String.raw`(?:possible|allowed|valid|permitted|accepted|typical|common|usual|expected|known|example|sample) values?(?:\s?[:=-]|\s(?:are|is|include|being)(?!\p{L}))`,
  String.raw`(?:mögliche|erlaubte|zulässige|gültige|typische|übliche|bekannte) (?:werte|ausprägungen)(?:\s?[:=-]|\s(?:sind|lauten)(?!\p{L}))`,
  String.raw`(?:valeurs|valores|valori) (?:possibles?|posibles|possíveis|possibili|permitid[oa]s|admises|autorisées|ammessi)(?:\s?[:=-]|\s(?:sont|son|são|sono)(?!\p{L}))`,
].join('|');
/** Words that begin a clause of its own behind a semicolon; what else stands there is one more example. */
const ownClause =
  'never|not|no|always|must|may|can|cannot|null|nullable|empty|optional|required|mandatory|unique|only|used|see|the|is|are|if|when|where|for|from|nie|niemals|nicht|kein|keine|immer|darf|muss|kann|leer|nur|siehe|wird|wenn|jamais|pas|toujours|vide|voir|nunca|no|siempre|vacío|véase|mai|non|sempre|vuoto|vedi';
/** An example goes on to a bracket that it did not open or the end of its sentence; the dot of `Dr.` and one inside a word end none. */
const goesOn = String.raw`(?:\([^()]{0,400}\)|[^.;)]|;(?!\s*(?:${ownClause})(?!\p{L}))|\.(?=\S)|(?<!\p{L}{5})\.)*`;
const example = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${announced})(${goesOn})`, 'giu');
/** `Example Jane`: the word alone announces what begins with a capital or a digit. */
const exampleBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[Ee]xamples?|[Bb]eispiele?|[Ee]xemples?|[Ee]jemplos?|[Ee]sempi(?:o)?|[Ee]xemplos?|i\.\s?e\.)\s+(?=\p{Lu}|\p{N})${goesOn}`,
  'gu',
);
/** The same in scripts without blanks, where nothing stands between words. */
const unspaced =
  /(?:例如|比如|譬如|例えば|たとえば|예를 들어|เช่น|ตัวอย่าง(?:เช่น)?|उदाहरण|जैसे|[例예](?=\s?[:：])|예시(?=\s?[:：]))[^。;；)）]*/gu;
/** What a value is when nothing else is said. */
const byDefault =
  /(?<![\p{L}\p{N}])((?:[Dd]efaults?(?: value)?(?: to| is)?|[Ss]tandardwert|[Vv]orgabe(?:wert)?|[Vv]aleur par défaut|[Vv]alor por defecto|[Vv]alore predefinito)\s*(?:[:=]\s*)?)(?!(?:NULL|TRUE|FALSE|NONE|NOW|CURRENT_\w+)(?![\p{L}\p{N}]))(?:\p{Lu}{3,}|(?<=[:=]\s*)\p{Lu}\p{Ll}+)(?![\p{L}\p{N}])/gu;
/** Words of the law and of identifiers that are written in capitals and are no values. */
const acronym =
  /^(?:PII|PHI|PCI|PAN|CVV|CVC|SSN|MRN|GDPR|DSGVO|RGPD|RODO|HIPAA|CCPA|CPRA|LGPD|IBAN|BIC|SWIFT|UUID|GUID|JSON|XML|CSV|HTML|HTTP|HTTPS|NULL|TRUE|FALSE|UTC|ISO|ICD|SNOMED|LOINC|DICOM|FHIR|ERP|CRM|ETL|DWH|SAP|API|SQL|URL|URI)$/u;
/** Values as a list has them: `open|closed`, `CANARY, FINCH`, `A=CANARY B=FINCH`. */
const strokes = /\p{L}[\p{L}\p{N}_-]*(?:\|\p{L}[\p{L}\p{N}_-]*)+/gu;
const capitals =
  /(?<![\p{L}\p{N}_])\p{Lu}[\p{Lu}\d_]{2,}(?:\s?[,;/|]\s?(?:(?:and|or|und|oder|et|ou|y|o)\s)?\p{Lu}[\p{Lu}\d_]{2,})+(?![\p{L}\p{N}_])/gu;
const pairs = /(?<![\p{L}\p{N}_])([\p{L}\p{N}_]{1,3}\s?=\s?)(\p{Lu}[\p{Lu}\d_]{2,})(?![\p{L}\p{N}_])/gu;
const oneOf =
  /(?<![\p{L}\p{N}])((?:one|any|either) of|eine[rs]? von|l['’]un de|uno de|uno di)\s+(?=\S+(?:,|\s(?:or|oder|ou|o)\s))(?!(?:the|these|those|our|its|their|der|den|les|los|las|gli)(?![\p{L}\p{N}]))[^.;)]+/giu;

/**
 * The text without examples that are announced as such, and without lists of values. What is no list and only words that columns
 * are named with stays (`Value: systolic blood pressure`), where the text names no secret; so do such words with a stroke between
 * them (`HIV/AIDS`).
 */
export function withoutExamples(text: string): string {
  const saysSecret = namesSecret(text);
  const isPlain = (said: string): boolean => !saysSecret && !/[,;|]/u.test(said) && isVocabulary(said);
  return text
    .replaceAll(example, (whole, said: string) => (isPlain(said) ? whole : '[example]'))
    .replaceAll(exampleBefore, '[example]')
    .replaceAll(unspaced, '[example]')
    .replaceAll(oneOf, '$1 [values]')
    .replaceAll(byDefault, '$1[value]')
    .replaceAll(strokes, '[values]')
    .replaceAll(capitals, (list) =>
      !isPlain(list) && list.split(/[\s,;/|]+/u).some((word) => /^\p{Lu}/u.test(word) && !acronym.test(word))
        ? '[values]'
        : list,
    )
    .replaceAll(pairs, (whole, before: string, value: string) => (acronym.test(value) ? whole : `${before}[value]`));
}
