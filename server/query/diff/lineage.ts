import { isDirect, isIndirect, type EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import { byText, inOrder, type DiffItem } from './diff.ts';
import { edgeBody, type DiffWindow, type EdgeBody } from './window.ts';

/** Columns named in one item; the rest are counted. */
const maxNamed = 12;

interface Flow extends EdgeBody {
  readonly to: Uid;
  readonly change: 'opened' | 'closed';
}

/** Flows between two datasets that are new, gone, or do something else to a value on its way: one item a pair. */
export function diffLineage(window: DiffWindow): readonly DiffItem[] {
  const flows = window.rows
    .filter(({ table }) => table === 'edge')
    .map(({ uid, change, body }): Flow => ({ ...edgeBody(body), to: uid, change }));
  const pairs = Map.groupBy(flows, ({ from, to }) => JSON.stringify([window.holderOf(from), window.holderOf(to)]));
  return inOrder([...pairs.values()].flatMap((group) => pairItems(window, group)));
}

function pairItems(window: DiffWindow, group: readonly Flow[]): readonly DiffItem[] {
  const [first] = group;
  if (first === undefined) return [];
  const [from, to] = [window.nameOf(window.holderOf(first.from)), window.nameOf(window.holderOf(first.to))];
  if (from === null || to === null) return [];
  const what = `${from} → ${to}`;
  const steps = stepsOf(
    window,
    group.filter(({ kind }) => isDirect(kind as EdgeKind)),
  );
  const steers = steersOf(
    window,
    group.filter(({ kind }) => isIndirect(kind as EdgeKind)),
  );
  const whole = group.filter(({ kind }) => kind === 'DATASET');
  const item = (change: DiffItem['change'], says: string, details: DiffItem['details']): readonly DiffItem[] =>
    details.length === 0 && says === '' ? [] : [{ change, what, says, details }];
  const opened = steps.filter(({ before }) => before === null);
  const closed = steps.filter(({ after }) => after === null);
  const other = steps.filter(({ before, after }) => before !== null && after !== null);
  const onlyWhole = (change: Flow['change']): boolean =>
    steps.length + steers.length === 0 && whole.length > 0 && whole.every((flow) => flow.change === change);
  return [
    ...(opened.length > 0 ? item('new', `now flows: ${listed(opened)}`, opened) : []),
    ...(closed.length > 0 ? item('gone', `no longer flows: ${listed(closed)}`, closed) : []),
    ...(other.length > 0 ? item('changed', other.map(changedWords).join('; '), other) : []),
    ...(steers.length > 0 ? item('changed', steers.join('; '), []) : []),
    ...(onlyWhole('opened') ? item('new', 'now flows; which columns could not be told', []) : []),
    ...(onlyWhole('closed') ? item('gone', 'no longer flows', []) : []),
  ];
}

/** Each pair of columns once, with what was and is done on the way. */
function stepsOf(window: DiffWindow, flows: readonly Flow[]): DiffItem['details'] {
  const steps = Map.groupBy(flows, ({ from, to }) => `${columnOf(window, from)} → ${columnOf(window, to)}`);
  return [...steps]
    .map(([name, group]) => {
      const words = (change: Flow['change']): string | null => {
        const said = [...new Set(group.filter((flow) => flow.change === change).map(wayWords))].toSorted();
        return said.length === 0 ? null : said.join(' or ');
      };
      return { name, before: words('closed'), after: words('opened') };
    })
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => byText(a.name, b.name));
}

function columnOf(window: DiffWindow, uid: Uid): string {
  return window.known(uid)?.path?.join('.') ?? '*';
}

function wayWords({ fn, effect }: Flow): string {
  if (effect === 'keep' || effect === 'unknown') return fn === '' ? 'copied as it is' : `through ${fn}`;
  return fn === '' ? effect : `${effect} (${fn})`;
}

function changedWords({ name, before, after }: DiffItem['details'][number]): string {
  return `${name}: was ${before ?? ''}, now ${after ?? ''}`;
}

function listed(steps: DiffItem['details']): string {
  const named = steps.slice(0, maxNamed).map(({ name }) => name);
  const more = steps.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

/** Columns that steer which rows appear, or no longer do. */
function steersOf(window: DiffWindow, flows: readonly Flow[]): readonly string[] {
  const words = (change: Flow['change']): readonly string[] =>
    [...new Set(flows.filter((flow) => flow.change === change).map((flow) => steerWords(window, flow)))].toSorted();
  const [opened, closed] = [words('opened'), words('closed')];
  const come = opened.filter((word) => !closed.includes(word));
  const gone = closed.filter((word) => !opened.includes(word));
  return [
    ...(come.length === 0 ? [] : [`now influenced by ${come.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`no longer influenced by ${gone.join(', ')}`]),
  ];
}

function steerWords(window: DiffWindow, { from, kind }: Flow): string {
  return `${columnOf(window, from)} (${kind.toLowerCase().replaceAll('_', ' ')})`;
}
