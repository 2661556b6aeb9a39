import type { Step } from './steps.ts';

/** The last of the steps behind a label that may go back to it; the label's own place when none does. */
export function lastGoto(steps: readonly Step[], at: number, name: string): number {
  return Math.max(
    at,
    steps.findLastIndex((step, place) => place > at && goesTo(step, name)),
  );
}

function goesTo(step: Step, name: string): boolean {
  if (step.kind === 'goto') return step.name === name;
  if (step.kind === 'branch') return step.arms.some((arm) => arm.body.some((inner) => goesTo(inner, name)));
  return (step.kind === 'block' || step.kind === 'loop') && step.body.some((inner) => goesTo(inner, name));
}
