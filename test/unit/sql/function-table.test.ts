import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { functionFamilies } from '../../../server/sql/functions/function-families.ts';
import { namedRule } from '../../../server/sql/functions/function-table.ts';

/** Effect and masking flag of the one input of a select list's only item. */
function effectOf(expression: string, dialect = 'postgres'): string {
  const { columns } = analyseSql({ dialect, sql: `select ${expression} as r from t` }, null);
  return columns
    .map(
      ({ up, effect, masking, kind }) =>
        `${up.column} ${kind === 'CONDITIONAL' ? 'steers' : effect}${masking ? ' masked' : ''}`,
    )
    .join(', ');
}

describe('the function table', () => {
  it('gives every listed name the effect of its family, in the dialects it names', () => {
    const shadowed = new Map<string, Set<string>>();
    for (const { effect, kind, dialects, names, source } of functionFamilies) {
      expect(source).not.toBe('');
      for (const name of names.split(/\s+/))
        for (const dialect of dialects ?? ['ansi']) {
          const rule = namedRule(name, dialect);
          expect(rule, name).not.toBeNull();
          const known = shadowed.get(`${dialect} ${name}`) ?? new Set();
          shadowed.set(`${dialect} ${name}`, known.add(`${kind} ${effect}`));
          expect([...known], `${dialect} ${name}`).toContain(`${rule?.kind ?? ''} ${rule?.effect ?? ''}`);
        }
    }
    for (const [name, effects] of shadowed) expect([...effects], `${name} stands in two families`).toHaveLength(1);
  });

  it.each([
    // Who decrypts has the clear value again; a digest stays one.
    ["pgp_sym_decrypt(pgp_sym_encrypt(a, 'k'), 'k')", 'postgres', 'a keep'],
    ["aes_decrypt(aes_encrypt(a, 'k'), 'k')", 'mysql', 'a keep'],
    ['decrypt_char(encrypt(a))', 'db2', 'a keep'],
    ["aes_decrypt(md5(a), 'k')", 'mysql', 'a hash masked'],
    ["pgp_sym_decrypt(a, 'k')", 'postgres', 'a decrypt'],
    ["lower(pgp_sym_decrypt(trim(a), 'k'))", 'postgres', 'a decrypt'],
    ['vault.api.detokenize(a)', 'snowflake', 'a detokenise'],
    ["md5(pgp_sym_decrypt(a, 'k'))", 'postgres', 'a hash masked'],
    ["aes_encrypt(aes_decrypt(a, 'k'), 'l')", 'mysql', 'a encrypt masked'],
    // NULL leaves the signs of a kind as they are.
    ['mask(a, NULL, NULL, NULL, NULL)', 'spark', 'a keep'],
    ["mask(a, 'X', 'x', NULL)", 'databricks', 'a partial'],
    ["mask(a, 'X', 'x', 'n', NULL)", 'spark', 'a mask masked'],
    ['mask(a, upperChar => NULL, lowerChar => NULL, digitChar => NULL)', 'spark', 'a keep'],
    ['mask(a, digitChar => NULL)', 'databricks', 'a partial'],
    ["mask(a, otherChar => '*')", 'spark', 'a mask masked'],
    ['mask(a, otherChar => NULL)', 'spark', 'a mask masked'],
    ['mask(a, -1, -1, -1)', 'hive', 'a keep'],
    ["mask(a, 'X', 'x', -1)", 'impala', 'a partial'],
    ["mask(a, 'X', 'x', 1)", 'hive', 'a mask masked'],
    // Plain digests.
    ['md5(a)', 'postgres', 'a hash masked'],
    ["encode(digest(a, 'sha256'), 'hex')", 'postgres', 'a hash masked'],
    ['uuid_generate_v5(uuid_ns_url(), a)', 'postgres', 'a hash masked'],
    ['fnv64a(a)', 'cockroachdb', 'a hash masked'],
    ["crypt(a, gen_salt('bf'))", 'postgres', 'a hash masked'],
    ["hashbytes('SHA2_256', a)", 'tsql', 'a hash masked'],
    ["standard_hash(a, 'SHA512')", 'oracle', 'a hash masked'],
    ['farm_fingerprint(a)', 'bigquery', 'a hash masked'],
    ['sipHash64(a)', 'clickhouse', 'a hash masked'],
    ['hashrow(a)', 'teradata', 'a hash masked'],
    ['fnv_hash(a)', 'redshift', 'a hash masked'],
    ['mask_hash(a)', 'hive', 'a hash masked'],
    ['encrypt(a)', 'mysql', 'a hash masked'],
    // Under a key.
    ["hmac(a, 'k', 'sha256')", 'postgres', 'a keyed-hash masked'],
    ['hmac_sha256(to_utf8(a), to_utf8(b))', 'trino', 'a keyed-hash masked, b keyed-hash masked'],
    ["aes_encrypt(a, 'k')", 'spark', 'a encrypt masked'],
    ["encrypt(a, 'k')", 'snowflake', 'a encrypt masked'],
    ["pgp_sym_encrypt(a, 'k')", 'postgres', 'a encrypt masked'],
    ["encryptbypassphrase('k', a)", 'tsql', 'a encrypt masked'],
    ["encode(a, 'k')", 'mysql', 'a encrypt masked'],
    ['dlp_deterministic_encrypt(a)', 'bigquery', 'a tokenise masked'],
    // Patterns.
    ['mask(a)', 'databricks', 'a mask masked'],
    ["regexp_replace(a, '.', '*', 'g')", 'postgres', 'a mask masked'],
    ["regexp_replace(a, '.*', 'REDACTED')", 'postgres', 'a mask masked'],
    ["regexp_replace(a, '[0-9]{12}', 'X')", 'postgres', 'a partial'],
    ['mask_show_last_n(a, 4)', 'hive', 'a partial'],
    ['mask_inner(a, 2, 2)', 'mysql', 'a partial'],
    ["anon.partial(a, 1, '***', 2)", 'postgres', 'a partial'],
    // Pieces.
    ['substr(a, 1, 4)', 'oracle', 'a partial'],
    ['substr(a, -4)', 'oracle', 'a partial'],
    ['right(a, 4)', 'postgres', 'a partial'],
    ["split_part(a, '@', 2)", 'postgres', 'a partial'],
    ["date_trunc('month', a)", 'postgres', 'a partial'],
    ['extract(year from a)', 'postgres', 'a partial'],
    ['datepart(year, a)', 'tsql', 'a partial'],
    ["translate(a, '0123456789', '##########')", 'oracle', 'a partial'],
    ['char_length(a)', 'postgres', 'a partial'],
    ['left(a, -6)', 'postgres', 'a partial'],
    ["stuff(a, 1, 6, '******')", 'tsql', 'a partial'],
    ["overlay(a placing '****' from 5)", 'postgres', 'a partial'],
    ["regexp_substr(a, '@.*')", 'oracle', 'a partial'],
    ["regexp_substr(a, '[^@]+$')", 'oracle', 'a partial'],
    ["regexp_substr(a, '[0-9]{4}$')", 'oracle', 'a partial'],
    ["regexp_extract(a, r'^(\\d{4})\\d+$')", 'bigquery', 'a partial'],
    ["regexp_extract(a, r'@(.*)')", 'bigquery', 'a partial'],
    ["regexp_extract(a, r'(\\w+)@gmail\\.com')", 'bigquery', 'a partial'],
    ["regexp_extract(a, '(\\\\d{3})-(\\\\d+)', 2)", 'spark', 'a partial'],
    ["regexp_substr(a, '[^-]+')", 'snowflake', 'a partial'],
    ["regexp_substr(a, '-[0-9]+$')", 'mysql', 'a partial'],
    ["(regexp_match(a, '@.*$'))[1]", 'postgres', 'a partial'],
    ["regexp_extract(a, '\\b\\d{4}\\b')", 'trino', 'a partial'],
    // Folded and counted.
    ['sum(a)', 'postgres', 'a aggregate'],
    ['avg(a)', 'postgres', 'a aggregate'],
    ['count(distinct a)', 'postgres', 'a count masked'],
    ['approx_count_distinct(a)', 'bigquery', 'a count masked'],
    ['uniqExactIf(a, b)', 'clickhouse', 'a count masked, b steers'],
    // Gone.
    ['a is null', 'postgres', 'a drop'],
    ['pg_typeof(a)', 'postgres', 'a drop'],
  ])('knows what %s does in %s', (expression, dialect, expected) => {
    expect(effectOf(expression, dialect)).toBe(expected);
  });

  it.each([
    // Near misses: nothing of the value is hidden.
    ['upper(a)', 'postgres', 'a keep'],
    ['trim(a)', 'postgres', 'a keep'],
    ["replace(a, '-', '')", 'postgres', 'a keep'],
    ["regexp_replace(a, '[^0-9]', '')", 'postgres', 'a keep'],
    ["regexp_replace(a, 'x', 'y')", 'postgres', 'a keep'],
    ["translate(a, 'äöü', 'aou')", 'postgres', 'a keep'],
    ["translate(a, 'aeiou', '*****')", 'postgres', 'a keep'],
    ['left(a, -1)', 'postgres', 'a keep'],
    ["stuff(a, 1, 1, '*')", 'tsql', 'a keep'],
    ["overlay(a placing '*' from 1 for 1)", 'postgres', 'a keep'],
    ["regexp_substr(a, '[0-9]+')", 'oracle', 'a keep'],
    ["regexp_substr(a, '[0-9]{13,19}')", 'oracle', 'a keep'],
    // A separator within what is taken, or round a whole value, cuts nothing off.
    ["regexp_extract(a, r'[^@]+@[^@]+')", 'bigquery', 'a keep'],
    ["regexp_substr(a, '[^@ ]+@[^@ ]+')", 'redshift', 'a keep'],
    ["regexp_extract(a, '\\w+@\\w+\\.com')", 'duckdb', 'a keep'],
    ["regexp_extract(a, '\\b\\d{3}-\\d{2}-\\d{4}\\b')", 'trino', 'a keep'],
    ["regexp_extract(a, 'mailto:(.*)')", 'databricks', 'a keep'],
    ["regexp_extract(a, r'email=([^&]+)')", 'bigquery', 'a keep'],
    ["regexp_extract(a, r'SSN: (\\d+)')", 'bigquery', 'a keep'],
    ["regexp_extract(a, 'ID-([0-9]+)')", 'hive', 'a keep'],
    ["regexp_extract(a, '([0-9]+)-USD')", 'hive', 'a keep'],
    ["regexp_extract(a, '(\\\\w+)@(\\\\w+)[.]com', 0)", 'spark', 'a keep'],
    ["regexp_extract(a, r'(?:x|-)(\\d+)')", 'bigquery', 'a keep'],
    ["regexp_substr(a, '[^,]+', 1, 1)", 'oracle', 'a keep'],
    ["(regexp_match(a, '\\d{3}-\\d{2}-\\d{4}'))[1]", 'postgres', 'a keep'],
    ["(regexp_matches(a, '(\\w+@\\w+\\.com)'))[1]", 'postgres', 'a keep'],
    ["regexp_substr(a, '[a-z.]+@[a-z.]+')", 'oracle', 'a keep'],
    ["regexp_substr(a, '^([0-9]{4})[0-9]+$')", 'oracle', 'a keep'],
    ["regexp_extract_all(a, r'[0-9]{4}')", 'bigquery', 'a keep'],
    ['regexp_extract(a, p)', 'bigquery', 'a keep, p keep'],
    ['substr(a, 1, 200)', 'oracle', 'a keep'],
    ['substr(a, 2)', 'oracle', 'a keep'],
    ['left(a, n)', 'postgres', 'a keep, n keep'],
    ["date_trunc('day', a)", 'postgres', 'a keep'],
    ["encode(a, 'hex')", 'postgres', 'a keep'],
    ['max(a)', 'postgres', 'a keep'],
    ['jsonb_array_elements_text(a)', 'postgres', 'a keep'],
    ["string_agg(a, ',')", 'postgres', 'a keep'],
    ["coalesce(a, 'none')", 'postgres', 'a keep'],
    ['any_value(a)', 'bigquery', 'a keep'],
    // Nobody vouches for these: they count as unchanged.
    ['md5_of_my_own(a)', 'postgres', 'a unknown'],
    ['util.scramble(a)', 'oracle', 'a unknown'],
  ])('does not take %s in %s for masking', (expression, dialect, expected) => {
    expect(effectOf(expression, dialect)).toBe(expected);
  });

  it.each([
    // A function of a schema is somebody's own, whatever its name.
    ['dbo.mask(a)', 'tsql'],
    ['main.sec.mask(a)', 'databricks'],
    ['gov.pii.tokenize(a)', 'databricks'],
    ['pii.mask(a)', 'spark'],
    ['sec_pkg.hash(a)', 'oracle'],
    ['`p.pii.sha256`(a)', 'bigquery'],
    ['util.md5(a)', 'postgres'],
    ['public.md5(a)', 'postgres'],
    ["app.digest(a, 'sha256')", 'postgres'],
    ["extensions.digest(a, 'sha256')", 'snowflake'],
    ['pg_catalog.md5(a)', 'bigquery'],
    // A name that the engine does not have.
    ['mask(a)', 'bigquery'],
    ['mask(a)', 'snowflake'],
    ['mask(a)', 'trino'],
    ['mask(a)', 'ansi'],
    ['mask(a)', 'postgres'],
    ['hash(a)', 'bigquery'],
    ['hash(a)', 'trino'],
    ['hash(a)', 'postgres'],
    ['encrypt(a)', 'bigquery'],
    ['encrypt(a)', 'spark'],
    ['encrypt(a)', 'tidb'],
    ['md5(a)', 'oracle'],
    ['md5(a)', 'tsql'],
    ['md5(a)', 'sqlite'],
    ['sha1(a)', 'postgres'],
    ['sha2(a, 256)', 'bigquery'],
    ["hmac(a, 'k')", 'snowflake'],
    ['aes_encrypt(a)', 'postgres'],
    ['crypt(a)', 'redshift'],
    ['digest(a)', 'mysql'],
    ['password(a)', 'postgres'],
    ['checksum(a)', 'mysql'],
    ['mask_hash(a)', 'spark'],
    ['mask_ssn(a)', 'mariadb'],
    ['mask_show_last_n(a, 4)', 'spark'],
    ['tokenize(a)', 'snowflake'],
    ['redact(a)', 'snowflake'],
    ['anonymize(a)', 'duckdb'],
    ['obfuscate(a)', 'mysql'],
    ['scrub(a)', 'postgres'],
    ['mask_email(a)', 'bigquery'],
    ['dlp_deterministic_encrypt(a)', 'snowflake'],
  ])('knows nothing of %s in %s', (expression, dialect) => {
    expect(effectOf(expression, dialect)).toBe('a unknown');
  });

  it.each([
    // The engine's own schemas, and pgcrypto's.
    ['pg_catalog.md5(a)', 'postgres', 'a hash masked'],
    ["public.digest(a, 'sha256')", 'postgres', 'a hash masked'],
    ["extensions.crypt(a, 's')", 'postgres', 'a hash masked'],
    ['dbms_crypto.hash(a, 4)', 'oracle', 'a hash masked'],
    ['sys.dbms_crypto.hash(a, 4)', 'oracle', 'a hash masked'],
    ['system.builtin.mask(a)', 'databricks', 'a mask masked'],
    ["pg_catalog.regexp_replace(a, '.', '*', 'g')", 'postgres', 'a mask masked'],
    ["util.regexp_replace(a, '.', '*', 'g')", 'postgres', 'a unknown'],
    ['pg_catalog.lower(a)', 'postgres', 'a keep'],
    ["aead.encrypt(k, a, '')", 'bigquery', 'k encrypt masked, a encrypt masked'],
    ['safe.md5(a)', 'bigquery', 'a hash masked'],
    // Each where its documentation has it.
    ['mask(a)', 'hive', 'a mask masked'],
    ['mask(a)', 'spark', 'a mask masked'],
    ['mask(a)', 'dremio', 'a mask masked'],
    ['hash(a)', 'snowflake', 'a hash masked'],
    ['hash(a)', 'duckdb', 'a hash masked'],
    ['hash(a)', 'vertica', 'a hash masked'],
    ["encrypt(a, 'k')", 'postgres', 'a encrypt masked'],
    ["encrypt('aes-256-gcm', a, 'k')", 'clickhouse', 'a encrypt masked'],
    ["encrypt(a, 'k')", 'db2', 'a encrypt masked'],
    ['encrypt(a)', 'mariadb', 'a hash masked'],
    ['sha2(a, 256)', 'starrocks', 'a hash masked'],
    ['sha256(a)', 'bigquery', 'a hash masked'],
    ['md5(a)', 'ansi', 'a hash masked'],
    // Whoever says that it gives the clear value again is believed, of any schema.
    ["sec.decrypt(encrypt(a, 'k'))", 'snowflake', 'a keep'],
    // The keys of the map are the values.
    ['histogram(a)', 'trino', 'a keep'],
    ['histogram(a)', 'duckdb', 'a keep'],
  ])('knows whose function %s in %s is', (expression, dialect, expected) => {
    expect(effectOf(expression, dialect)).toBe(expected);
  });

  it('composes effects along the way: what hides more stays', () => {
    expect(effectOf('lower(md5(a))')).toBe('a hash masked');
    expect(effectOf("concat('***', right(a, 4))")).toBe('a partial');
    expect(effectOf('count(md5(a))')).toBe('a count masked');
    expect(effectOf('md5(left(a, 4))')).toBe('a hash masked');
    expect(effectOf('case when b then md5(a) else a end')).toBe('a hash masked, a keep, b steers');
  });
});
