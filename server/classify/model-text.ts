import { withoutPersons } from '../base/person-words.ts';
import { armoured, issued, secretWord, writtenValue } from '../base/secret-words.ts';

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
/** What stands between marks of quotation, however long; an apostrophe between letters closes nothing. What a cut left open ends with the text. */
const quoted =
  /"[^"]+"|“[^”]+”|„[^“”]+[“”]|”[^”]+”|«[^»]+»|»[^«]+«|‹[^›]+›|「[^」]+」|`[^`]+`|‚[^‘’]+[‘’]|‘(?:[^’]|’(?=\p{L}))+’|(?<![\p{L}\p{N}])'(?:[^']|'(?=\p{L}))+?'(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])["“„«](?=[\p{L}\p{N}[])[^"”»]*$|(?<![\p{L}\p{N}])'(?=\p{L})(?:[^']|'(?=\p{L})){200,}$/gu;
/** Words that announce an example, in the languages that comments are written in; the words of a list need their sign behind. */
const announced = [
  String.raw`e\.?\s?g\.?(?!\p{L})|ex\.|for (?:example|instance)|such as`,
  String.raw`z\.?\s?B\.?(?!\p{L})|zum Beispiel|beispielsweise|bspw\.?(?!\p{L})|bsp\.?(?!\p{L})`,
  String.raw`p(?:ar|or)? exemp(?:le|lo)|p(?:ar|or)?\.?\s?ex\.|por ejemplo|p(?:or)?\.?\s?ej\.?(?!\p{L})|(?:ad|per) esempio|(?:ad|per)\s?es\.?(?!\p{L})|p\.\s?es\.`,
  String.raw`bijvoorbeeld|bijv\.|bv\.|till exempel|t\.\s?ex\.|for eksempel|f\.\s?eks\.|na przykład|np\.`,
  String.raw`(?:ex|examples?|samples?(?:[ _](?:values?|data|rows?|records?|entr(?:y|ies)))?|values?|beispiele?|bsp|beispiel(?:werte?|daten)|werte?|wertebereich|wertevorrat|wertemenge|ausprägungen|exemples?|valeurs?|ejemplos?|valor(?:es)?|exemplos?|esempio|esempi|valor[ei]|voorbeeld(?:en)?|waarden?|domain|range|enum|one of)(?:\s?[:=]|\s[-–—]\s)`,
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
const example = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${announced})${goesOn}`, 'giu');
/** `Example Jane`: the word alone announces what begins with a capital or a digit. */
const exampleBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[Ee]xamples?|[Bb]eispiele?|[Ee]xemples?|[Ee]jemplos?|[Ee]sempi(?:o)?|[Ee]xemplos?)\s+(?=\p{Lu}|\p{N})${goesOn}`,
  'gu',
);
/** Words behind `password is` that tell how it is kept and are none. */
const kept =
  'not|never|no|null|empty|optional|required|mandatory|unique|stored|saved|kept|held|hashed|salted|encrypted|masked|hidden|expired|reset|changed|checked|valid|invalid|correct|wrong|used|needed|known|unknown|given|generated|created|sent|of|in|on|by|at|for|from|to|the|a|an|nicht|nie|leer|gehasht|verschlüsselt|gespeichert|der|die|das|ein|eine|im|obligatoire|chiffré|le|la|un|une|única|único|obligatoria|el|una|il|lo|cifrata|o|uma';
const secret = new RegExp(
  String.raw`${secretWord}(?:\s*(?:[:=]+>?|->|→)\s*|\s+(?:is|are|was|be|ist|lautet|war|est|es|era|è|é)(?:\s+(?:always|now|still|currently|set to|fixed at|immer|jetzt|toujours|siempre|sempre))?\s*:?\s+(?!(?:${kept})(?![\p{L}\p{N}])))${writtenValue}`,
  'giu',
);
/** A secret of several words, and what names both a person and a secret: all of its clause. */
const phrase = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[\p{L}\p{N}_-]{0,40}(?:passphrase|credentials?)|seed phrase|creds|zugangsdaten|identifiants)\s*[:=]\s*[^,;.)]+`,
  'giu',
);
/** Words that stand beside each other with a stroke and are no account with its password: `login date/time`. */
const plainPair =
  'and|or|und|oder|et|ou|y|o|e|date|day|time|name|names|id|ids|key|code|type|role|group|first|last|email|e-mail|mail|phone|logout|logoff|signup|register|in|out|success|failure|mobile|web|app|device|session|account|user|customer|client|employee|admin|password|creation|created|country|region|status|state|number|level|input|agent|profile|service|system|datum|zeit|nummer|fecha|hora|heure';
/** An account and its password behind a word that says so: `login etl/horse`. */
const pair = new RegExp(
  String.raw`(?<![\p{L}\p{N}])((?:log[ -]?[io]n|sign[ -]?in|user(?:name)?|account|connect|anmeldung|benutzer|zugang|usuario|utilisateur|identifiant|connexion|utente|acceso|accesso)(?:\s+(?:as|with|mit|avec|con|als))?\s*[:=]?\s+)(?!(?:${plainPair})\/)[\p{L}\p{N}_.@-]{1,64}\/(?!(?:${plainPair})(?![\p{L}\p{N}]))[^\s/,;)]{4,}`,
  'giu',
);
/** `user=jane`: what is set without a space is a value; `1=open` and `M=male` are the words of a code list. */
const assigned = /(?<![\p{L}\p{N}])([\p{L}_][\p{L}\p{N}_-]{2,})=[^\s,;)]+/gu;
/** `see also (Jane)`, `siehe Müller`: words with a capital behind a word that points. */
const pointed =
  /(?<![\p{L}\p{N}])([Ss]ee(?: also)?|[Ss]iehe(?: auch)?|[Vv]gl\.|[Cc]f\.|[Vv]oir(?: aussi)?|[Vv]éase|[Vv]edi(?: anche)?)(\s*\(?\s*)\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*/gu;
/** Words that machines are named after. */
const machine =
  'db|srv|svr|server|sqlserver|host|node|vm|web|app|prod(?!uct)|prd|stage|staging|dev|uat|sql|mssql|pg|postgres|mysql|mariadb|ora|oracle|hana|mongo|redis|kafka|broker|zookeeper|rabbitmq|elastic|cassandra|spark|hadoop|namenode|datanode|worker|master|replica|proxy|gateway|bastion|cluster|airflow|tableau|jenkins|nas|sftp|smtp|ldap|etl|dwh|k8s|kube';
/** Endings of names of the network that hardly a column is called. */
const ending =
  'com|net|org|io|dev|local|localdomain|internal|intern|corp|lan|home|cloud|edu|gov|mil|info|biz|app|example|invalid|test';
/** The same behind two names more, because a column may be called so. */
const farEnding =
  'de|at|ch|fr|uk|eu|us|nl|be|es|it|pt|br|ca|au|jp|cn|se|dk|fi|pl|cz|ie|nz|mx|za|gr|hu|ro|bg|lu|sk|lt|lv|ee|tr|il|sg|hk|kr|tw|ar|cl|pe|uy|li|no|tech|ai|xyz|systems|solutions|software|technology|agency|consulting|gmbh|ltd|bank|insurance|digital|network|hosting|site|online|bayern|berlin|hamburg|koeln|wien|swiss|paris|london|nyc|tokyo|asia';
/** Names of machines: by an ending of names of the network, or by a part that machines are named after, with a number. */
const host = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.-])(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:${ending})|(?:[a-z0-9-]+\.)(?:[a-z0-9-]+\.)+(?:${farEnding})|(?:[a-z0-9]+-)*(?:${machine})(?:-[a-z0-9]+)*-?\d+|(?:srv|svr)[a-z]*\d+|[a-z]{0,20}(?:${machine})[a-z]{0,20}0\d+|\\\\[^\s\\]+(?:\\[^\s\\]+)*)(?::\d+)?(?![\p{L}\p{N}_-])`,
  'giu',
);
/** A name with a digit, a dot or a hyphen behind a word for a machine, or whatever is all of what stands behind its colon. */
const hostBefore =
  /(?<![\p{L}\p{N}_])((?:host(?:name)?s?|servers?|machines?|brokers?|rechner|maschine|serveur|servidor|máquina|macchina)(?:\s*:\s*|\s+))(?:(?=[\p{L}\p{N}_-]*\p{L})(?=[\p{L}_-]*(?:\d|\.[\p{L}\p{N}]))[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]|(?<=:\s*)[\p{L}\p{N}_-]{3,}(?=\s*(?:[,;).]|$)))/giu;
const withDigits = /\S*\d(?:[\s.,:/-]?\d){2,}\S*/gu;

/**
 * A comment without what people paste into comments: quoted texts, examples, addresses, links, names of machines, passwords,
 * values that are set, words that hold three digits or more, and persons of whom something is told by a known name. What is left may still name somebody: a comment is
 * free text.
 */
export function commentForModel(comment: string): string {
  const bare = cleanText(comment, maxComment * 4)
    .replaceAll(armoured, '[secret]')
    .replaceAll(issued, '[secret]')
    .replaceAll(link, '[link]')
    .replaceAll(address, '[address]')
    .replaceAll(quoted, '[text]')
    .replaceAll(phrase, '[secret]')
    .replaceAll(secret, '[secret]')
    .replaceAll(pair, '$1[secret]')
    .replaceAll(example, '[example]')
    .replaceAll(exampleBefore, '[example]')
    .replaceAll(host, '[host]')
    .replaceAll(hostBefore, '$1[host]')
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

/** Free text with a mark between its words, so that it reads as data wherever it stands (datamarking). */
export function markWords(text: string, mark: string): string {
  return text.replaceAll(mark, '').split(' ').join(mark);
}
