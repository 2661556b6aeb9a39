import type { Arm, Step } from './steps.ts';
import type { Runner } from './runner.ts';
import type { Steer } from '../statement/held.ts';

/** The steps that hold others, and those that say how the ones behind them are done. */
type Control = Extract<
  Step,
  {
    kind:
      | 'branch'
      | 'loop'
      | 'block'
      | 'condition'
      | 'goto'
      | 'transaction'
      | 'leave'
      | 'label'
      | 'row-count'
      | 'goes-on';
  }
>;

/** Carries out what holds other steps: every branch, a loop until nothing new comes of it, a block with its handlers. */
export function runControl(step: Control, runner: Runner): void {
  const { session } = runner;
  if (step.kind === 'branch') runBranch(step.arms, step.isWhole, runner);
  else if (step.kind === 'loop') runLoop(step, runner);
  else if (step.kind === 'block') runBlock(step, runner);
  else if (step.kind === 'goto') session.certainty.skips = true;
  else if (step.kind === 'transaction') session.transaction(step.mark);
  else if (step.kind === 'label') session.variables.label(step.name);
  else if (step.kind === 'goes-on') session.certainty.goesOn = true;
  // In a branch it is perhaps not said that all rows are changed.
  else if (step.kind === 'row-count' && (step.isLimited || session.certainty.branches === 0))
    session.certainty.isLimited = step.isLimited;
}

/** A ROLLBACK of a branch behind which the branch is left: nobody sees what it puts back. */
export function isUnseen(step: Step, behind: readonly Step[], { certainty }: Runner['session']): boolean {
  if (step.kind !== 'transaction' || step.mark !== 'rollback' || certainty.branches === 0) return false;
  return behind.some((next) => next.kind === 'leave' || next.kind === 'return' || isRaise(next));
}

/** PL/SQL's procedure that raises an error. */
function isRaise(step: Step): boolean {
  return step.kind === 'call' && /^raise_application_error$/i.test(step.name);
}

function runBlock({ body, handlers, isScope }: Extract<Step, { kind: 'block' }>, runner: Runner): void {
  const { certainty, variables } = runner.session;
  const { goesOn } = certainty;
  const guarded = (): void => {
    variables.guarded(
      () => {
        if (handlers.length === 0) runner.steps(body);
        else perhaps(body, runner);
      },
      handlers.map((handler) => () => {
        perhaps(handler, runner);
      }),
    );
  };
  if (isScope) variables.scope(guarded);
  else guarded();
  certainty.goesOn = goesOn;
}

function perhaps(steps: readonly Step[], runner: Runner): void {
  const { certainty } = runner.session;
  certainty.branches += 1;
  runner.session.perhaps(() => {
    runner.steps(steps);
  });
  certainty.branches -= 1;
}

/** Every condition up to an arm's own decides whether it is gone. */
function runBranch(arms: readonly Arm[], isWhole: boolean, runner: Runner): void {
  const { steering, variables } = runner.session;
  const steers = new Map<string, Steer>();
  const ways = arms.map(({ condition, body }) => {
    for (const found of condition === null ? [] : runner.condition(condition))
      steers.set(`${found.table}\u0000${found.column}`, found);
    const own = [...steers.values()];
    return () => {
      steering.by(own, () => {
        perhaps(body, runner);
      });
    };
  });
  variables.branches(ways, isWhole);
}

function runLoop({ condition, over, body }: Extract<Step, { kind: 'loop' }>, runner: Runner): void {
  const { steering, turns, variables } = runner.session;
  variables.loop(
    (isAgain) => {
      const steers = [
        ...(condition === null ? [] : runner.condition(condition)),
        ...(over === null ? [] : variables.steersOf(over)),
      ];
      return turns.turn(isAgain, () => {
        steering.by(steers, () => {
          perhaps(body, runner);
        });
      });
    },
    (turn) => runner.mayRepeat(turn),
  );
}
