// Temporary credentials and the principal that they stand for. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html
import type { Principal } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';

export interface Session {
  /** `ASIA…` */
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  principal: Principal;
  expiresAtEpochMs: number;
}

export interface StsState {
  /** By access key id. */
  sessions: Record<string, Session>;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function draw(port: Port, alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[Math.floor(port.random() * alphabet.length)];
  return text;
}

export function newSession(port: Port, principal: Principal, seconds: number): Session {
  return {
    accessKeyId: `ASIA${draw(port, BASE32, 16)}`,
    secretAccessKey: draw(port, BASE64, 40),
    // Simplified: AWS's tokens hold the session itself and are some hundred characters longer.
    sessionToken: draw(port, BASE64, 120),
    principal,
    expiresAtEpochMs: port.epochMs + seconds * 1000,
  };
}

export function credentialsView({ accessKeyId, secretAccessKey, sessionToken, expiresAtEpochMs }: Session): JsonObject {
  const expiration = new Date(Math.floor(expiresAtEpochMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration };
}
