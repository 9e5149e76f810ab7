// AWS Identity and Access Management. https://docs.aws.amazon.com/IAM/latest/APIReference/
// Simplified: changes take effect at once; AWS spreads them over its Regions within seconds.
import { formatArn } from '../../kernel/arn';
import type { ApiCall, ConditionContext } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Route, Service } from '../../kernel/service';
import { ACCESS_KEY_OPERATIONS } from './access-keys';
import { applyIam } from './apply';
import { ATTACHED_POLICY_OPERATIONS } from './attached-policies';
import { noSuchEntity } from './faults';
import { IDENTITY_OPERATIONS } from './identities';
import { MANAGED_POLICY_OPERATIONS } from './managed-policies';
import { type IamAction, nameMember, type Operation, type Operations } from './operation';
import type { Organization } from './organization';
import { uniqueIdOf } from './principals';
import { SIMULATION_OPERATIONS } from './simulate';
import { type IamState, identityOfArn } from './state';

const OPERATIONS: Operations = {
  ...IDENTITY_OPERATIONS,
  ...ATTACHED_POLICY_OPERATIONS,
  ...MANAGED_POLICY_OPERATIONS,
  ...ACCESS_KEY_OPERATIONS,
  ...SIMULATION_OPERATIONS,
};

/** States the organisation of this world, or with null that there is none. */
const setOrganization: IamAction = (_state, call, port) => {
  port.emit('iam:OrganizationSet', call.resource, { organization: call.input.organization ?? null });
  return { ok: {} };
};

/** What STS needs to know of a user or role to make a session of it. By ARN, path included. */
const readIdentity: IamAction = (state, { resource }) => {
  const identity = identityOfArn(state, resource);
  if (!identity) return noSuchEntity(`Could not find entity: ${resource}`);
  const { arn, name, id, maxSessionSeconds } = identity;
  return { ok: { arn, name, id, maxSessionSeconds } };
};

export interface IamOptions {
  organization?: Organization;
}

export function createIam({ organization }: IamOptions = {}): Service<IamState> {
  return {
    prefix: 'iam',
    initial: () => ({ identities: {}, policies: {}, accessKeys: {}, organization: organization ? structuredClone(organization) : null }),
    actions: {
      ...Object.fromEntries(Object.entries(OPERATIONS).map(([name, { perform }]) => [name, perform])),
      SetOrganization: setOrganization,
      ReadIdentity: readIdentity,
    },
    internal: new Set(['SetOrganization', 'ReadIdentity']),
    apply: applyIam,
    route,
    resourcePolicy: (state, arn) => {
      const role = identityOfArn(state, arn);
      return role?.kind === 'role' ? trustPolicyOf(role.trustPolicy) : null;
    },
    conditionKeys: (state, call) => ({ ...resourceTags(state, call) }),
    identify: uniqueIdOf,
  };
}

/** Parsed once for each text: policies are compiled by object. */
const trustPolicies = new Map<string, JsonObject>();
const TRUST_POLICIES_MAX = 512;

function trustPolicyOf(text: string): JsonObject {
  const known = trustPolicies.get(text);
  if (known) return known;
  const parsed = JSON.parse(text) as JsonObject;
  if (trustPolicies.size >= TRUST_POLICIES_MAX) trustPolicies.clear();
  trustPolicies.set(text, parsed);
  return parsed;
}

/** Simplified: the path of an entity that exists is not known here, so IAM is asked about `role/name` unless the input says more. */
function route(operation: string, input: JsonObject, { account }: { account: string }): Route | null {
  const known: Operation | undefined = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (!known) return null;
  return { action: `iam:${operation}`, resource: resourceOf(known.on, input, account) };
}

function resourceOf(on: Operation['on'], input: JsonObject, account: string): string {
  const inAccount = (resource: string): string => formatArn({ service: 'iam', region: '', account, resource });
  if (typeof on === 'object') return inAccount(`${on.list}${String(input.PathPrefix ?? '/')}`);
  const path = String(input.Path ?? '/');
  switch (on) {
    case 'any':
      return typeof input.PolicySourceArn === 'string' ? input.PolicySourceArn : inAccount('*');
    case 'policy':
      return inAccount(`policy${path}${String(input.PolicyName ?? '')}`);
    case 'policyArn':
      return String(input.PolicyArn ?? inAccount('policy/'));
    default:
      return inAccount(`${on}${path}${String(input[nameMember(on)] ?? '')}`);
  }
}

function resourceTags(state: Readonly<IamState>, { resource }: ApiCall): ConditionContext {
  const tags = identityOfArn(state, resource)?.tags ?? state.policies[resource]?.tags ?? [];
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [`aws:ResourceTag/${Key}`, `iam:ResourceTag/${Key}`].map((key) => [key, Value])),
  );
}
