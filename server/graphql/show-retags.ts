import type { Retags as KnownRetags, RetagsOfSource } from '../sync/review-retags.ts';
import type { Retags, SourceRetags } from './generated.ts';
import { upperSnake } from './upper-snake.ts';

/** Tags that a decision would set and take off, as the API shows them. */
export function showRetags({ sources, incompleteBecause }: KnownRetags): Retags {
  const sum = (count: (one: RetagsOfSource) => number): number =>
    sources.reduce((total, source) => total + count(source), 0);
  const unknown = sources.flatMap(({ source, unknown: why }) => (why === null ? [] : [`${source}: ${why}`]));
  return {
    adds: sum(({ adds }) => adds),
    removesNeedingApproval: sum(({ removes }) => removes),
    withdraws: sum(({ withdraws }) => withdraws),
    sources: sources.map(showSource),
    complete: incompleteBecause.length + unknown.length === 0,
    incompleteBecause: [...incompleteBecause, ...unknown],
  };
}

function showSource({ source, mode, adds, removes, withdraws, changes, unknown }: RetagsOfSource): SourceRetags {
  return {
    source,
    mode: upperSnake(mode),
    adds,
    removesNeedingApproval: removes,
    withdraws,
    changes: changes.map(({ action, tag, dataset, path, waitsFor }) => ({
      action: upperSnake(action),
      tag,
      datasetName: dataset,
      path,
      waitsFor,
    })),
    unknown,
  };
}
