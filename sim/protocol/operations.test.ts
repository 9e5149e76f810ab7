import { describe, expect, it } from 'vitest';
import type { Service } from '../kernel/service';
import { modelOf } from './models';

const WHERE = { account: '111122223333', region: 'eu-west-1' };

/** What the protocols can read and no service does yet; a client hears that it is not part of the simulator. A line goes when a service learns it. */
const READ_ONLY: Record<string, string[]> = {
  events: ['DeauthorizeConnection'],
  iam: [
    'CreateAccountAlias',
    'CreateServiceLinkedRole',
    'DeleteAccountAlias',
    'DeleteServiceLinkedRole',
    'GetAccountAuthorizationDetails',
    'GetAccountSummary',
    'GetServiceLinkedRoleDeletionStatus',
    'ListAccountAliases',
    'UpdateGroup',
    'UpdateUser',
  ],
  kms: [
    'CreateGrant',
    'DisableKeyRotation',
    'EnableKeyRotation',
    'GenerateMac',
    'GetKeyRotationStatus',
    'GetPublicKey',
    'ListGrants',
    'ListKeyRotations',
    'ListRetirableGrants',
    'ReEncrypt',
    'RetireGrant',
    'RevokeGrant',
    'RotateKeyOnDemand',
    'Sign',
    'Verify',
    'VerifyMac',
  ],
  sns: [
    'CreateSMSSandboxPhoneNumber',
    'DeleteSMSSandboxPhoneNumber',
    'GetDataProtectionPolicy',
    'GetSMSSandboxAccountStatus',
    'ListOriginationNumbers',
    'ListSMSSandboxPhoneNumbers',
    'PutDataProtectionPolicy',
    'VerifySMSSandboxPhoneNumber',
  ],
  sts: ['AssumeRoleWithWebIdentity', 'AssumeRoot', 'DecodeAuthorizationMessage', 'GetFederationToken'],
};

/** IAM's actions that no operation of an API has: an HTTP request of a function's URL, a target's call of an API destination. */
const WITHOUT_OPERATION: Record<string, string[]> = {
  events: ['InvokeApiDestination'],
  kinesis: ['SubscribeToShard'],
  lambda: ['InvokeFunctionUrl'],
};

/** Not AWS: a host outside, and faults that a scenario injects. */
const DEVICES = new Set(['internet', 'fis']);

type Maker = (options: object) => Service;
const modules = import.meta.glob<Record<string, Maker>>('../services/*/service.ts', { eager: true });
const services = Object.values(modules)
  .map((module) => Object.entries(module).find(([name]) => /^create[A-Z]/.test(name))?.[1]({ sandboxes: null }))
  .filter((service) => service !== undefined && !DEVICES.has(service.prefix)) as Service[];

function operationsOf(prefix: string): string[] {
  const text = modelOf(prefix)?.text.operations ?? '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ')[0] as string);
}

describe('the operations of a service and of its API', () => {
  it('are found for eight services at least', () => {
    expect(services.length).toBeGreaterThanOrEqual(8);
  });

  it.each(services.map((service): [string, Service] => [service.prefix, service]))('are the same: %s', (prefix, service) => {
    const operations = operationsOf(prefix);
    const routes = new Map(operations.map((operation) => [operation, service.route?.(operation, {}, WHERE)?.action ?? null]));
    const unknownToService = operations.filter((operation) => routes.get(operation) === null);
    const reached = new Set(routes.values());
    const isClients = (action: string): boolean => !service.internal?.has(action);
    const unknownToApi = Object.keys(service.actions).filter((action) => isClients(action) && !reached.has(`${prefix}:${action}`));
    expect({ unknownToService, unknownToApi }).toEqual({
      unknownToService: READ_ONLY[prefix] ?? [],
      unknownToApi: WITHOUT_OPERATION[prefix] ?? [],
    });
  });
});
