import { z, type ZodType } from 'zod';
import { suggest } from './nearest.ts';
import type { ConfigProblem } from './config-file.ts';

/** zod's issues in our words; unknown members name the nearest known one. `later`: members of releases to come. */
export function problemsOf(
  error: z.ZodError,
  schema: ZodType,
  base: readonly PropertyKey[],
  later: Readonly<Record<string, string>>,
  also: readonly string[] = [],
): ConfigProblem[] {
  return error.issues.flatMap((issue): ConfigProblem[] => {
    const path = [...base, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path, message: wording(issue) }];
    const atTop = issue.path.length === 0;
    const known = [...keysAt(schema, issue.path), ...(atTop ? also : [])];
    return issue.keys.map((key) => {
      const feature = atTop && Object.hasOwn(later, key) ? later[key] : undefined;
      const message =
        feature === undefined
          ? `unknown member "${key}"; ${suggest(key, known)}`
          : `"${key}" is not in this release (${feature}): take it out, nothing would follow it`;
      return { path, message, key };
    });
  });
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined'))
    return `is missing (${issue.expected})`;
  const message = issue.message.replace(/^Invalid (input|option): /u, '');
  return issue.code === 'invalid_type'
    ? message.replaceAll(/\b(?:object|record|array|string)\b/gu, (kind) => kindsOfYaml[kind] ?? kind)
    : message;
}

/** zod's kinds of values, in words of YAML. */
const kindsOfYaml: Readonly<Record<string, string>> = {
  object: 'members (name: value)',
  record: 'members (name: value)',
  array: 'a list',
  string: 'a text',
};

/** The member names that a schema allows at a path; none where it cannot be told. */
function keysAt(schema: ZodType, path: readonly PropertyKey[]): readonly string[] {
  let node: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  for (const step of path)
    node = typeof step === 'number' ? memberOf(node, 'items') : memberOf(memberOf(node, 'properties'), String(step));
  const properties = memberOf(node, 'properties');
  return properties !== null && typeof properties === 'object' ? Object.keys(properties) : [];
}

function memberOf(node: unknown, key: string): unknown {
  return node !== null && typeof node === 'object'
    ? Object.entries(node).find(([name]) => name === key)?.[1]
    : undefined;
}
