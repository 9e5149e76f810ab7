// GetSessionToken: temporary credentials of a user, with a second factor or without.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
import { Arguments } from '../../kernel/arguments';
import { clientFault, type Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { ServiceAction } from '../../kernel/service';
import { credentialsView, newSession, type StsState } from './session';

export const getSessionToken: ServiceAction<StsState> = (_state, { input, principal, resource }, port) => {
  const args = new Arguments(input);
  const seconds = args.integer('DurationSeconds', { min: 900, max: 129_600, fallback: 43_200 });
  const fault = args.fault();
  if (fault) return fault;
  if (principal.session) return clientFault('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
  const mfa = input.SerialNumber !== undefined && input.TokenCode !== undefined;
  const details = { issuedAtEpochMs: port.epochMs, expiresAtEpochMs: port.epochMs + seconds * 1000, mfa };
  const session = newSession(port, { ...(principal as Principal), session: details }, seconds);
  port.emit('sts:SessionTokenIssued', resource, { session: session as unknown as JsonObject });
  return { ok: { Credentials: credentialsView(session) } };
};
