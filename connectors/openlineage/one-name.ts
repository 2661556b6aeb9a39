import type { QualifiedName } from '../../server/model/ids.ts';
import type { SaidInput, SaidLineage } from './event.ts';
import { datasetKey, later, type JobPicture, type RunFlow, type RunOutput } from './picture.ts';

/** A job with every dataset under the one name that counts, so that two names of one dataset are one input or output. */
export function underOneName(picture: JobPicture, nameOf: (name: QualifiedName) => QualifiedName): JobPicture {
  const lineages: Record<string, SaidLineage> = {};
  for (const [digest, { fields, dataset }] of Object.entries(picture.lineages)) {
    const named = (inputs: readonly SaidInput[]): readonly SaidInput[] =>
      inputs.map((input) => ({ ...input, ...nameOf(input) }));
    lineages[digest] = {
      fields: Object.fromEntries(Object.entries(fields).map(([field, inputs]) => [field, named(inputs)])),
      dataset: named(dataset),
    };
  }
  const runs = Object.entries(picture.runs).map(([id, run]) => [id, { ...run, ...flowUnder(run, nameOf) }] as const);
  const { design } = picture;
  return {
    ...picture,
    runs: Object.fromEntries(runs),
    lineages,
    design: design === null ? null : { ...design, value: flowUnder(design.value, nameOf) },
  };
}

function flowUnder({ inputs, outputs }: RunFlow, nameOf: (name: QualifiedName) => QualifiedName): RunFlow {
  const flow: RunFlow = { inputs: {}, outputs: {} };
  for (const input of Object.values(inputs)) {
    const name = nameOf(input);
    flow.inputs[datasetKey(name)] = name;
  }
  for (const { lineage, ...output } of Object.values(outputs)) {
    const name = nameOf(output);
    const key = datasetKey(name);
    const before: RunOutput['lineage'] = flow.outputs[key]?.lineage ?? null;
    flow.outputs[key] = { ...name, lineage: lineage === null ? before : later(before, lineage) };
  }
  return flow;
}
