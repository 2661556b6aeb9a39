import { describe, expect, it } from 'vitest';
import { armoured, issued, secretWord, writtenValue } from '../../../server/base/secret-words.ts';

const word = new RegExp(`^(?:${secretWord})$`, 'iu');
const wordIn = new RegExp(secretWord, 'iu');
const value = new RegExp(writtenValue, 'u');

/** Words that stay a word for a secret whatever is written before them. */
const anywhere =
  'password, passwords, passwd, passphrase, passwort, passwörter, kennwort, kennwörter, secret, secrets, pwd, credential, ' +
  'contraseña, contrasenas, senha, senhas, wachtwoord, zugangsdaten, lösenord, hasło, api key, api_key, api-key, apikey, token, ' +
  'access key, auth token, secret-key, private key, encryption_key, signing key, shared key, master key, account key, ' +
  'bearer token, secret access key, shared access key';
/** Words that are parts of other words, too. */
const alone = "pass, passcode, pw, psw, pswd, mdp, mot de passe, clave, cred, creds, parola d'ordine, parola d’ordine";

describe('words for a secret', () => {
  it.each(anywhere.split(', '))('stay such a word behind others: %s', (text) => {
    expect(text).toMatch(word);
    expect(`db${text}`).toMatch(word);
    expect(`DB_${text.toUpperCase()}`).toMatch(word);
  });

  it.each(alone.split(', '))('are such a word by themselves, and behind a sign: %s', (text) => {
    expect(text).toMatch(word);
    expect(`db_${text}`).toMatch(word);
    expect(`db-${text}`).toMatch(word);
    expect(`db${text}`).not.toMatch(wordIn);
  });

  it.each([
    'compass',
    'bypass',
    'passenger',
    'passes',
    'passwordless',
    'tokenised',
    'secretary',
    'enclave',
    'key',
    'pwx',
  ])('are none: %s', (text) => {
    expect(text).not.toMatch(wordIn);
  });
});

describe('a value as it is written', () => {
  it.each([
    ['"battery horse" kept', '"battery horse"'],
    ['“battery horse” kept', '“battery horse”'],
    ['„battery horse“ kept', '„battery horse“'],
    ['„battery horse” kept', '„battery horse”'],
    ['«battery horse» kept', '«battery horse»'],
    ["'battery horse' kept", "'battery horse'"],
    ["'battery's horse' kept", "'battery's horse'"],
    ['battery horse', 'battery'],
    ['"battery horse', '"battery'],
  ])('is all of %s between its marks, or up to a blank', (text, whole) => {
    expect(value.exec(text)?.[0]).toBe(whole);
  });
});

describe('keys that are told by themselves', () => {
  const signs = 'Example0'.repeat(6);
  it.each([
    ...['AKIA', 'ASIA'].map((start) => start + 'EXAMPLE0'.repeat(2)),
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((start) => start + signs),
    ...['xoxa-', 'xoxb-', 'xoxp-', 'xoxr-', 'xoxs-'].map((start) => start + signs),
    ...['sk_live_', 'sk_test_', 'rk_live_', 'pk_test_'].map((start) => start + signs),
    ...['AIza', 'sk-proj-', 'sk-ant-', 'sk-svcacct-', 'sk-admin-', 'sk-or-', 'sk-'].map((start) => start + signs),
    ...['glpat-', 'npm_', 'hf_'].map((start) => start + signs),
    `SG.${signs}.${signs}`,
    `eyJ${signs}.${signs}.${signs}`,
    `eyJ${signs}.${signs}`,
  ])('are found whole: %s', (key) => {
    expect(`of ${key}, kept`.replaceAll(issued, '[key]')).toBe('of [key], kept');
    expect(`of x${key}`.replaceAll(issued, '[key]')).not.toContain('[key]');
  });

  it('end where their alphabet ends', () => {
    const key = `AKIA${'EXAMPLE0'.repeat(2)}`;
    expect(`${key}9 ${key}é`.replaceAll(issued, '[key]')).toBe(`${key}9 ${key}é`);
  });

  it.each([
    'AKIA',
    'AKIAEXAMPLE0',
    'sk-',
    'sk-learn',
    'hf_models',
    'npm_config',
    'ghp_x',
    'eyJhbGciOiJ',
    'SG.north.east',
  ])('are no word that begins alike: %s', (text) => {
    expect(text.replaceAll(issued, '[key]')).toBe(text);
  });

  it.each([
    ['-----BEGIN PRIVATE KEY-----\nabc\ndef\n-----END PRIVATE KEY----- kept', '[key] kept'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK 2-----\na-b\n-----END PGP PRIVATE KEY BLOCK 2----- kept', '[key] kept'],
    ['of -----BEGIN PRIVATE KEY-----\nabc and a cut', 'of [key]'],
  ])('are taken with all their lines, or as far as they were pasted: %j', (text, left) => {
    expect(text.replaceAll(armoured, '[key]')).toBe(left);
  });
});
