import { z } from 'zod';
import { rungs, type Rung } from './chat-model.ts';

/** How a request must be written so that one endpoint takes it for one model. Endpoints differ, and tell only by refusing. */
export interface RequestForm {
  readonly rung: Rung;
  /** What the limit of the answer's length is called there. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** False: the model has one temperature of its own and refuses to be told. */
  readonly temperature: boolean;
  /** False: the rules stand at the head of the question, because the model knows no role for them. */
  readonly systemRole: boolean;
}

/** The part of a request that an endpoint refuses. */
export const formParts = ['response_format', 'limit', 'temperature', 'system_role'] as const;
export type FormPart = (typeof formParts)[number];

/** What is tried where nothing is known. */
export const firstForm: RequestForm = { rung: 'json_schema', limit: 'max_tokens', temperature: true, systemRole: true };

const schema = z.strictObject({
  rung: z.enum(rungs),
  limit: z.enum(['max_tokens', 'max_completion_tokens']),
  temperature: z.boolean(),
  systemRole: z.boolean(),
});

/** A form as it was kept; null for what is none. */
export function readForm(kept: unknown): RequestForm | null {
  return schema.safeParse(kept).data ?? null;
}

/** One text for one form. */
export function nameOf({ rung, limit, temperature, systemRole }: RequestForm): string {
  return [rung, limit, temperature ? 'temperature' : 'own temperature', systemRole ? 'system' : 'one message'].join(
    ', ',
  );
}

/**
 * The next form to try after one was refused: the part that the endpoint complained of is changed; where it did not say, or
 * that did not help, the others in the order in which endpoints most often lack them. Null: nothing is left to try. Pure.
 */
export function formAfter(
  form: RequestForm,
  complaint: FormPart | null,
  tried: ReadonlySet<string>,
): RequestForm | null {
  const order = complaint === null ? formParts : [complaint, ...formParts];
  for (const part of order) {
    const next = changed(form, part);
    if (next !== null && !tried.has(nameOf(next))) return next;
  }
  return null;
}

function changed(form: RequestForm, part: FormPart): RequestForm | null {
  if (part === 'limit') return { ...form, limit: form.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' };
  if (part === 'temperature') return form.temperature ? { ...form, temperature: false } : null;
  if (part === 'system_role') return form.systemRole ? { ...form, systemRole: false } : null;
  const rung = rungs[rungs.indexOf(form.rung) + 1];
  return rung === undefined ? null : { ...form, rung };
}
