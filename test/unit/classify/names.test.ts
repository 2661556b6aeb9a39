import { describe, expect, it } from 'vitest';
import { fold } from '../../../server/classify/names/fold.ts';
import { loadLexicon } from '../../../server/classify/names/lexicon.ts';
import { readName } from '../../../server/classify/names/read-name.ts';
import { pathTokens, tokens } from '../../../server/classify/names/tokens.ts';

const lexicon = loadLexicon();
const outright = (name: string): string[] =>
  readName(name, lexicon)
    .senses.filter((sense) => sense.strength === 2 && sense.about === null)
    .map((sense) => sense.fine);

describe('names are cut into words', () => {
  it.each([
    ['custDOB_2', ['cust', 'dob', '2']],
    ['IPAddress', ['ip', 'address']],
    ['dateOfBirth', ['date', 'of', 'birth']],
    ['Straße', ['strasse']],
    ['اسم_العائلة', ['اسم', 'العائله']],
  ])('%s', (name, words) => {
    expect(tokens(name)).toEqual(words);
  });

  it('cuts a path into segments and leaves array brackets out', () => {
    expect(pathTokens('billing.emails[0].value')).toEqual([['billing'], ['emails'], ['value']]);
  });

  it('folds accents of alphabets and keeps the marks of scripts whose letters they are', () => {
    expect(fold('Ñandú Œuvre')).toBe('nandu oeuvre');
    expect(fold('नाम')).toBe('नाम');
  });
});

describe('names are read', () => {
  it.each([
    ['cust_dob', 'date_of_birth'],
    ['ph_no', 'phone'],
    ['drv_lic_no', 'drivers_license'],
    ['emailaddress', 'email'],
    ['LinkedInUrl', 'social_handle'],
    ['addressStreet', 'street_address'],
    ['geburtsdatum', 'date_of_birth'],
    ['numero_compte', 'bank_account'],
    ['fecha_nacimiento', 'date_of_birth'],
    ['手机号码', 'phone'],
    ['生年月日', 'date_of_birth'],
    ['주민등록번호', 'national_id'],
    ['رقم_الهاتف', 'phone'],
    ['номер_телефона', 'phone'],
    ['ημερομηνία_γέννησης', 'date_of_birth'],
    ['janm_tithi', 'date_of_birth'],
    ['เบอร์โทรศัพท์', 'phone'],
  ])('%s speaks of %s', (name, fine) => {
    expect(readName(name, lexicon).senses.map((sense) => sense.fine)).toContain(fine);
  });

  it.each([
    'email_opt_in',
    'phone_model',
    'email_count',
    '手机型号',
    'phone_verified',
    'address_family',
    'EmailBouncedDate',
  ])('%s is about something else', (name) => {
    expect(outright(name)).toEqual([]);
  });

  it.each(['package', 'message_queue', 'averages', 'homepage_layout', 'passage', 'storage'])(
    'never finds a word inside another: %s',
    (name) => {
      expect(outright(name)).toEqual([]);
    },
  );

  it('tells the derived form from the name', () => {
    expect(readName('email_sha256', lexicon).derived).toBe('hash');
    expect(readName('ssn_masked', lexicon).derived).toBe('mask');
    expect(readName('pan_last4', lexicon).senses[0]?.fine).toBe('card_last4');
    expect(readName('email', lexicon).derived).toBeNull();
  });

  it('knows the key of a person from the key of a thing', () => {
    expect(readName('customer_id', lexicon).personKey).toBe('customer');
    expect(readName('product_id', lexicon).personKey).toBeNull();
  });

  it('takes the outer part of a path when the inner one says nothing', () => {
    expect(readName('emails.value', lexicon).senses[0]).toMatchObject({ fine: 'email', outer: true });
  });

  it('speaks at least 15 languages, and mixes no two scripts within a word', () => {
    expect(new Set(lexicon.languages.flatMap((each) => each.split('/'))).size).toBeGreaterThanOrEqual(15);
    const scripts = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Hangul'];
    for (const word of lexicon.words()) {
      const used = scripts.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(word));
      expect(used.length, word).toBeLessThan(2);
    }
  });
});
