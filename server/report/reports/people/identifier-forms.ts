import type { Uid } from '../../../model/ids.ts';
import type { LineageGraph, LineageLink } from '../../../model/lineage-graph.ts';

/** One form in which an identifier stands somewhere, told against the form in the field that was asked about. */
export interface IdentifierForm {
  /** Functions between the two, innermost first. */
  readonly functions: readonly string[];
  /** What left no clear value, in words: `hash`; null: nothing did. */
  readonly treated: string | null;
  /** `there`: the functions were applied on the way to the place · `here`: on the way from the place to the field asked about. */
  readonly applied: 'there' | 'here';
}

/** Trimming may name what it trims; that it trims blanks is told by its statement alone. */
export const trimsOfBlanks: Readonly<Record<string, string>> = {
  TRIM: 'TRIM of blanks',
  LTRIM: 'LTRIM of blanks',
  RTRIM: 'RTRIM of blanks',
};

/** A cast that leaves a text as it is, and writes another value out. */
export const castToText = 'CAST to text';

/** Functions of one value alone, the same in every dialect that has them. */
const ofOneValue: Readonly<Record<string, string>> = {
  LOWER: 'LOWER',
  LCASE: 'LOWER',
  UPPER: 'UPPER',
  UCASE: 'UPPER',
  ...Object.fromEntries(Object.entries(trimsOfBlanks).map(([name, said]) => [said, name])),
};

/** Functions that hand a value on as it is, or another one instead of it. */
const choosing = new Set(['CASE', 'COALESCE', 'IFNULL', 'NVL', 'NULLIF', castToText]);

/** A step that changes the value and whose function no source names. */
const unnamed = 'a function without a name';

/** More forms than this in one column are no longer told apart. */
const mostForms = 4;

/** The forms in which an identifier arrives in (or comes from) each field of a graph, in the order of distance. */
export function formsAlong(graph: LineageGraph, origin: Uid): ReadonlyMap<Uid, readonly IdentifierForm[]> {
  const down = graph.direction === 'DOWNSTREAM';
  const applied = down ? 'there' : 'here';
  const forms = new Map<Uid, readonly IdentifierForm[]>([[origin, [{ functions: [], treated: null, applied }]]]);
  for (const node of graph.nodes.toSorted((a, b) => Math.abs(a.depth) - Math.abs(b.depth))) {
    if (node.key === origin) continue;
    const own = graph.edges.flatMap((edge) => {
      const before = (down ? edge.to : edge.from) === node.key ? forms.get(down ? edge.from : edge.to) : undefined;
      return before === undefined || leavesNothing(edge) ? [] : before.map((form) => stepped(form, edge));
    });
    if (own.length > 0) forms.set(node.key, [...new Map(own.map((form) => [JSON.stringify(form), form])).values()]);
  }
  return forms;
}

/**
 * What the search applies for each form, innermost first; empty: the value as it is.
 * Null: it cannot be told how the value stands there, so that a plain comparison would find the wrong rows or none.
 */
export function searchable(forms: readonly IdentifierForm[]): readonly (readonly string[])[] | null {
  if (forms.length > mostForms) return null;
  const found = forms.map(({ functions, treated }) => {
    const needed = functions.filter((name) => !choosing.has(name));
    const known = needed.flatMap((name) => ofOneValue[name] ?? []);
    return treated === null && known.length === needed.length ? known : null;
  });
  const all = found.filter((one) => one !== null);
  return all.length < found.length ? null : [...new Map(all.map((one) => [one.join('>'), one])).values()];
}

/** How the identifier stands there, and what that means for the search. */
export function formWords(forms: readonly IdentifierForm[]): string {
  const search = searchable(forms);
  if (search?.every((functions) => functions.length === 0) === true) return 'as it is';
  const ways = forms.map(({ functions, treated }) =>
    treated !== null
      ? `${treated}${functions.length === 0 ? '' : ` (${functions.join(' > ')})`}`
      : functions.length === 0
        ? 'as it is'
        : `changed by ${functions.join(' > ')}`,
  );
  const where = forms.some(({ applied }) => applied === 'here') ? ' on the way to the field asked about' : '';
  const said = `${ways.slice(0, mostForms).join(', or ')}${where}`;
  if (search !== null) return `${said}; the statements apply the same`;
  return forms.some(({ treated }) => treated !== null)
    ? `${said}; warning: a plain comparison finds nothing, treat or look up the identifier in the same way first`
    : `${said}; warning: a plain comparison may find nothing, look at how the column is made`;
}

function leavesNothing({ effect }: LineageLink): boolean {
  return effect === 'count' || effect === 'drop' || effect === 'aggregate';
}

function stepped(form: IdentifierForm, { fn, effect, transformation }: LineageLink): IdentifierForm {
  const named = fn.split('>').filter((name) => name !== '');
  const own = named.length === 0 && transformation !== 'IDENTITY' ? [unnamed] : named;
  const functions = form.applied === 'there' ? [...form.functions, ...own] : [...own, ...form.functions];
  return { ...form, functions, treated: effect === 'keep' || effect === 'unknown' ? form.treated : effect };
}
