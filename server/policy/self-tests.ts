import { LexlineError } from '../base/errors.ts';
import { evaluateField, type PolicyField } from './evaluate.ts';
import type { Policies, Policy } from './policy-file.ts';

/** Runs the tests that stand in policies. Fails with CONFIG_INVALID, naming each that decides otherwise; returns how many ran. */
export function testPolicies({ policies }: Policies): number {
  const wrong: string[] = [];
  let ran = 0;
  for (const policy of policies)
    for (const test of policy.tests) {
      ran += 1;
      const [found] = evaluateField({ policies: [policy], waivers: [] }, fieldOf(test.given), '2000-01-01');
      const outcome = found === undefined || found.outcome === 'met' ? 'none' : found.outcome;
      if (outcome !== test.expect)
        wrong.push(`${policy.id}, "${test.name}": expected ${test.expect}, decided ${outcome}`);
    }
  if (wrong.length > 0)
    throw new LexlineError(
      'CONFIG_INVALID',
      `[policy] tests inside policies fail:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
      {
        remedy: 'Correct the policy or its test.',
      },
    );
  return ran;
}

function fieldOf(given: Policy['tests'][number]['given']): PolicyField {
  const { dataset, category, treatment, regulations, country, owner, source, retention } = given;
  return {
    dataset: {
      name: dataset,
      namespace: '',
      platform: null,
      sources: source === undefined ? [] : [source],
      owners: owner === null ? [] : [owner],
      tags: [],
    },
    path: 'field',
    known: category !== null,
    holds: category === null ? [] : [{ category, classes: [], regulations, treatment, retained: retention }],
    country,
  };
}
