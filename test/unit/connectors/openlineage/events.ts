import type { EventRoom, KnownNames, PlacedEvent } from '../../../../connectors/connector.ts';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { accept } from '../../../../connectors/openlineage/accept.ts';
import { readStream } from '../../../../connectors/openlineage/read-stream.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../../server/model/document.ts';
import type { Json } from '../../../../server/model/json.ts';

export const warehouse = 'postgres://db.example.com:5432';
export const clean = { sql: (text: string) => text, text: (text: string) => text };
export const receivedAt = '2026-03-01T12:00:00.000Z';

/** A dataset of the warehouse as an event names it. */
export function dataset(name: string, facets: object = {}, ofRun: object = {}): object {
  return { namespace: warehouse, name, facets, ...ofRun };
}

/** A schema facet of `name type` columns. */
export function schema(...columns: readonly string[]): object {
  return {
    schema: {
      fields: columns.map((column) => {
        const [name, type = 'text'] = column.split(' ');
        return { name, type };
      }),
    },
  };
}

/** A column lineage facet: output column to inputs `dataset.column TYPE SUBTYPE [masked]`. */
export function lineage(fields: Readonly<Record<string, readonly string[]>>, whole: readonly string[] = []): object {
  const input = (text: string): object => {
    const [at = '', type, subtype, masked] = text.split(' ');
    const cut = at.lastIndexOf('.');
    const transformations =
      type === undefined ? [] : [{ type, subtype, description: '', masking: masked === 'masked' }];
    return { namespace: warehouse, name: at.slice(0, cut), field: at.slice(cut + 1), transformations };
  };
  return {
    columnLineage: {
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, inputs]) => [name, { inputFields: inputs.map(input) }]),
      ),
      dataset: whole.map(input),
    },
  };
}

/** A run event of the job `load`. */
export function runEvent(more: {
  readonly run?: string;
  readonly type?: string;
  readonly time?: string;
  readonly job?: string;
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly jobFacets?: object;
  readonly runFacets?: object;
}): object {
  return {
    eventType: more.type ?? 'COMPLETE',
    eventTime: more.time ?? '2026-03-01T10:00:00Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: more.run ?? '01a1fcd4-0000-7000-8000-000000000001', facets: more.runFacets ?? {} },
    job: { namespace: 'etl', name: more.job ?? 'load', facets: more.jobFacets ?? {} },
    inputs: more.inputs ?? [],
    outputs: more.outputs ?? [],
  };
}

let taken = 0;

/** Everything that a stream of payloads becomes, in an event room that may live on. */
export async function readAll(
  payloads: readonly object[],
  room: EventRoom = forgetfulEventRoom(),
  all = false,
  known?: KnownNames,
): Promise<readonly SourceMessage[]> {
  const events: PlacedEvent[] = payloads.map((payload) => {
    const accepted = accept(payload, { receivedAt, clean: room.clean });
    if (accepted.type !== 'event') throw new Error(accepted.type);
    taken += 1;
    return { position: String(taken).padStart(6, '0'), event: JSON.parse(JSON.stringify(accepted.event)) as Json };
  });
  const messages: SourceMessage[] = [];
  async function* batches(): AsyncIterable<readonly PlacedEvent[]> {
    for (let at = 0; at < events.length; at += 2) yield events.slice(at, at + 2);
  }
  for await (const message of readStream(batches(), room, all, new AbortController().signal, known))
    messages.push(message);
  return messages;
}

export function datasets(messages: readonly SourceMessage[]): readonly DatasetDocument[] {
  return documents(messages).flatMap((one) => (one.type === 'dataset' ? [one] : []));
}

export function jobs(messages: readonly SourceMessage[]): readonly JobDocument[] {
  return documents(messages).flatMap((one) => (one.type === 'job' ? [one] : []));
}

function documents(messages: readonly SourceMessage[]) {
  return messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
}

/** The edges of a job as `a.x -> b.y KIND effect masked`. */
export function edgesOf(job: JobDocument | undefined): readonly string[] {
  const end = ({ dataset: at, field }: { dataset: { name: string }; field: readonly string[] | null }): string =>
    field === null ? at.name : `${at.name}.${field.join('/')}`;
  return (job?.edges ?? [])
    .map((edge) =>
      [`${end(edge.from)} -> ${end(edge.to)}`, edge.kind, edge.effect ?? '', edge.masking === true ? 'masked' : '']
        .filter((part) => part !== '')
        .join(' '),
    )
    .sort();
}
