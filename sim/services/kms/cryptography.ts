// Encrypt, Decrypt and data keys. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
import type { ApiCall, Reply } from '../../kernel/call';
import { clientFault } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { base64, isSameContext, readSealed, seal } from './ciphertext';
import { invalid, invalidCiphertext, usableKey } from './faults';
import { arnOf, type Key, type KmsState } from './state';

const PLAINTEXT_BYTES_MAX = 4096;

function contextIn(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function used(operation: string, key: Key, call: ApiCall, context: JsonObject, port: Port): void {
  port.emit('kms:KeyUsed', key.arn, { operation, principal: call.principal.id, encryptionContext: context });
}

export function encrypt(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const found = usableKey(state, call.resource);
  if ('fault' in found) return found;
  const plaintext = String(call.input.Plaintext ?? '');
  const bytes = Math.floor((plaintext.replace(/=+$/, '').length * 3) / 4);
  if (bytes < 1 || bytes > PLAINTEXT_BYTES_MAX) {
    return invalid(
      `1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length ${bytes < 1 ? 'greater than or equal to 1' : `less than or equal to ${PLAINTEXT_BYTES_MAX}`}`,
    );
  }
  const context = contextIn(call.input.EncryptionContext);
  used('Encrypt', found.key, call, context, port);
  return {
    ok: { CiphertextBlob: seal(found.key.arn, plaintext, context), KeyId: found.key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
  };
}

export function decrypt(state: Readonly<KmsState>, call: ApiCall, port: Port): Reply {
  const sealed = readSealed(String(call.input.CiphertextBlob ?? ''));
  if (!sealed) return invalidCiphertext();
  const { KeyId } = call.input;
  if (typeof KeyId === 'string' && arnOf(KeyId, port) !== sealed.key) {
    return clientFault('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
  }
  const found = usableKey(state, sealed.key);
  if ('fault' in found) return found;
  const context = contextIn(call.input.EncryptionContext);
  if (!isSameContext(sealed, context)) return invalidCiphertext();
  used('Decrypt', found.key, call, context, port);
  return { ok: { KeyId: found.key.arn, Plaintext: sealed.plaintext, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' } };
}

/** A new secret, in the clear and sealed under the key. */
function dataKey(withPlaintext: boolean) {
  return (state: Readonly<KmsState>, call: ApiCall, port: Port): Reply => {
    const found = usableKey(state, call.resource);
    if ('fault' in found) return found;
    const { KeySpec, NumberOfBytes } = call.input;
    if ((KeySpec === undefined) === (NumberOfBytes === undefined)) return invalid('Please specify either number of bytes or key spec.');
    const length = KeySpec === 'AES_128' ? 16 : KeySpec === 'AES_256' ? 32 : Number(NumberOfBytes);
    if (!Number.isInteger(length) || length < 1 || length > 1024) return invalid('NumberOfBytes must be between 1 and 1024.');
    const bytes = Uint8Array.from({ length }, () => Math.floor(port.random() * 256));
    const plaintext = base64(bytes);
    const context = contextIn(call.input.EncryptionContext);
    used(withPlaintext ? 'GenerateDataKey' : 'GenerateDataKeyWithoutPlaintext', found.key, call, context, port);
    const CiphertextBlob = seal(found.key.arn, plaintext, context);
    return { ok: { CiphertextBlob, ...(withPlaintext ? { Plaintext: plaintext } : {}), KeyId: found.key.arn } };
  };
}

export const generateDataKey = dataKey(true);
export const generateDataKeyWithoutPlaintext = dataKey(false);
