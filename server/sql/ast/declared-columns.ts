import { isRaw, nameOf, tagged } from './raw.ts';
import type { Raw } from './raw.ts';

/** Column names that JSON_TABLE, XMLTABLE and OPENJSON declare. */
export function declaredColumns(body: Raw): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isRaw(value)) {
      const node = tagged(value);
      if (node !== null && node.tag.endsWith('column_def')) {
        const name = nameOf(node.body['name']) ?? nameOf(node.body['this']);
        if (name !== null) found.push(name.text);
        visit(node.body['nested_schema']);
      } else if (node !== null) for (const key in node.body) visit(node.body[key]);
    }
  };
  for (const member of ['columns', 'expressions', 'schema']) visit(body[member]);
  return found;
}
