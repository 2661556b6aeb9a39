import type { FunctionFamily } from './function-families.ts';

const transformation = { kind: 'TRANSFORMATION' } as const;
const postgres = ['postgres', 'greenplum', 'cockroachdb', 'materialize'];
const pgcrypto = ['postgres', 'greenplum', 'cockroachdb'];
const spark = ['spark', 'databricks'];
const trino = ['trino', 'presto', 'athena'];
const tsql = ['tsql', 'fabric'];

type Listed = readonly [dialects: readonly string[], source: string, names: string];

function families(effect: FunctionFamily['effect'], listed: readonly Listed[]): readonly FunctionFamily[] {
  return listed.map(([dialects, source, names]) => ({ ...transformation, effect, dialects, source, names }));
}

/**
 * The functions that hide a value, each only in the dialects whose documentation has it as a built-in or as an extension
 * that comes with the engine. A name that an engine does not have is somebody's own function there, whatever it is called.
 */
export const protectingFamilies: readonly FunctionFamily[] = [
  // Plain digests.
  ...families('hash', [
    [
      ['ansi'],
      'digests that bear the name of a published algorithm, FIPS 180-4 and RFC 1321',
      'MD5 SHA1 SHA256 SHA512',
    ],
    [postgres, 'PostgreSQL 9.5; CockroachDB and Materialize function references', 'MD5 SHA224 SHA256 SHA384 SHA512'],
    [postgres, 'PostgreSQL F.26 pgcrypto; CockroachDB and Materialize have digest()', 'DIGEST'],
    [pgcrypto, 'PostgreSQL F.26 pgcrypto', 'CRYPT'],
    [
      ['postgres', 'greenplum'],
      'PostgreSQL 9.5 and its hash support functions',
      'CRC32 CRC32C HASHTEXT HASHTEXTEXTENDED',
    ],
    [['postgres', 'greenplum'], 'PostgreSQL Anonymizer, hashing functions', 'ANON.HASH ANON.DIGEST'],
    [['cockroachdb'], 'CockroachDB, functions and operators', 'SHA1 CRC32C CRC32IEEE FNV32 FNV32A FNV64 FNV64A'],
    [
      ['postgres', 'greenplum', 'cockroachdb'],
      'PostgreSQL F.49 uuid-ossp: MD5 or SHA-1 over a namespace and a name',
      'UUID_GENERATE_V3 UUID_GENERATE_V5',
    ],
    [['snowflake'], 'Snowflake, UUID_STRING: SHA-1 over a namespace and a name', 'UUID_STRING'],
    [
      ['redshift'],
      'Amazon Redshift, hash functions',
      'MD5 SHA SHA1 FUNC_SHA1 SHA2 CRC32 CHECKSUM FNV_HASH FARMFINGERPRINT64 MURMUR3_32_HASH',
    ],
    [
      ['mysql', 'mariadb'],
      'MySQL 8.4 reference manual, 14.13 encryption and compression functions, and 5.7; MariaDB knowledge base',
      'MD5 SHA SHA1 SHA2 PASSWORD OLD_PASSWORD ENCRYPT CRC32 STATEMENT_DIGEST',
    ],
    [['mariadb'], 'MariaDB knowledge base, CRC32C(), XXH3(), XXH32()', 'CRC32C XXH3 XXH32'],
    [['tidb'], 'TiDB, encryption and compression functions', 'MD5 SHA SHA1 SHA2 PASSWORD CRC32 SM3'],
    [
      ['doris'],
      'Apache Doris, encrypt-digest and hash functions',
      'MD5 MD5SUM SHA SHA1 SHA2 SM3 SM3SUM CRC32 MURMUR_HASH3_32 MURMUR_HASH3_64 XXHASH_32 XXHASH_64',
    ],
    [
      ['starrocks'],
      'StarRocks, cryptographic and hash functions',
      'MD5 MD5SUM SHA2 CRC32 MURMUR_HASH3_32 XX_HASH3_64 XX_HASH3_128',
    ],
    [
      ['snowflake'],
      'Snowflake, cryptographic and checksum functions; HASH',
      'MD5 MD5_HEX MD5_BINARY MD5_NUMBER_LOWER64 MD5_NUMBER_UPPER64 SHA1 SHA1_HEX SHA1_BINARY SHA2 SHA2_HEX SHA2_BINARY HASH',
    ],
    [['bigquery'], 'BigQuery, hash functions', 'MD5 SHA1 SHA256 SHA512 FARM_FINGERPRINT'],
    [spark, 'Spark SQL built-in functions; Databricks function reference', 'MD5 SHA SHA1 SHA2 CRC32 HASH XXHASH64'],
    [['hive'], 'Hive language manual, misc. functions', 'MD5 SHA SHA1 SHA2 CRC32 HASH MURMUR_HASH MASK_HASH'],
    [
      ['impala'],
      'Apache Impala, string, mathematical and mask functions',
      'MD5 SHA1 SHA2 FNV_HASH MURMUR_HASH MASK_HASH',
    ],
    [
      trino,
      'Trino, binary functions; checksum() among the aggregates',
      'MD5 SHA1 SHA256 SHA512 XXHASH64 MURMUR3 CRC32 SPOOKY_HASH_V2_32 SPOOKY_HASH_V2_64 CHECKSUM',
    ],
    [
      ['dremio'],
      'Dremio SQL reference, hashing and masking functions',
      'MD5 SHA SHA1 SHA256 SHA512 CRC32 HASH HASH64 HASHSHA256 MASK_HASH',
    ],
    [tsql, 'T-SQL HASHBYTES, CHECKSUM, BINARY_CHECKSUM, PWDENCRYPT', 'HASHBYTES CHECKSUM BINARY_CHECKSUM PWDENCRYPT'],
    [
      ['oracle'],
      'Oracle STANDARD_HASH, ORA_HASH; DBMS_CRYPTO, DBMS_UTILITY, DBMS_OBFUSCATION_TOOLKIT',
      'STANDARD_HASH ORA_HASH DBMS_CRYPTO.HASH DBMS_UTILITY.GET_HASH_VALUE DBMS_OBFUSCATION_TOOLKIT.MD5',
    ],
    [
      ['clickhouse'],
      'ClickHouse, hash functions',
      'MD5 MD4 SHA1 SHA224 SHA256 SHA384 SHA512 SHA512_256 XXHASH32 XXHASH64 XXH3 XXH3_128 MURMURHASH2_32 MURMURHASH2_64 MURMURHASH3_32 MURMURHASH3_64 MURMURHASH3_128 ' +
        'FARMFINGERPRINT64 FARMHASH64 CITYHASH64 SIPHASH64 SIPHASH128 HALFMD5 INTHASH32 INTHASH64 METROHASH64 GCCMURMURHASH JAVAHASH HIVEHASH WYHASH64 BLAKE3 KECCAK256 RIPEMD160 CRC32 CRC32IEEE CRC64',
    ],
    [
      ['duckdb'],
      'DuckDB, utility and text functions',
      'MD5 MD5_NUMBER MD5_NUMBER_LOWER MD5_NUMBER_UPPER SHA1 SHA256 HASH',
    ],
    [['sqlite'], 'SQLite command line shell, sha3()', 'SHA3'],
    [['teradata'], 'Teradata Vantage, hash-related functions', 'HASHROW HASHBUCKET HASHAMP'],
    [['db2'], 'Db2 function reference', 'HASH HASH4 HASH8 HASH_MD5 HASH_SHA1 HASH_SHA256 HASH_CRC32'],
    [['vertica'], 'Vertica, string and mathematical functions', 'MD5 SHA1 SHA224 SHA256 SHA384 SHA512 HASH'],
    [
      ['exasol'],
      'Exasol, other scalar functions',
      'HASH_MD5 HASH_SHA HASH_SHA1 HASH_SHA256 HASH_SHA512 HASH_TIGER HASHTYPE_MD5 HASHTYPE_SHA HASHTYPE_SHA1 HASHTYPE_SHA256 HASHTYPE_SHA512 HASHTYPE_TIGER',
    ],
    [['netezza'], 'Netezza SQL extensions toolkit', 'HASH HASH4 HASH8'],
  ]),
  // Digests under a key.
  ...families('keyed-hash', [
    [postgres, 'PostgreSQL F.26 pgcrypto hmac(); CockroachDB and Materialize have it', 'HMAC'],
    [
      ['postgres', 'greenplum'],
      'PostgreSQL Anonymizer, pseudonymization under a salt',
      'ANON.PSEUDO_EMAIL ANON.PSEUDO_FIRST_NAME ANON.PSEUDO_LAST_NAME',
    ],
    [['databricks'], 'Databricks function reference', 'HMAC'],
    [trino, 'Trino, binary functions', 'HMAC_MD5 HMAC_SHA1 HMAC_SHA256 HMAC_SHA512'],
    [['oracle'], 'Oracle DBMS_CRYPTO', 'DBMS_CRYPTO.MAC'],
    [['clickhouse'], 'ClickHouse, hash functions', 'SIPHASH64KEYED SIPHASH128KEYED HMAC'],
  ]),
  // Ciphers: who has the key can read it back.
  ...families('encrypt', [
    [
      pgcrypto,
      'PostgreSQL F.26 pgcrypto',
      'ENCRYPT ENCRYPT_IV PGP_SYM_ENCRYPT PGP_SYM_ENCRYPT_BYTEA PGP_PUB_ENCRYPT PGP_PUB_ENCRYPT_BYTEA',
    ],
    [
      ['mysql', 'mariadb'],
      'MySQL 5.7 and 8.4 reference manuals; MariaDB knowledge base',
      'AES_ENCRYPT DES_ENCRYPT ENCODE',
    ],
    [['tidb'], 'TiDB, encryption and compression functions', 'AES_ENCRYPT ENCODE'],
    [['doris', 'starrocks'], 'Doris and StarRocks, cryptographic functions', 'AES_ENCRYPT'],
    [['doris'], 'Doris, SM4_ENCRYPT', 'SM4_ENCRYPT'],
    [['snowflake'], 'Snowflake, encryption functions', 'ENCRYPT ENCRYPT_RAW'],
    [['bigquery'], 'BigQuery, AEAD encryption functions', 'AEAD.ENCRYPT DETERMINISTIC_ENCRYPT'],
    [
      [...spark, 'hive', 'impala', 'dremio'],
      'Spark, Databricks, Hive, Impala and Dremio function references',
      'AES_ENCRYPT',
    ],
    [tsql, 'T-SQL, cryptographic functions', 'ENCRYPTBYKEY ENCRYPTBYPASSPHRASE ENCRYPTBYCERT ENCRYPTBYASYMKEY'],
    [
      ['oracle'],
      'Oracle DBMS_CRYPTO, DBMS_OBFUSCATION_TOOLKIT',
      'DBMS_CRYPTO.ENCRYPT DBMS_OBFUSCATION_TOOLKIT.DESENCRYPT DBMS_OBFUSCATION_TOOLKIT.DES3ENCRYPT',
    ],
    [['clickhouse'], 'ClickHouse, encryption functions', 'ENCRYPT AES_ENCRYPT_MYSQL'],
    [['db2'], 'Db2 ENCRYPT and its kin', 'ENCRYPT ENCRYPT_TDES ENCRYPT_RC2'],
    [['netezza'], 'Netezza SQL extensions toolkit', 'ENCRYPT'],
    [['vertica'], 'Vertica with Voltage SecureData', 'VOLTAGESECUREPROTECT VOLTAGESECUREPROTECTALLKEYS'],
  ]),
  // Replaced by a token.
  ...families('tokenise', [
    [['bigquery'], 'BigQuery, DLP encryption functions (Sensitive Data Protection)', 'DLP_DETERMINISTIC_ENCRYPT'],
  ]),
  // Replaced by a pattern that keeps no readable part.
  ...families('mask', [
    [
      ['hive', 'impala', ...spark, 'dremio', 'doris'],
      'Hive string functions; Spark and Databricks mask(); Impala, Dremio and Doris masking functions',
      'MASK',
    ],
    [['mysql'], 'MySQL data masking component', 'MASK_UUID MASK_CANADA_SIN MASK_UK_NIN'],
    [
      ['postgres', 'greenplum'],
      'PostgreSQL Anonymizer, faking and randomization',
      'ANON.FAKE_EMAIL ANON.FAKE_FIRST_NAME ANON.FAKE_LAST_NAME ANON.FAKE_CITY ANON.FAKE_COMPANY ANON.RANDOM_STRING ANON.RANDOM_PHONE ANON.DUMMY_FIRST_NAME ANON.DUMMY_LAST_NAME',
    ],
  ]),
  // A part stays readable.
  ...families('partial', [
    [
      ['ansi'],
      'ksqlDB, scalar functions, which is read as ansi: masks a stretch at one end, or all but that',
      'MASK_LEFT MASK_RIGHT MASK_KEEP_LEFT MASK_KEEP_RIGHT',
    ],
    [
      ['hive', 'impala', 'dremio', 'doris'],
      'Hive string functions; Impala, Dremio and Doris masking functions',
      'MASK_FIRST_N MASK_LAST_N MASK_SHOW_FIRST_N MASK_SHOW_LAST_N',
    ],
    [
      ['mysql'],
      'MySQL data masking component and plugin',
      'MASK_INNER MASK_OUTER MASK_PAN MASK_PAN_RELAXED MASK_SSN MASK_IBAN',
    ],
    [
      ['postgres', 'greenplum'],
      'PostgreSQL Anonymizer, partial scrambling, generalization and noise',
      'ANON.PARTIAL ANON.PARTIAL_EMAIL ANON.GENERALIZE_DATERANGE ANON.GENERALIZE_INT4RANGE ANON.NOISE ANON.DNOISE',
    ],
  ]),
];
