import type { Uid } from '../../model/ids.ts';
import { coarseClasses, type CoarseClass } from '../../model/classification.ts';
import type { QueryContext } from '../context.ts';
import { readJudged } from '../judged.ts';
import { categoryLabel } from '../labels.ts';
import { arrivalsAt, type Arrival } from './arriving.ts';
import { byText, inOrder, type DiffItem } from './diff.ts';
import { formInWords } from './forms.ts';
import { edgeBody, type DiffWindow } from './window.ts';
import { isDirect, type EdgeKind } from '../../model/edge.ts';

/** Fields named in one sentence; the rest are counted. */
const maxNamed = 8;

/**
 * Regulated data that now reaches a dataset along its lineage, no longer does, or does in another form: one item a dataset,
 * category and form. What a field holds by its own judgement counts as well once data of that kind flows into it.
 */
export async function diffArrivals(context: QueryContext, window: DiffWindow): Promise<readonly DiffItem[]> {
  const fields = fieldsBehindChanges(window).filter((field) => window.nameOf(field) !== null);
  const [before, after] = await Promise.all([
    window.from === 0 ? [] : arrivalsAt(context, fields, window.from),
    arrivalsAt(context, fields, window.to),
  ]);
  const [was, is] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const reached = after.filter((arrival) => !was.has(keyOf(arrival)));
  const left = before.filter((arrival) => !is.has(keyOf(arrival)));
  const [older, newer] = await Promise.all([
    withClasses(context, left, window.from),
    withClasses(context, reached, window.to),
  ]);
  return inOrder(itemsOf(context, window, newer, older));
}

/** What arrives, and under which coarse classes its field holds it. */
interface ClassedArrival extends Arrival {
  readonly classes: readonly CoarseClass[];
}

async function withClasses(
  context: QueryContext,
  arrivals: readonly Arrival[],
  n: number,
): Promise<readonly ClassedArrival[]> {
  if (arrivals.length === 0) return [];
  const judged = await readJudged(context, [...new Set(arrivals.map(({ field }) => field))], n);
  return arrivals.map((arrival) => ({
    ...arrival,
    classes:
      judged.get(arrival.field)?.effective.classifications.find(({ category }) => category === arrival.category)
        ?.classes ?? [],
  }));
}

/** Fields into which something flows otherwise, or which hold something else. */
function fieldsBehindChanges({ rows }: DiffWindow): readonly Uid[] {
  return [
    ...new Set(
      rows.flatMap(({ table, uid, body }) => {
        if (table === 'derived') return [uid];
        return table === 'edge' && isDirect(edgeBody(body).kind as EdgeKind) ? [uid] : [];
      }),
    ),
  ];
}

function keyOf({ field, category, carried, treatment }: Arrival): string {
  return JSON.stringify([field, category, carried, treatment]);
}

interface Group {
  readonly holder: Uid;
  readonly category: string;
  readonly carried: CoarseClass | null;
  readonly fields: readonly string[];
  readonly form: string;
  readonly classes: readonly CoarseClass[];
  readonly from: readonly string[];
  /** Classes that come along with the category from elsewhere. */
  readonly beside: readonly Group[];
}

function itemsOf(
  context: QueryContext,
  window: DiffWindow,
  reached: readonly ClassedArrival[],
  left: readonly ClassedArrival[],
): readonly DiffItem[] {
  const [arriving, leaving] = [withClassesBeside(grouped(window, reached)), withClassesBeside(grouped(window, left))];
  const items: DiffItem[] = [];
  const told = new Set<Group>();
  for (const group of arriving) {
    const before = leaving.filter((other) => isSamePlace(group, other));
    for (const other of before) told.add(other);
    const forms = [...new Set(before.map(({ form }) => form))].toSorted(byText);
    const says = sentence(context, group, 'now reaches') + (forms.length === 0 ? '' : `; before ${forms.join(', ')}`);
    const details = [{ name: 'form', before: forms.length === 0 ? null : forms.join(', '), after: group.form }];
    items.push({ change: forms.length === 0 ? 'new' : 'changed', what: nameOf(window, group), says, details });
  }
  for (const group of leaving)
    if (!told.has(group))
      items.push({
        change: 'gone',
        what: nameOf(window, group),
        says: sentence(context, group, 'no longer reaches'),
        details: [{ name: 'form', before: group.form, after: null }],
      });
  return items;
}

function grouped(window: DiffWindow, arrivals: readonly ClassedArrival[]): readonly Group[] {
  const groups = Map.groupBy(arrivals, ({ field, category, carried, treatment }) =>
    JSON.stringify([window.holderOf(field), category, carried, treatment]),
  );
  return [...groups.values()].flatMap((group): readonly Group[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        holder: window.holderOf(first.field),
        category: first.category,
        carried: first.carried,
        fields: group.map(({ field }) => window.known(field)?.path?.join('.') ?? '').toSorted(byText),
        form: formInWords(first.treatment),
        classes: coarseClasses.filter((one) => group.some(({ classes }) => classes.includes(one))),
        from: [...new Set(group.flatMap(({ from }) => from))].toSorted(byText),
        beside: [],
      },
    ];
  });
}

/** A class is told with the category where both come; alone where it comes to what was there before. */
function withClassesBeside(groups: readonly Group[]): readonly Group[] {
  const isBeside = (one: Group, of: Group): boolean =>
    one.carried !== null &&
    of.carried === null &&
    one.holder === of.holder &&
    one.category === of.category &&
    one.form === of.form &&
    one.fields.every((field) => of.fields.includes(field));
  return groups
    .filter((one) => !groups.some((of) => isBeside(one, of)))
    .map((of) => ({ ...of, beside: groups.filter((one) => isBeside(one, of)) }));
}

function isSamePlace(a: Group, b: Group): boolean {
  if (a.carried !== b.carried) return false;
  return a.holder === b.holder && a.category === b.category && a.fields.join('\n') === b.fields.join('\n');
}

function nameOf(window: DiffWindow, { holder }: Group): string {
  return window.nameOf(holder) ?? '';
}

function sentence(context: QueryContext, group: Group, verb: string): string {
  const { category, carried, fields, form, classes, from, beside } = group;
  const label = categoryLabel(category, context.taxonomy);
  const held = classes.length === 0 ? '' : ` (${classes.join(' and ')})`;
  const what = carried === null ? `${label}${held}` : `${label} as ${carried}`;
  const elsewhere = beside
    .filter((one) => one.from.length > 0 && one.from.join('\n') !== from.join('\n'))
    .map((one) => `; as ${one.carried ?? ''} from ${listed(one.from)}`);
  return `${what} ${verb} ${listed(fields)} ${form}${fromWords(from)}${elsewhere.join('')}`;
}

function fromWords(from: readonly string[]): string {
  return from.length === 0 ? '' : `, from ${listed(from)}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - maxNamed;
  return more > 0 ? `${names.slice(0, maxNamed).join(', ')} and ${more} more` : names.join(', ');
}
