// The policy simulator: decisions without making the call. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
import { clientFault, type Principal, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { principalKeys } from './context';
import type { EvaluationRequest, NamedPolicy, PolicySet } from './decision';
import { noSuchEntity } from './faults';
import type { IamAction, Operations } from './operation';
import { scpLevels } from './organization';
import { compilePolicy } from './policy/document';
import type { Caller } from './policy/principal';
import { SYNTAX, validatePolicy } from './policy/validate';
import type { ContextValues } from './policy/variables';
import { callerOf, identityPolicies, policiesOf } from './principals';
import { contextKeysOf, type SimulationRun, simulateActions } from './simulation-result';
import { type IamState, type Identity, identityOfArn } from './state';

type Refusal = Extract<Reply, { fault: unknown }>;

function invalidInput(message: string): Refusal {
  return clientFault('InvalidInput', message);
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Policies of a call's input; the fault names the first that cannot be read. */
function inputPolicies(input: JsonObject, member: string): NamedPolicy[] | Refusal {
  const policies: NamedPolicy[] = [];
  for (const [i, text] of textsOf(input[member]).entries()) {
    if (validatePolicy(text, 'any') === SYNTAX) return invalidInput(`Invalid Input: ${member}.member.${i + 1}: ${SYNTAX}`);
    policies.push({ id: `${member}.${i + 1}`, text, policy: compilePolicy(text) });
  }
  return policies;
}

function contextOf(input: JsonObject, known: Record<string, string | string[]>): ContextValues {
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(known)) context.set(key.toLowerCase(), [value].flat());
  for (const entry of Array.isArray(input.ContextEntries) ? (input.ContextEntries as JsonObject[]) : []) {
    context.set(String(entry.ContextKeyName).toLowerCase(), textsOf(entry.ContextKeyValues));
  }
  return context;
}

const SESSION = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;

/** AWS takes users only; roles, sessions and services are understood too. */
function principalOfArn(arn: string, fallbackAccount: string): Principal {
  const account = arn.split(':')[4] ?? fallbackAccount;
  const session = SESSION.exec(arn);
  if (session) return { type: 'role', id: arn, account, session: { roleArn: `arn:${session[1]}:iam::${account}:role/${session[3]}` } };
  if (/:role\//.test(arn)) return { type: 'role', id: arn, account };
  if (/:root$/.test(arn)) return { type: 'root', id: arn, account };
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(arn)) return { type: 'service', id: arn, account: fallbackAccount };
  return { type: 'user', id: arn, account };
}

interface Setting {
  principal: Principal | null;
  identity: Identity | null;
  policies: Pick<PolicySet, 'identity' | 'boundary' | 'session' | 'scps'>;
}

function run(state: Readonly<IamState>, input: JsonObject, port: Port, { principal, identity, policies }: Setting): Reply {
  const actions = textsOf(input.ActionNames);
  const bad = actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action));
  if (bad !== undefined) return invalidInput(`Invalid Action Name: ${bad} is not a valid action.`);
  if (actions.length === 0) return invalidInput('ActionNames must contain at least one action.');
  const boundaries = inputPolicies(input, 'PermissionsBoundaryPolicyInputList');
  if ('fault' in boundaries) return boundaries;
  const text = typeof input.ResourcePolicy === 'string' ? input.ResourcePolicy : null;
  if (text !== null && !principal) return invalidInput('CallerArn is required when a ResourcePolicy is given.');
  const resource: NamedPolicy | null = text === null ? null : { id: 'ResourcePolicy', text, policy: compilePolicy(text) };
  if (text !== null && validatePolicy(text, 'any') === SYNTAX) return invalidInput(`Invalid Input: ResourcePolicy: ${SYNTAX}`);
  const account = principal?.account ?? port.account;
  const caller: Caller = principal
    ? callerOf(principal, identity)
    : { kind: 'user', arn: `arn:aws:iam::${account}:user/simulated`, account };
  const resourceOwner = ownerIn(input);
  const requestOf = (action: string, arn: string): EvaluationRequest => {
    const inArn = /^\d{12}$/.test(arn.split(':')[4] ?? '') ? (arn.split(':')[4] as string) : null;
    // Without a resource policy nothing says that the resource is another account's.
    const owner = resourceOwner ?? (resource ? inArn : null) ?? account;
    return { action, resource: arn, caller, context, resourceAccount: owner };
  };
  const context = contextOf(input, principal ? principalKeys(principal, state, identity) : {});
  const arns = textsOf(input.ResourceArns);
  const simulation: SimulationRun = {
    actions,
    resources: arns.length > 0 ? arns : ['*'],
    hasResources: arns.length > 0,
    policies: { ...policies, boundary: boundaries[0] ?? policies.boundary ?? null, resource },
    requestOf,
  };
  return { ok: simulateActions(simulation, input) };
}

