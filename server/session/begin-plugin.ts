// The one thing that better-auth's anonymous plugin cannot do: make the same anonymous learner when a new visitor's first two saves race.
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Called on the server only; the HTTP route does not pass this path on. */
export const beginPlugin = {
  id: 'begin',
  endpoints: {
    beginAnonymous: createAuthEndpoint('/begin-anonymous', { method: 'POST', body: z.object({ email: z.email() }) }, async (context) => {
      const { internalAdapter } = context.context;
      const { email } = context.body;
      const find = async () => (await internalAdapter.findUserByEmail(email))?.user;
      const create = async () => {
        const now = new Date();
        try {
          return await internalAdapter.createUser(
            { email, name: 'Anonymous', emailVerified: false, isAnonymous: true, createdAt: now, updatedAt: now },
            { method: 'anonymous' },
          );
        } catch (error) {
          const other = await find();
          if (other) return other;
          throw error;
        }
      };
      const user = (await find()) ?? (await create());
      const session = await internalAdapter.createSession(user.id);
      await setSessionCookie(context, { session, user });
      return context.json({ id: user.id });
    }),
  },
} satisfies BetterAuthPlugin;
