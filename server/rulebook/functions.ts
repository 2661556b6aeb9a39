import { z } from 'zod';
import { dataFile } from '../base/data-files.ts';
import { digestOf } from '../model/json.ts';
import { effects, treatments, type Effect, type Treatment } from '../model/treatment.ts';
import { readYaml } from './search/read-data.ts';

/**
 * How a regulation reads one treatment. `regulated`: like the value itself. `treated`: still regulated, in a form that the
 * regulation names as protection. `open`: depends on what only people know; shown as a gap. None says "anonymous".
 */
export interface TreatmentReading {
  readonly reads: 'regulated' | 'treated' | 'open';
  readonly provision: string;
  /** In our own words; never shown as a quotation. */
  readonly says: string;
}

/** One regulation's table over all treatments. */
export type TreatmentTable = Readonly<Record<Treatment, TreatmentReading>>;

/** Who answers for what a function does, and until when (the last day, in UTC). */
export interface Vouching {
  readonly by: string;
  readonly until: string;
}

/** What `regulations/propagation.yml` says: which categories single out a person, and functions that somebody vouches for. */
export interface PropagationData {
  /** Changes with the data; part of every derived row. */
  readonly id: string;
  readonly personKeys: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, Effect>;
  /** Effects that hold under one regulation alone, by its id; each leaves less to read back than the one of `functions`. */
  readonly under: ReadonlyMap<string, ReadonlyMap<string, Effect>>;
  /** Functions of the team, by upper-case name. */
  readonly vouched: ReadonlyMap<string, Vouching>;
}

const reading = z.strictObject({
  reads: z.enum(['regulated', 'treated', 'open']),
  provision: z.string().regex(/^[A-Z]+:[^\s]+$/u),
  says: z.string().min(1),
});
const tableSchema = z.strictObject({ treatments: z.record(z.enum(treatments), reading) });
const propagationSchema = z.strictObject({
  version: z.int().positive(),
  personKeys: z.array(z.string()),
  functions: z.record(z.string().regex(/^[A-Z0-9_.]+$/u), z.enum(effects)),
});

const tables = new Map<string, TreatmentTable>();

/** Reads `regulations/<id>/functions.yml`, once. Fails with CONFIG_INVALID when a treatment is missing or unknown. */
export function loadTreatmentTable(regulation: string): TreatmentTable {
  const known = tables.get(regulation);
  if (known !== undefined) return known;
  const table = readData(`regulations/${regulation}/functions.yml`, tableSchema).treatments;
  tables.set(regulation, table);
  return table;
}

let shipped: PropagationData | undefined;

/** The data of propagation that ships with Lexline, read once. */
export function loadPropagationRules(): PropagationData {
  shipped ??= toRules(readData('regulations/propagation.yml', propagationSchema));
  return shipped;
}

function toRules(data: z.infer<typeof propagationSchema>): PropagationData {
  return {
    id: `propagation@${data.version}#${digestOf(data).slice(0, 8)}`,
    personKeys: new Set(data.personKeys),
    functions: new Map(Object.entries(data.functions)),
    under: new Map(),
    vouched: new Map(),
  };
}

function readData<T>(path: string, schema: z.ZodType<T>): T {
  return readYaml(dataFile(path), schema).data;
}
