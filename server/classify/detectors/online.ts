import ipaddr from 'ipaddr.js';
import { has } from '../../profile/value.ts';
import { luhn } from './check-digits.ts';
import { detector, type Detector } from './detector.ts';
import { stretchesOf } from './stretches.ts';

const letters = has.lower | has.upper | has.foreign;
const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?::\d{1,5}|\/32)?$/;

/** True for a dotted address of a host whose first part is not so low that it reads as a version number. */
function isLikelyV4(text: string): boolean {
  const parts = v4.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return false;
  const [first = 0, second = 0, third = 0] = parts;
  if (first === 10 || first === 127) return true;
  // Version numbers and object identifiers begin low; addresses are spread over 1 to 223.
  return first >= 34 || (second >= 64 && third >= 34) || (third >= 100 && second >= 34);
}

const listed = /^[[{("']?(?:for=)?["[]*(?:unknown\b|[\da-f]{1,4}[.:])/i;

/** True for several addresses of hosts, as proxies list them: `203.0.113.7, 10.0.0.4`, `for=203.0.113.7;by=…`. */
function isAddressList(text: string): boolean {
  if (!listed.test(text)) return false;
  const parts = text
    .replaceAll(/["'{}()\s]*[,;|\s]["'{}()\s]*/g, ',')
    .replaceAll(/^[[{("']+|[\])}"']+$/g, '')
    .split(',')
    .filter((part) => part !== '' && !/^(?:by|proto|host)=/i.test(part));
  if (parts.length < (/^for=/i.test(text) ? 1 : 2) || parts.length > 40) return false;
  return parts.every(isListed) && parts.some((part) => !/^unknown$/i.test(part));
}

function isListed(part: string): boolean {
  const bare = part.replaceAll(/^for=|["[\]]/gi, '');
  return /^unknown$/i.test(bare) || isLikelyV4(bare) || (bare.includes(':') && ipaddr.IPv6.isValid(bare));
}

const inLine = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g;
/** Addresses that the internet gives to hosts: 2000::/3. */
const sixInLine = /(?<![\w:.])[23][\da-f]{3}:[\da-f:]{2,34}(?![\w:])/gi;
/** Four numbers with dots behind such words are a version, a part of a document, or a machine of the house. */
const otherNumber =
  /\b(?:v|versions?|ver|firmware|fw|drivers?|builds?|releases?|revision|patch|kernel|sections?|clauses?|chapters?|paragraphs?|dns|resolvers?|nameservers?|(?:deny|permit|allow|accept|drop|reject) (?:tcp|udp|ip|icmp|any))\b[^;|]{0,32}$/i;

/** An address from the internet in a line of a log: nobody's version, no host of the house. */
function holdsAddress(text: string): boolean {
  const read = stretchesOf(text);
  for (const { 0: found, index } of read.matchAll(inLine)) {
    if (!isLikelyV4(found) || /^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\./.test(found)) continue;
    if (!otherNumber.test(read.slice(Math.max(0, index - 48), index))) return true;
  }
  for (const [found] of read.matchAll(sixInLine)) if (ipaddr.IPv6.isValid(found)) return true;
  return false;
}

/** How a browser or device speaks from the internet. */
export const online: readonly Detector[] = [
  detector({
    id: 'ipv4',
    fine: 'ip_address',
    title: 'IPv4 address, apart from what reads as a version',
    method: 'format',
    source: 'RFC 791; version numbers and object identifiers begin with low parts',
    chance: 0.1,
    minShare: 0.6,
    needs: has.dot | has.digit,
    forbids: letters | has.blank | has.dash,
    length: [7, 21],
    digits: [4, 17],
    alone: 4,
    named: 3,
    test: ({ text }) => isLikelyV4(text),
  }),
  detector({
    id: 'ipv4-form',
    fine: 'ip_address',
    title: 'Four numbers of at most 255 with dots',
    method: 'format',
    source: 'RFC 791',
    chance: 0.5,
    minShare: 0.8,
    needs: has.dot | has.digit,
    forbids: letters | has.blank | has.dash,
    length: [7, 21],
    digits: [4, 17],
    alone: -2,
    named: 1.5,
    test: ({ text }) => v4.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text.replace(/[:/].*$/, '')),
  }),
  detector({
    id: 'ipv6',
    fine: 'ip_address',
    title: 'IPv6 address',
    method: 'format',
    source: 'RFC 4291',
    needs: has.colon,
    forbids: has.blank | has.at,
    length: [3, 50],
    alone: 4,
    named: 3,
    test: ({ text }) =>
      (text.match(/:/g)?.length ?? 0) >= 2 &&
      !/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text) &&
      !/^\d{1,2}:\d{2}:\d{2}$/.test(text) &&
      ipaddr.IPv6.isValid(text.replace(/%.*$|\/128$/, '')),
  }),
  detector({
    id: 'ip-list',
    fine: 'ip_address',
    title: 'Several IP addresses, or those of a Forwarded header',
    method: 'format',
    source: 'X-Forwarded-For by habit; RFC 7239 (Forwarded)',
    chance: 0.001,
    minShare: 0.3,
    needs: has.digit,
    forbids: has.at | has.slash | has.percent,
    length: [15, 800],
    digits: [8, 800],
    alone: 4,
    named: 3,
    test: ({ text }) => isAddressList(text),
  }),
  detector({
    id: 'text-ip',
    version: 2,
    fine: 'ip_address',
    title: 'Address from the internet inside a text',
    method: 'content',
    source: 'RFC 791, RFC 1918, RFC 4291; lines of access logs',
    chance: 0.01,
    minShare: 0.3,
    needs: has.digit | has.blank,
    forbids: has.percent,
    length: [16, 4_096],
    digits: [4, 4_096],
    alone: 1.4,
    named: 1,
    test: ({ text }) => holdsAddress(text),
  }),
  detector({
    id: 'windows-account',
    fine: 'username',
    title: 'Account behind its domain, or the path of an entry of a directory',
    method: 'format',
    source: 'down-level logon names of Windows; RFC 4514',
    chance: 0.01,
    minShare: 0.7,
    needs: has.upper,
    forbids: has.at | has.slash | has.colon | has.brace,
    length: [5, 200],
    alone: -0.5,
    named: 2.5,
    test: ({ text }) =>
      /^[A-Z][A-Z\d-]{1,14}\\[A-Za-z][\w.-]{1,30}$/.test(text) ||
      /^(?:CN|UID)=[^,=]{2,64}(?:,(?:CN|OU|O|DC|C)=[^,=]{1,64})+$/i.test(text),
  }),
  detector({
    id: 'mac',
    fine: 'mac_address',
    title: 'Hardware address of 48 bits',
    method: 'format',
    source: 'IEEE 802 (EUI-48)',
    length: [12, 17],
    alone: 3.5,
    named: 3,
    test: ({ text }) =>
      /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(text) ||
      /^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(text),
  }),
  detector({
    id: 'imei',
    fine: 'device_id',
    title: 'IMEI',
    method: 'checksum',
    source: '3GPP TS 23.003 annex B (Luhn over 15 digits)',
    chance: 0.1,
    minShare: 0.9,
    forbids: letters,
    length: [15, 18],
    digits: [15, 15],
    alone: 1.5,
    named: 3,
    test: ({ number }) => /^(?!3[47])\d{15}$/.test(number) && luhn(number),
  }),
  detector({
    id: 'imeisv',
    fine: 'device_id',
    title: 'IMEI with software version',
    method: 'format',
    source: '3GPP TS 23.003, 6.2.2: sixteen digits that begin with a reporting body (GSMA TS.06), no check digit',
    chance: 0.06,
    minShare: 0.9,
    forbids: letters,
    length: [16, 19],
    digits: [16, 16],
    alone: 0,
    named: 3,
    test: ({ number }) => /^(?:01|35|86|91|98|99)\d{14}$/.test(number),
  }),
  detector({
    id: 'iccid',
    fine: 'device_id',
    title: 'Number of a SIM card',
    method: 'checksum',
    source: 'ITU-T E.118 (89, Luhn)',
    chance: 0.01,
    minShare: 0.9,
    forbids: letters,
    length: [19, 22],
    digits: [19, 20],
    alone: 3,
    named: 3,
    test: ({ number }) => /^89\d{17,18}$/.test(number) && luhn(number),
  }),
  detector({
    id: 'user-agent',
    fine: 'user_agent',
    title: "Browser's or app's software string",
    method: 'format',
    source: 'RFC 9110, section 10.1.5',
    needs: has.slash,
    length: [12, 1_000],
    minShare: 0.5,
    alone: 3.5,
    named: 3,
    test: ({ text }) =>
      /^(?:Mozilla|Opera|Dalvik|curl|okhttp|CFNetwork|AppleCoreMedia|Googlebot|PostmanRuntime|python-requests)\/\d/i.test(
        text,
      ),
  }),
  detector({
    id: 'analytics-id',
    fine: 'cookie_id',
    title: 'Client identifier of a web analytics tool',
    method: 'format',
    source: 'cookie formats _ga, _fbp, _gcl of their makers',
    length: [12, 120],
    alone: 3,
    named: 3,
    test: ({ text }) =>
      /^(?:GA1\.\d\.\d{5,12}\.\d{9,10}|fb\.\d\.\d{12,14}\.[\w.-]+|GS1\.\d\.[\d.]+|GCL\.\d+\.\S+)$/.test(text),
  }),
  detector({
    id: 'username',
    fine: 'username',
    title: 'Login name: lower case letters, digits, one of ._-',
    method: 'format',
    source: 'own rule',
    chance: 0.3,
    minShare: 0.8,
    forbids: has.blank | has.at | has.slash | has.colon | has.brace,
    length: [3, 32],
    alone: -2.5,
    named: 1.5,
    test: ({ text }) => /^[\p{L}][\p{L}\d]{1,20}(?:[._-][\p{L}\d]{1,15}){0,3}$/u.test(text),
  }),
  detector({
    id: 'opaque-id',
    fine: 'device_id',
    title: 'UUID or long hexadecimal identifier',
    method: 'format',
    source: 'RFC 9562; advertising identifiers of Apple and Google are UUIDs',
    chance: 0.3,
    minShare: 0.8,
    forbids: has.blank | has.at,
    length: [16, 64],
    alone: -3,
    named: 1.5,
    test: ({ text }) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) || /^[0-9a-f]{16,64}$/i.test(text),
  }),
];
