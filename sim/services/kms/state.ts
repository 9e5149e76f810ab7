// Keys and aliases of AWS KMS. https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
import { type Arn, formatArn, parseArn } from '../../kernel/arn';
import type { Ms } from '../../kernel/time';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Key {
  arn: Arn;
  keyId: string;
  /** Of AWS managed keys: the service that they belong to. Their policy cannot be changed. */
  managedFor: string | null;
  description: string;
  state: KeyState;
  createdAt: Ms;
  /** JSON text. */
  policy: string;
  tags: Record<string, string>;
  deletionAt: Ms | null;
}

export interface KmsState {
  keys: Record<Arn, Key>;
  /** Key ARNs by alias ARN. */
  aliases: Record<Arn, Arn>;
}

export interface Place {
  account: string;
  region: string;
}

export function keyArn({ account, region }: Place, keyId: string): Arn {
  return formatArn({ service: 'kms', region, account, resource: `key/${keyId}` });
}

export function aliasArn({ account, region }: Place, alias: string): Arn {
  return formatArn({ service: 'kms', region, account, resource: alias });
}

export function isAlias(arn: Arn): boolean {
  return parseArn(arn)?.resource.startsWith('alias/') ?? false;
}

/** What KeyId may be: a key id, a key ARN, an alias name or an alias ARN. */
export function arnOf(keyId: string, place: Place): Arn {
  if (keyId.startsWith('arn:')) return keyId;
  return keyId.startsWith('alias/') ? aliasArn(place, keyId) : keyArn(place, keyId);
}
