const secretName = /pass(word|wd|phrase)?$|secret|token|api[-_]?key|authorization|credential|private[-_]?key|cookie/i;
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)([^/\s@]+)@/gi;

/** Takes the user part out of every URL in a text: `postgres://user:password@host` becomes `postgres://…@host`. */
export function redactText(text: string): string {
  return text.replaceAll(userInfo, '$1…@');
}

/** A copy of a value in which members with a secret's name and user parts of URLs are replaced by `…`. */
export function redact(value: unknown, name = ''): unknown {
  if (secretName.test(name) && value !== null && value !== undefined && typeof value !== 'number') return '…';
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map((item) => redact(item));
  if (value instanceof Error) return redactText(`${value.name}: ${value.message}`);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redact(member, key)]));
  return value;
}
