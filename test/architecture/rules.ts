import type { ICruiseOptions, ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import { composition, rooms, type Room } from './rooms.ts';

const inside = '^(server|connectors)/';
const outside = '^(test|bench|scripts|examples|web)/';

function pathsOf(names: readonly string[]): string[] {
  return rooms.filter((room) => names.includes(room.name)).map((room) => room.path);
}

function ruleOf(room: Room): IForbiddenRuleType {
  const name = `${room.name} looks where it may not`;
  const from = { path: room.path };
  if (room.name === composition) return { name, severity: 'error', from, to: { path: pathsOf(['process']) } };
  if (room.name === 'connectors') {
    // A connector's own folder, by the capture of its name, and never a sibling's.
    return {
      name,
      severity: 'error',
      from: { path: '^connectors/(?!kit/)([^/]+)/' },
      to: { path: inside, pathNot: ['^connectors/$1/', ...pathsOf(room.may)] },
    };
  }
  return { name, severity: 'error', from, to: { path: inside, pathNot: [room.path, ...pathsOf(room.may)] } };
}

export const houseRules: IForbiddenRuleType[] = [
  ...rooms.map(ruleOf),
  {
    // Of values: two files of one room may name each other's types, which is nothing that runs. Between rooms, types count.
    name: 'a cycle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'the product looks outside', severity: 'error', from: { path: inside }, to: { path: outside } },
  {
    name: 'a file belongs to no room',
    severity: 'error',
    from: { path: inside, pathNot: rooms.map((room) => room.path) },
    to: {},
  },
];

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Reads every file under `server/` and `connectors/` of a tree and lists the imports that break a rule. */
export async function cruiseHouse(
  baseDirectory: string,
): Promise<{ readonly read: number; readonly violations: readonly Violation[] }> {
  const options: ICruiseOptions = {
    baseDir: baseDirectory,
    ruleSet: { forbidden: houseRules },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  };
  const { output } = await cruise(['server', 'connectors'], options);
  const result = output as ICruiseResult;
  return {
    read: result.modules.filter((module) => new RegExp(inside, 'u').test(module.source)).length,
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
