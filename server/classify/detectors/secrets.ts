import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';

const authorization =
  /^(?:Basic [A-Za-z0-9+/]{6,}={0,2}|Bearer [\w.~+/-]{20,}={0,2}|Digest username=|(?:Negotiate|NTLM) [A-Za-z0-9+/]{20,}={0,2}|AWS4-HMAC-SHA256 Credential=\w)/i;

/** True for what an HTTP client proves itself with: a user and password in Base64, or a token long enough to be one. */
function isAuthorization(text: string): boolean {
  if (!authorization.test(text)) return false;
  const pair = /^Basic (\S+)/i.exec(text)?.[1];
  if (pair === undefined) return /^Digest|^AWS/i.test(text) || /\d/.test(text);
  return /^[\u{20}-\u{7e}\p{L}]*:[\u{20}-\u{7e}\p{L}]*$/u.test(Buffer.from(pair, 'base64').toString('utf8'));
}

/** Secrets, and forms in which a value no longer stands in clear. */
export const secrets: readonly Detector[] = [
  detector({
    id: 'password-hash',
    fine: 'credentials',
    title: 'Hash of a password with its scheme',
    method: 'format',
    source: 'crypt(5), PHC string format, Django and ASP.NET password hashers',
    chance: 0.001,
    minShare: 0.5,
    length: [20, 400],
    alone: 4,
    named: 3,
    test: ({ text }) =>
      /^\$(?:2[abxy]|1|5|6|y|argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d+)?|apr1|bcrypt-sha256)\$\S{16,}$/.test(text) ||
      /^(?:pbkdf2_sha\d+|bcrypt_sha256|argon2)\$\S{20,}$/.test(text) ||
      /^\{(?:SSHA|SHA|SMD5|CRYPT)\d*\}\S{16,}$/.test(text),
  }),
  detector({
    id: 'private-key',
    fine: 'credentials',
    title: 'Private key',
    method: 'format',
    source: 'RFC 7468',
    chance: 0.001,
    minShare: 0.1,
    length: [40, 4_096],
    alone: 5,
    named: 3,
    test: ({ text }) => /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(text),
  }),
  detector({
    id: 'jwt',
    fine: 'credentials',
    title: 'JSON web token',
    method: 'format',
    source: 'RFC 7519',
    chance: 0.001,
    minShare: 0.3,
    length: [30, 4_096],
    alone: 4,
    named: 3,
    test: ({ text }) => /^(?:Bearer )?eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*$/.test(text),
  }),
  detector({
    id: 'vendor-key',
    fine: 'credentials',
    title: 'Key or token with its maker’s prefix',
    method: 'format',
    source: 'published key formats of cloud and SaaS makers',
    chance: 0.001,
    minShare: 0.2,
    length: [16, 300],
    alone: 4,
    named: 3,
    test: ({ text }) =>
      /^(?:AKIA|ASIA)[A-Z0-9]{16}$|^gh[pousr]_[A-Za-z0-9]{30,}$|^github_pat_\w{22,}$|^(?:sk|rk|whsec)_(?:live|test)?_?[A-Za-z0-9]{16,}$|^sk-[A-Za-z0-9_-]{20,}$|^xox[abeprs]-[\w-]{10,}$|^AIza[\w-]{35}$|^ya29\.[\w-]{20,}$|^glpat-[\w-]{20}$|^npm_[A-Za-z0-9]{36}$|^SG\.[\w-]{20,}\.[\w-]{20,}$|^dop_v1_[a-f0-9]{64}$|^EAA[A-Za-z0-9]{40,}$|^shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}$|^hv[sb]\.[\w-]{20,}$/.test(
        text,
      ),
  }),
  detector({
    id: 'connection-string',
    fine: 'credentials',
    title: 'Address with a password in it',
    method: 'format',
    source: 'RFC 3986 user information; database connection strings',
    chance: 0.001,
    minShare: 0.2,
    length: [12, 1_000],
    alone: 4,
    named: 3,
    test: ({ text }) =>
      /^[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,64}:[^\s/@]{1,128}@[^\s@]+$/i.test(text) ||
      /(?:^|;) ?(?:password|pwd) ?=[^;]{1,128}/i.test(text),
  }),
  detector({
    id: 'http-authorization',
    fine: 'credentials',
    title: 'Value of an HTTP authorization header',
    method: 'format',
    source: 'RFC 7617 (Basic), RFC 6750 (Bearer), RFC 7616 (Digest), RFC 4559, AWS Signature Version 4',
    chance: 0.001,
    minShare: 0.2,
    needs: has.blank,
    length: [12, 4_096],
    alone: 4,
    named: 3,
    test: ({ text }) => {
      if (!text.includes('uthorization') && !text.includes('UTHORIZATION')) return isAuthorization(text);
      const header = /authorization["']?\s{0,2}[:=]\s{0,2}["']?/i.exec(text);
      return isAuthorization(header === null ? text : text.slice(header.index + header[0].length));
    },
  }),
  detector({
    id: 'mixed-secret',
    fine: 'credentials',
    title: 'Random letters of both cases, digits and signs',
    method: 'format',
    source: 'own rule',
    chance: 0.2,
    minShare: 0.6,
    needs: has.digit | has.lower,
    forbids: has.blank | has.brace,
    length: [6, 128],
    alone: -3,
    named: 1,
    test: ({ text }) => /[A-Z]/.test(text) || /[^\w]/.test(text),
  }),
  detector({
    id: 'hash-digest',
    fine: null,
    title: 'Digest in hexadecimal',
    method: 'format',
    source: 'FIPS 180-4, RFC 1321: 32, 40, 56, 64, 96 or 128 hexadecimal signs',
    chance: 0.001,
    minShare: 0.8,
    needs: has.digit,
    forbids: has.blank | has.dash | has.dot,
    length: [32, 140],
    test: ({ text }) =>
      /^(?:sha\d+[:$])?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(text),
  }),
  detector({
    id: 'hash-base64',
    fine: null,
    title: 'Digest in Base64',
    method: 'format',
    source: 'RFC 4648: 24, 28, 44 or 88 signs that end in =',
    chance: 0.001,
    minShare: 0.8,
    needs: has.equals,
    forbids: has.blank | has.dot | has.colon,
    length: [24, 88],
    test: ({ text }) =>
      /^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)$/.test(text),
  }),
  detector({
    id: 'vault-token',
    fine: null,
    title: 'Token in place of a value',
    method: 'format',
    source: 'published token forms of vaults and encryption libraries',
    chance: 0.001,
    minShare: 0.8,
    length: [8, 400],
    test: ({ text }) =>
      /^(?:tok(?:en)?|tkn|vault|enc|pseudo|anon|psn)[_:.-][\w:.=+/-]{6,}$/i.test(text) ||
      /^(?:vault:v\d+:|gAAAAA|AQICAH|ENC\()\S{10,}$/.test(text),
  }),
  detector({
    id: 'masked-email',
    fine: 'email',
    title: 'E-mail address with masked letters',
    method: 'format',
    source: 'own rule',
    chance: 0.001,
    minShare: 0.6,
    needs: has.at | has.star,
    length: [5, 100],
    alone: 3,
    named: 3,
    test: ({ text }) => /^[^@\s]*[*•#]{1,}[^@\s]*@[\w*.•#-]+$/.test(text),
  }),
  detector({
    id: 'masked-ssn',
    fine: 'national_id',
    title: 'Social security number with masked digits',
    method: 'format',
    source: 'SSA: last four shown',
    chance: 0.001,
    minShare: 0.6,
    length: [9, 11],
    alone: 3,
    named: 3,
    test: ({ text }) => /^(?:[*xX•#]{3}-?[*xX•#]{2}-?\d{4}|\d{3}-[*xX•#]{2}-[*xX•#]{4})$/.test(text),
  }),
  detector({
    id: 'masked-any',
    fine: null,
    title: 'Value with masked signs',
    method: 'format',
    source: 'own rule',
    chance: 0.001,
    minShare: 0.6,
    length: [4, 80],
    test: ({ text }) => /[*•#]{2,}/.test(text) || /^[\dA-Za-z]{0,4}[-. ]?[xX]{4,}[-. ]?[\dA-Za-z]{0,4}/.test(text),
  }),
];
