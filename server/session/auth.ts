// Sessions and accounts: better-auth on our tables. https://www.better-auth.com/docs
// A visitor is an anonymous learner with a session; creating an account or signing in claims that learner's work.
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { anonymous } from 'better-auth/plugins';
import type { Database } from '../database/client';
import { database } from '../database/client';
import { stateFolder } from '../database/connection';
import { clientAddressHeader } from '../http/address';
import { originOfRequest, siteOrigin } from '../http/origin';
import { mergeLearners } from '../learner/merge';
import { beginPlugin } from './begin-plugin';
import { readSecret } from './secret';
import { anonymousDomain } from './visitor';

/** As long as browsers keep a cookie: anonymous work hangs on it. */
const sessionSeconds = 400 * 24 * 3600;
const passwordCharactersMin = 10;
const passwordCharactersMax = 128;

export interface AuthOptions {
  db: Database;
  secret: string;
  /** BASE_URL, when the operator names the one address of the site. */
  baseUrl: string | null;
}

export function createAuth({ db, secret, baseUrl }: AuthOptions) {
  return betterAuth({
    appName: 'Coldstart',
    database: prismaAdapter(db, { provider: 'postgresql' }),
    secret,
    ...(baseUrl === null ? {} : { baseURL: baseUrl }),
    // Without BASE_URL the site answers under any name that reaches it, and trusts pages of that same name only.
    trustedOrigins: (request) => {
      const origin = request ? originOfRequest(request.headers, baseUrl) : null;
      return origin === null ? [] : [origin];
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordCharactersMin,
      maxPasswordLength: passwordCharactersMax,
      autoSignIn: true,
    },
    session: { expiresIn: sessionSeconds, updateAge: 24 * 3600 },
    user: { additionalFields: { role: { type: 'string', input: false, required: false, defaultValue: 'learner' } } },
    // Limits and addresses are counted by our own routes, in one place for everything.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'coldstart',
      useSecureCookies: baseUrl?.startsWith('https://') ?? false,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [
      anonymous({
        emailDomainName: anonymousDomain,
        // The merge deletes the anonymous learner itself, inside its transaction.
        disableDeleteAnonymousUser: true,
        onLinkAccount: ({ anonymousUser, newUser }) => mergeLearners(db, anonymousUser.user.id, newUser.user.id),
      }),
      beginPlugin,
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

const shared = globalThis as unknown as { coldstartAuth?: Auth };

export function auth(): Auth {
  shared.coldstartAuth ??= createAuth({ db: database(), secret: readSecret(stateFolder(), process.env), baseUrl: siteOrigin(process.env) });
  return shared.coldstartAuth;
}
