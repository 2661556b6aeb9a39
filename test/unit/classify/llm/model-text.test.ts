import { describe, expect, it } from 'vitest';
import {
  cleanText,
  commentForModel,
  markWords,
  maxComment,
  nameForModel,
  withheldComment,
} from '../../../../server/classify/model-text.ts';
import { scrubComment } from '../../../../server/ingest/scrub-comment.ts';

describe('text of a source before it is shown to a model', () => {
  it.each([
    ['zero-width characters', 'pa\u200bti\u200dent\ufeff', 'patient'],
    ['turned text', '\u202eenon\u202c', 'enon'],
    ['tag characters', 'id\u{e0041}\u{e0042}', 'id'],
    ['controls and line ends', 'a\u0000b\r\nc\u0007', 'ab c'],
    ['full-width letters', 'ｅｍａｉｌ', 'email'],
    ['lone surrogates', 'a\ud800b', 'a�b'],
  ])('loses %s', (_, given, expected) => {
    expect(cleanText(given, 100)).toBe(expected);
  });

  it('is cut, never inside a character', () => {
    expect(cleanText('😀😀😀😀', 3)).toBe('😀😀…');
    expect(commentForModel('word '.repeat(9999)).length).toBeLessThanOrEqual(maxComment);
  });

  it.each([
    ['an address', 'ask canary@example.com first', 'ask [address] first'],
    ['a number in groups', 'such 4111 1111 1111 1111 there', 'such [number] there'],
    ['a number with dashes', 'card 4111-1111-1111-1111 there', 'card [number] there'],
    ['a quoted value', 'holds "Jane Canary" mostly', 'holds [text] mostly'],
    ['an example', 'the owner, e.g. Jane Canary; never empty', 'the owner, [example]; never empty'],
    ['a link', 'see https://example.com/?q=canary now', 'see [link] now'],
    ['a code with digits', 'code CANARY-4471-x of the ward', 'code [number] of the ward'],
    ['a German example', 'der Inhaber, beispielsweise Müller-Lüdenscheidt', 'der Inhaber, [example]'],
    ['a Spanish example', 'el titular, por ejemplo Canary', 'el titular, [example]'],
    ['an Italian example', 'il titolare, ad esempio Canary', 'il titolare, [example]'],
    ['a French example', 'le titulaire, p. ex. Canary', 'le titulaire, [example]'],
    ['an example behind a colon', 'Inhaber. Beispiel: Canary', 'Inhaber. [example]'],
    ['an example behind a short word', 'Inhaber (Bsp. Canary)', 'Inhaber ([example])'],
    ['a Spanish example behind a colon', 'titular; ejemplo: Canary', 'titular; [example]'],
    ['an example behind ex:', 'owner; ex: Canary', 'owner; [example]'],
    ['a sample', 'owner, sample=Canary', 'owner, [example]'],
    ['listed values', 'owner; values: Canary, Ottoline', 'owner; [example]'],
    ['an example with a title', 'the owner, e.g. Dr. Canary. Never empty', 'the owner, [example]. Never empty'],
    ['a value in curly quotes', 'holds ‘Jane Canary’ and ‘O’Canary’ mostly', 'holds [text] and [text] mostly'],
    ['a secret', 'login with db_pass=correcthorse here', 'login with [secret] here'],
    ['a command line', 'loaded by mysql -uroot -pcanary. Nightly', 'loaded by [command]'],
    ['a machine behind its word', 'copied from host canary nightly', 'copied from host [host] nightly'],
    ['a value by default', 'state, default CANARY', 'state, default [value]'],
    ['a list of values', 'state (CANARY, FINCH)', 'state ([values])'],
    ['a list with strokes', 'state canary|finch of it', 'state [values] of it'],
    ['set values', 'A=CANARY B=FINCH', 'A=[value] B=[value]'],
    ['a list that is announced', 'one of canary, finch', 'one of [values]'],
    ['a person with a title', 'Mrs Canary is the owner', 'Mrs [name] is the owner'],
    ['an address in words', 'ask canary (at) example (dot) com', 'ask [address]'],
    ['a value that is set', 'filtered by owner=canary, daily', 'filtered by owner=[value], daily'],
    ['a machine', 'copied from db-prod-17.corp.example.com nightly', 'copied from [host] nightly'],
    ['a machine without a domain', 'copied from db-prod-17 nightly', 'copied from [host] nightly'],
    ['whom it points to', 'see also (Ottoline)', 'see also ([name])'],
  ])('a comment loses %s', (_, given, expected) => {
    expect(commentForModel(given)).toBe(expected);
  });

  it.each([
    'pw=correcthorse',
    'pw: correcthorse',
    'mdp: correcthorse',
    'clave: correcthorse',
    'contraseña: correcthorse',
    'dbpassword: correcthorse',
    'db_pass: correcthorse',
    'clientSecret: correcthorse',
    'mysql --password=correcthorse',
    'credentials: etl correcthorse',
    'passphrase: battery correcthorse',
    'password is correcthorse',
    'the password is always correcthorse',
    'Kennwort ist correcthorse',
    'passwort = "battery correcthorse" for it',
    "pwd: 'battery correcthorse'",
    'password => correcthorse',
    'pw -> correcthorse',
    'token → correcthorse',
    'login etl_user/correcthorse',
    'connect as etl/correcthorse',
    'the key sk-proj-correcthorsexx',
    '-----BEGIN PRIVATE KEY----- correcthorse',
    '-----BEGIN RSA PRIVATE KEY-----\ncorrecthorse\n-----END RSA PRIVATE KEY-----',
    'on host correcthorse01',
    'host: correcthorse',
    'read from correcthorse-broker-3',
    'on srvcorrecthorse01',
    'correcthorse.finance.bank.tech',
    "names like 'O'Correcthorse'",
    `holds "${'a long story '.repeat(30)}of correcthorse" mostly`,
    `holds '${'a long story '.repeat(30)}of correcthorse' mostly`,
    `holds "${'a long story '.repeat(20)}of correcthorse, which a cut left op`,
    'name zB Correcthorse',
    'nome, ad es. Correcthorse',
    'nombre, por ej. Correcthorse',
    'Name, Bsp Correcthorse',
    'owner, sample value Correcthorse',
    'Sample data - Correcthorse',
    'Example Correcthorse',
    'Value: blood group of Correcthorse',
    'patient=Correcthorse',
    'STATUS/CORRECTHORSE',
    'blood, e.g. correcthorse',
    'Possible values are Ottoline and Correcthorse',
    'Mögliche Werte sind Ottoline und Correcthorse',
    'Wertebereich: Ottoline, Correcthorse',
    'owner, e.g. Ottoline; Correcthorse',
    'owner, e.g. (Ottoline) and Correcthorse',
  ])('a comment that was kept and is shown has lost what was pasted into it: %s', (comment) => {
    expect(commentForModel(comment)).not.toMatch(/correcthorse/i);
    expect(commentForModel(scrubComment(comment))).not.toMatch(/correcthorse/i);
  });

  it.each([
    'password hash of the user',
    'password is stored as a hash',
    'pw reset flag',
    'compass: north of the site',
    'host of the event',
    'host country, host id, the server side',
    'the login time',
    'login date/time of the user',
    'sample size',
    'sample data of the study',
    'range of the values, possible values',
    'egg count',
    'key of shop.customers.email',
    'clave primaria de la tabla',
    'size in 5" screens and names',
    'ex-wife flag',
    "The patient's blood group (ABO), since 24 h; don't use for billing",
    'copied from shop.customers.email and shop.customers.id',
    'state: 1=open, 2=closed; M=male',
    'values in EUR, an example of good practice, see also the table orders',
    'the customer’s and the patients’ ward',
    'code of covid-19 and sars-cov-2 tests by ICD-10',
    'the total = net + tax, with token of the vault',
    'Date of the last password change',
    'password_hash, encrypted: bcrypt',
    'Datum der letzten Änderung des Passworts',
    'Credencial para votar',
    'credentials of the physician',
    'bearer of the card, bearer bonds',
    'bearer token of the user',
    'Value: systolic blood pressure',
    'Sample: blood sample of the patient',
    'Sample - blood or urine',
    'mrn=medical record number',
    'HIV/AIDS status',
    'default=date of birth',
    'a trade secret, basic information',
    'loaded from hive by an end-to-end job',
    'Primary key, i.e. the number of the order',
    'contains PII, PHI',
    'the status - as told by the customer -, on server start',
    '| status | meaning | |---|---| | placed | the order has been placed |',
    'order_line_item_number of CustomerOrderLineItemNumber in public.sales.order_lines',
  ])('a comment keeps what describes the column: %s', (comment) => {
    expect(commentForModel(comment)).toBe(comment);
  });

  it.each([
    'Password for the export user: Correcthorse',
    'pass phrase = battery correcthorse',
    'use correcthorse as password',
    'das Passwort ist immer noch Correcthorse',
    'Passwort des Dienstkontos: correcthorse',
    'le mot de passe est correcthorse',
    'la clave del usuario etl es correcthorse',
    'hasło: correcthorse',
    'heslo: correcthorse',
    'jelszó: correcthorse',
    'salasana: correcthorse',
    'şifre: correcthorse',
    'parola: correcthorse',
    'пароль: correcthorse',
    '密码：correcthorse',
    'パスワード: correcthorse',
    'كلمة المرور: correcthorse',
    'κωδικός: correcthorse',
    'Authorization: Basic correcthorse',
    'Authorization: Bearer correcthorse',
    'calls it with bearer Correcthorse',
    'the api key of it, correcthorse',
  ])('a comment that names a password or key and says more is withheld whole: %s', (comment) => {
    expect(commentForModel(comment)).toBe(withheldComment);
  });

  it.each([
    'psql -h correcthorse -U etl',
    'login with etl / correcthorse',
    'AWS secret wJalrXUtnFEMI/K7CorrecthorsePxRfiCYKEY',
    'lives on CORRECTHORSEDB',
    'on host correcthorse',
    'srv-correcthorse-a',
    'dbprod.correcthorse',
    'např. Correcthorse',
    'örn. Correcthorse',
    'esim. Correcthorse',
    'например Correcthorse',
    'π.χ. Correcthorse',
    'مثال: Correcthorse',
    '例如 Correcthorse',
    '值例如Correcthorse',
    '예: Correcthorse',
    'contoh: Correcthorse',
    'enum CORRECTHORSE|FINCH',
    'My name is Otto Correcthorse',
  ])('a comment loses what is told without a sign of its own: %s', (comment) => {
    expect(commentForModel(comment)).not.toMatch(/correcthorse/iu);
  });

  it('a comment keeps what is left of it behind long texts that are taken out', () => {
    expect(commentForModel(`holds "${'word '.repeat(150)}" of the ward`)).toBe('holds [text] of the ward');
  });

  it('a name keeps its digits and words and loses a value', () => {
    expect(nameForModel('addr_line_2')).toBe('addr_line_2');
    expect(nameForModel('icd10')).toBe('icd10');
    expect(nameForModel('jane.canary@example.com')).toBe('[address]');
    expect(nameForModel('ghp_abcdefghijklmnopqrstuvwxyz')).toBe('[secret]');
    expect(nameForModel('acct 4111111111111111')).toBe('acct [number]');
  });

  it('carries the mark between its words and nowhere else', () => {
    expect(markWords('a ^b^ c', '^b^')).toBe('a^b^^b^c');
    expect(markWords('ignore this', '^x^')).toBe('ignore^x^this');
  });
});
