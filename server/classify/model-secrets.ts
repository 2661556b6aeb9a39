import { armoured, issued, secretWord, writtenValue } from '../base/secret-words.ts';

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
  String.raw`(?<![\p{L}\p{N}])((?:log[ -]?[io]n|sign[ -]?in|user(?:name)?|account|connect|anmeldung|benutzer|zugang|usuario|utilisateur|identifiant|connexion|utente|acceso|accesso)(?:\s+(?:as|with|mit|avec|con|als))?\s*[:=]?\s+)(?!(?:${plainPair})\/)[\p{L}\p{N}_.@-]{1,64}(?:\/|(?<=\s(?:as|with|mit|avec|con|als)\s[\p{L}\p{N}_.@-]{1,64})\s\/\s)(?!(?:${plainPair})(?![\p{L}\p{N}]))[^\s/,;)]{4,}`,
  'giu',
);
/** A program of the command line with its options, to the end: `mysql -uroot -p…`. */
const command =
  /(?<![\p{L}\p{N}_-])(?:mysql(?:dump)?|mariadb|psql|pg_(?:dump|restore)|sqlplus|sqlcmd|bcp|mongo(?:sh|dump)?|redis-cli|cqlsh|beeline|hive|impala-shell|trino|presto|snowsql|duckdb|clickhouse-client|bq|aws|az|gcloud|kubectl|ssh|scp|sftp|ftp|rsync|curl|wget|git|docker)\s(?:[^.;]|\.(?=\S))*?(?<=\s)-{1,2}\p{L}.*$|(?<!\S)[\w./-]+\s(?:-\p{L}\s\S+|--\p{L}[\p{L}-]+[= ]\S+).*$/giu;
/** Letters, digits and signs that no word is made of, as keys and digests are written. */
const opaque = /(?<![\p{L}\p{N}_/.-])(?:[A-Za-z0-9+/=_-]{16,}|\$\d?[a-z]{0,8}\$\S{8,})/giu;

/** The text without passwords and keys, and with them what stands on a command line. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(armoured, '[secret]')
    .replaceAll(issued, '[secret]')
    .replaceAll(command, '[command]')
    .replaceAll(opaque, (run) => (isOpaque(run) ? '[secret]' : run))
    .replaceAll(phrase, '[secret]')
    .replaceAll(secret, '[secret]')
    .replaceAll(pair, '$1[secret]');
}

/** Letters of either case and digits that take turns; a name in camel case, a path and a name with underscores do not. */
function isOpaque(run: string): boolean {
  if (run.startsWith('$')) return true;
  const turns = run.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[A-Z]{2,}(?=[a-z])|[a-z](?=[A-Z])/g)?.length ?? 0;
  return (
    turns >= 4 && /[a-z]/u.test(run) && /[A-Z]/u.test(run) && (/\d/u.test(run) || /[A-Z]{2}[a-z]|[/+=]/u.test(run))
  );
}
