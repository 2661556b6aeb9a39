import type { QualifiedName } from '../../server/model/ids.ts';
import type { SaidInput, SaidLineage } from './event.ts';
import { jobFacetOf } from './picture-facets.ts';
import { datasetKey, type JobPicture, type RunFlow, type RunOutput, type RunPicture } from './picture.ts';

/** An output of a job with the run that says last where it comes from. */
export interface Governed {
  /** The run's id, `''` for what a JobEvent declared. */
  readonly id: string;
  readonly key: string;
  readonly output: RunOutput;
  /** What is told of its columns; null: nothing. */
  readonly lineage: SaidLineage | null;
  /** The run that counts says nothing of columns: what an earlier one told, by its id and time, stands. */
  readonly kept: { readonly id: string; readonly at: string } | null;
  /** Inputs of which what was kept told, and which the run that counts does not read: that is left out. */
  readonly unread: readonly QualifiedName[];
  readonly flow: RunFlow;
  readonly run: RunPicture | null;
}

interface Offer extends Rank {
  readonly flow: RunFlow;
  readonly run: RunPicture | null;
  readonly output: RunOutput;
}

/**
 * For every output of a job the run whose word counts: the newest that ended well; while there is none, the newest of all. A
 * failed run may have moved data, so it counts as long as nothing better is known. What a JobEvent declared of an output counts
 * from its time on until a run says something of it; where it tells nothing of columns, a run that did still counts. Of
 * outputs that it does not name it says nothing. A stream never ends: its running counts as done.
 *
 * Column lineage is a facet of the dataset: it stands until another one replaces it or takes it back (`_deleted`). A run that
 * sends none leaves what an earlier one told, of the inputs that it reads itself.
 */
export function governing(picture: JobPicture): readonly Governed[] {
  const isStream = jobFacetOf(picture, 'jobType')?.['processing'] === 'STREAMING';
  const offers = new Map<string, Offer[]>();
  const offer = (of: Rank & Pick<Offer, 'flow' | 'run'>): void => {
    for (const [key, output] of Object.entries(of.flow.outputs))
      offers.set(key, [...(offers.get(key) ?? []), { ...of, output }]);
  };
  for (const [id, run] of Object.entries(picture.runs)) {
    const good = run.state === 'COMPLETE' || (isStream && run.state === 'RUNNING');
    offer({ id, flow: run, run, good, last: run.last });
  }
  const { design } = picture;
  if (design !== null) offer({ id: '', flow: design.value, run: null, good: true, last: design.at });
  return [...offers.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, all]) =>
      governedBy(
        picture,
        key,
        all.toSorted((a, b) => (isBetter(a, b) ? -1 : 1)),
      ),
    );
}

/** `offers`: best first. */
function governedBy(picture: JobPicture, key: string, offers: readonly Offer[]): Governed {
  const tells = ({ output }: Offer): boolean => output.lineage !== null;
  const told = offers.find(tells);
  // What is declared without columns yields to whatever run told some.
  const [best] = offers.filter((one) => one.run !== null || told === undefined || tells(one));
  if (best === undefined) throw new Error(`no run for output ${key}`);
  const { id, output, flow, run } = best;
  const lineage = picture.lineages[told?.output.lineage?.value ?? ''] ?? null;
  if (told === undefined || told === best || lineage === null)
    return { id, key, output, lineage, kept: null, unread: [], flow, run };
  const kept = { id: told.id, at: told.output.lineage?.at ?? told.last };
  if (Object.keys(flow.inputs).length === 0)
    return { id, key, output, lineage, kept, unread: [], flow: told.flow, run };
  const unread = [...Object.values(lineage.fields), lineage.dataset].flat().filter((one) => !isRead(one, flow));
  return { id, key, output, lineage: ofInputs(lineage, flow), kept, unread, flow, run };
}

function isRead(dataset: QualifiedName, { inputs }: RunFlow): boolean {
  return datasetKey(dataset) in inputs;
}

/** What lineage says of the datasets that a run reads. */
function ofInputs({ fields, dataset }: SaidLineage, flow: RunFlow): SaidLineage {
  const read = (all: readonly SaidInput[]): readonly SaidInput[] => all.filter((one) => isRead(one, flow));
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([field, all]) => [field, read(all)])),
    dataset: read(dataset),
  };
}

/** The run that tells what a job without outputs reads (a test, an export that nobody described); null when there is none. */
export function newestFlow(picture: JobPicture): RunFlow | null {
  let best: { readonly flow: RunFlow; readonly good: boolean; readonly last: string; readonly id: string } | null =
    null;
  const { design } = picture;
  if (design !== null) best = { flow: design.value, good: true, last: design.at, id: '' };
  for (const [id, run] of Object.entries(picture.runs)) {
    const offer = { flow: run, good: run.state === 'COMPLETE', last: run.last, id };
    if (best === null || isBetter(offer, best)) best = offer;
  }
  return best?.flow ?? null;
}

interface Rank {
  readonly good: boolean;
  readonly last: string;
  readonly id: string;
}

function isBetter(a: Rank, b: Rank): boolean {
  if (a.good !== b.good) return a.good;
  return a.last === b.last ? a.id > b.id : a.last > b.last;
}
