import { randomBytes } from 'node:crypto';
import { SignJWT, jwtVerify, errors } from 'jose';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { coarseClasses } from '../model/classification.ts';
import { rightsOfRole } from './rights.ts';
import type { SignInMethod } from './sign-in.ts';
import { narrowed, type Scope, type Viewer } from './viewer.ts';

/** How long a token of ours lives. */
export const tokenSeconds = 600;

const issuer = 'lexline';
const audience = 'lexline-viewer';

/** Short-lived tokens that a catalog's back end gets for a user who signed in there. */
export interface ExchangedTokens extends SignInMethod {
  /** A token for the user, never with more than a viewer's rights, and bound to the key that asked for it. */
  issue(user: Viewer, by: Viewer): Promise<{ readonly token: string; readonly expiresIn: number }>;
}

/**
 * Signed with a secret that lives as long as this process: after a restart a back end exchanges again. Several processes
 * behind one address need the same `secret`.
 */
export function exchangedTokens(clock: Clock, secret: Uint8Array = randomBytes(32)): ExchangedTokens {
  return {
    name: 'exchanged',
    async issue(user, by) {
      const seconds = Math.floor(clock.now() / 1000);
      const token = await new SignJWT({ scope: narrowed(user.scope, by.scope), by: by.actor.id })
        .setProtectedHeader({ alg: 'HS256', typ: 'lexline+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(user.actor.id)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + tokenSeconds)
        .sign(secret);
      return { token, expiresIn: tokenSeconds };
    },
    async signIn(token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer,
          audience,
          algorithms: ['HS256'],
          typ: 'lexline+jwt',
          currentDate: new Date(clock.now()),
          requiredClaims: ['exp', 'sub'],
        });
        const { sub = '', scope } = payload;
        return {
          viewer: {
            actor: { kind: 'person', id: sub },
            signedIn: true,
            scope: readScope(scope),
            role: 'viewer',
            rights: rightsOfRole('viewer'),
            namespaces: [],
          },
          mayExchange: false,
        };
      } catch (error) {
        return error instanceof errors.JWTExpired ? { refused: 'expired', detail: 'the token has run out' } : null;
      }
    },
  };
}

const listOfText = z.array(z.string());
const scopeSchema = z.strictObject({
  sources: z.union([z.literal('all'), listOfText]),
  datasets: z.array(listOfText).optional(),
  sees: z.array(z.enum(coarseClasses)).optional(),
});

/** The scope of a token of ours. One that cannot be read lets nothing be seen. */
function readScope(claim: unknown): Scope {
  const parsed = scopeSchema.safeParse(claim);
  if (!parsed.success) return { sources: [] };
  const { sources, datasets, sees } = parsed.data;
  return { sources, ...(datasets === undefined ? {} : { datasets }), ...(sees === undefined ? {} : { sees }) };
}