/** `arn:aws:iam::111122223333:root`, or the twelve digits. */
function ownerIn({ ResourceOwner }: JsonObject): string | null {
  return typeof ResourceOwner === 'string' ? (/\d{12}/.exec(ResourceOwner)?.[0] ?? null) : null;
}

const simulateCustomPolicy: IamAction = (state, { input }, port) => {
  const given = inputPolicies(input, 'PolicyInputList');
  if ('fault' in given) return given;
  const principal = typeof input.CallerArn === 'string' ? principalOfArn(input.CallerArn, port.account) : null;
  const identity = principal ? identityOfArn(state, principal.session?.roleArn ?? principal.id) : null;
  return run(state, input, port, { principal, identity, policies: { identity: given } });
};

const simulatePrincipalPolicy: IamAction = (state, { input }, port) => {
  const source = findSource(state, input);
  if ('fault' in source) return source;
  const given = inputPolicies(input, 'PolicyInputList');
  if ('fault' in given) return given;
  const own = identityPolicies(state, source).map((policy) => ({ ...policy, id: sourceId(policy, state) }));
  const sourcePrincipal: Principal = { type: source.kind === 'role' ? 'role' : 'user', id: source.arn, account: source.account };
  const principal = typeof input.CallerArn === 'string' ? principalOfArn(input.CallerArn, source.account) : sourcePrincipal;
  const { boundary } = policiesOf(state, sourcePrincipal, source);
  const policies = { identity: [...own, ...given], boundary: boundary ?? null, scps: scpLevels(state.organization, source.account) };
  return run(state, input, port, { principal, identity: source, policies });
};

/** A user, a role or a group. */
function findSource(state: Readonly<IamState>, { PolicySourceArn: arn }: JsonObject): Identity | Refusal {
  const text = String(arn ?? '');
  if (!/^arn:[^:]+:iam::\d{12}:(user|role|group)\/.+$/.test(text)) {
    return invalidInput(`Invalid Entity Arn: ${text} does not clearly define entity type and name.`);
  }
  return identityOfArn(state, text) ?? noSuchEntity(`Could not find entity: ${text}`);
}

/** Inline policies are named after their holder: `role_worker_send`. */
function sourceId({ arn, id, holder = '' }: NamedPolicy, state: Readonly<IamState>): string {
  const identity = identityOfArn(state, holder);
  return arn || !identity ? id : `${identity.kind}_${identity.name}_${id}`;
}

export const SIMULATION_OPERATIONS: Operations = {
  SimulateCustomPolicy: { on: 'any', perform: simulateCustomPolicy },
  SimulatePrincipalPolicy: { on: 'any', perform: simulatePrincipalPolicy },
  GetContextKeysForCustomPolicy: {
    on: 'any',
    perform: (_state, { input }) => {
      const given = inputPolicies(input, 'PolicyInputList');
      return 'fault' in given ? given : { ok: { ContextKeyNames: contextKeysOf(given) } };
    },
  },
  GetContextKeysForPrincipalPolicy: {
    on: 'any',
    perform: (state, { input }) => {
      const source = findSource(state, input);
      if ('fault' in source) return source;
      const given = inputPolicies(input, 'PolicyInputList');
      return 'fault' in given ? given : { ok: { ContextKeyNames: contextKeysOf([...identityPolicies(state, source), ...given]) } };
    },
  },
};
