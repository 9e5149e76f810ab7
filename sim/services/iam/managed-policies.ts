// Customer managed policies and their versions; AWS's own can be read. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
import { formatArn } from '../../kernel/arn';
import { clientFault, type Reply } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import { ARN, Arguments, DESCRIPTION, DOCUMENT, LONG_NAME, PATH } from './arguments';
import { AWS_MANAGED_AT_EPOCH_MS, awsManagedPolicies, awsManagedPolicy } from './aws-managed/catalogue';
import { alreadyExists, deleteConflict, limitExceeded, malformed, noSuchEntity, noSuchPolicy } from './faults';
import { DONE, type IamAction, type Operation, type Operations, tagsAfter } from './operation';
import { validatePolicy } from './policy/validate';
import type { IamState, Identity, ManagedPolicy, PolicyVersion } from './state';
import { uniqueId } from './unique-id';
import { pageOf, policyView, versionView } from './views';

/** IAM quotas: characters of a managed policy without white space; versions of one. */
const POLICY_MAX = 6144;
const VERSIONS_MAX = 5;

function checkDocument(document: string): Extract<Reply, { fault: unknown }> | null {
  const problem = validatePolicy(document, 'identity');
  if (problem) return malformed(problem);
  return document.replace(/\s/g, '').length > POLICY_MAX ? limitExceeded(`Cannot exceed quota for PolicySize: ${POLICY_MAX}`) : null;
}

const createPolicy: IamAction = (state, call, port) => {
  const args = new Arguments(call.input);
  const name = args.text('PolicyName', LONG_NAME);
  const path = args.optionalText('Path', PATH) ?? '/';
  const document = args.text('PolicyDocument', DOCUMENT);
  const description = args.optionalText('Description', DESCRIPTION);
  const tags = args.tags();
  const fault = args.fault() ?? checkDocument(document);
  if (fault) return fault;
  const isTaken = Object.values(state.policies).some(
    (policy) => policy.account === port.account && policy.name.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) return alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  const arn = formatArn({ service: 'iam', region: '', account: port.account, resource: `policy${path}${name}` });
  const now = port.epochMs;
  const versions: PolicyVersion[] = [{ id: 'v1', document, createdAtEpochMs: now }];
  const dates = { createdAtEpochMs: now, updatedAtEpochMs: now };
  const id = uniqueId(port, 'ANPA');
  const policy: ManagedPolicy = {
    arn,
    account: port.account,
    name,
    path,
    id,
    description,
    ...dates,
    versions,
    defaultVersionId: 'v1',
    versionsMade: 1,
    tags,
  };
  port.emit('iam:PolicyCreated', arn, { policy: policy as unknown as JsonObject });
  return { ok: { Policy: policyView(policy, 0, 0) } };
};

type PolicyAction = (policy: ManagedPolicy, args: Arguments, ...rest: Parameters<IamAction>) => Reply;

/** `own`: AWS's managed policies can be read, not changed. */
function withPolicy(access: 'read' | 'own', perform: PolicyAction): Operation {
  return {
    on: 'policyArn',
    perform: (state, call, port) => {
      const args = new Arguments(call.input);
      const arn = args.text('PolicyArn', ARN);
      const fault = args.fault();
      if (fault) return fault;
      const policy = findPolicy(state, arn);
      if (!policy) return noSuchPolicy(arn);
      if (access === 'own' && policy.account === 'aws') {
        return clientFault(
          'AccessDenied',
          `User: ${call.principal.id} is not authorized to perform: ${call.action} on resource: policy ${arn}`,
          403,
        );
      }
      return perform(policy, args, state, call, port);
    },
  };
}

function findPolicy(state: Readonly<IamState>, arn: string): ManagedPolicy | null {
  return (Object.hasOwn(state.policies, arn) ? state.policies[arn] : null) ?? fromAws(arn);
}

function fromAws(arn: string): ManagedPolicy | null {
  const policy = awsManagedPolicy(arn);
  if (!policy) return null;
  const { name, path, id, description, document } = policy;
  const createdAtEpochMs = AWS_MANAGED_AT_EPOCH_MS;
  const versions = [{ id: 'v1', document, createdAtEpochMs }];
  const dates = { createdAtEpochMs, updatedAtEpochMs: createdAtEpochMs };
  return { arn, account: 'aws', name, path, id, description, ...dates, versions, defaultVersionId: 'v1', versionsMade: 1, tags: [] };
}

function usersOf(state: Readonly<IamState>, arn: string, account: string): { attached: Identity[]; bounded: Identity[] } {
  const own = Object.values(state.identities).filter((identity) => identity.account === account);
  return { attached: own.filter(({ attached }) => attached.includes(arn)), bounded: own.filter(({ boundary }) => boundary === arn) };
}

function viewOf(policy: ManagedPolicy, state: Readonly<IamState>, account: string): JsonObject {
  const { attached, bounded } = usersOf(state, policy.arn, account);
  return policyView(policy, attached.length, bounded.length);
}

const createVersion: PolicyAction = (policy, args, _state, call, port) => {
  const document = args.text('PolicyDocument', DOCUMENT);
  const fault = args.fault() ?? checkDocument(document);
  if (fault) return fault;
  if (policy.versions.length >= VERSIONS_MAX) {
    return limitExceeded(
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
  }
  const version: PolicyVersion = { id: `v${policy.versionsMade + 1}`, document, createdAtEpochMs: port.epochMs };
  const isDefault = call.input.SetAsDefault === true || call.input.SetAsDefault === 'true';
  port.emit('iam:PolicyVersionCreated', policy.arn, { version: version as unknown as JsonObject, isDefault });
  return { ok: { PolicyVersion: versionView(version, isDefault ? version.id : policy.defaultVersionId, false) } };
};

function withVersion(access: 'read' | 'own', perform: (version: PolicyVersion, ...rest: Parameters<PolicyAction>) => Reply): Operation {
  return withPolicy(access, (policy, args, ...rest) => {
    const id = args.text('VersionId', { max: 64, pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' });
    const fault = args.fault();
    if (fault) return fault;
    const version = policy.versions.find((candidate) => candidate.id === id);
    if (!version) return noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
    return perform(version, policy, args, ...rest);
  });
}

const listPolicies: IamAction = (state, call, port) => {
  const { Scope: scope = 'All', OnlyAttached: onlyAttached = false } = call.input;
  const prefix = String(call.input.PathPrefix ?? '/');
  const own = Object.values(state.policies).filter(({ account }) => account === port.account);
  const aws = awsManagedPolicies().flatMap(({ arn }) => fromAws(arn) ?? []);
  const scoped = scope === 'AWS' ? aws : scope === 'Local' ? own : [...own, ...aws];
  const found = scoped.filter(({ path }) => path.startsWith(prefix)).map((policy) => viewOf(policy, state, port.account));
  const wanted = onlyAttached ? found.filter(({ AttachmentCount }) => (AttachmentCount as number) > 0) : found;
  // Lists leave out descriptions and tags.
  return {
    ok: pageOf(
      call.input,
      'Policies',
      wanted.map(({ Description: _description, Tags: _tags, ...rest }) => rest),
    ),
  };
};

const deletePolicy: PolicyAction = (policy, _args, state, _call, port) => {
  const { attached, bounded } = usersOf(state, policy.arn, policy.account);
  if (attached.length + bounded.length > 0) return deleteConflict('Cannot delete a policy attached to entities.');
  if (policy.versions.length > 1) {
    return deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  port.emit('iam:PolicyDeleted', policy.arn, {});
  return DONE;
};

const listEntities: PolicyAction = (policy, _args, state, call) => {
  const { attached } = usersOf(state, policy.arn, call.principal.account);
  const of = (kind: Identity['kind']): Identity[] => attached.filter((identity) => identity.kind === kind);
  return {
    ok: {
      PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      IsTruncated: false,
    },
  };
};

export const MANAGED_POLICY_OPERATIONS: Operations = {
  CreatePolicy: { on: 'policy', perform: createPolicy },
  GetPolicy: withPolicy('read', (policy, _args, state, call) => ({ ok: { Policy: viewOf(policy, state, call.principal.account) } })),
  ListPolicies: { on: { list: 'policy' }, perform: listPolicies },
  DeletePolicy: withPolicy('own', deletePolicy),
  CreatePolicyVersion: withPolicy('own', createVersion),
  GetPolicyVersion: withVersion('read', (version, policy) => ({
    ok: { PolicyVersion: versionView(version, policy.defaultVersionId, true) },
  })),
  ListPolicyVersions: withPolicy('read', (policy, _args, _state, call) => {
    const newestFirst = [...policy.versions].reverse();
    return {
      ok: pageOf(
        call.input,
        'Versions',
        newestFirst.map((version) => versionView(version, policy.defaultVersionId, false)),
      ),
    };
  }),
  SetDefaultPolicyVersion: withVersion('own', (version, policy, _args, _state, _call, port) => {
    port.emit('iam:DefaultPolicyVersionSet', policy.arn, { versionId: version.id });
    return DONE;
  }),
  DeletePolicyVersion: withVersion('own', (version, policy, _args, _state, _call, port) => {
    if (version.id === policy.defaultVersionId) return deleteConflict('Cannot delete the default version of a policy.');
    port.emit('iam:PolicyVersionDeleted', policy.arn, { versionId: version.id });
    return DONE;
  }),
  ListEntitiesForPolicy: withPolicy('read', listEntities),
  TagPolicy: withPolicy('own', (policy, args, _state, _call, port) => {
    const added = args.tags();
    const fault = args.fault();
    if (fault) return fault;
    port.emit('iam:PolicyTagged', policy.arn, { tags: tagsAfter(policy.tags, added) });
    return DONE;
  }),
  UntagPolicy: withPolicy('own', (policy, args, _state, _call, port) => {
    const keys = args.texts('TagKeys');
    const tags = policy.tags.filter(({ Key }) => !keys.includes(Key)).map((tag): JsonObject => ({ ...tag }));
    port.emit('iam:PolicyTagged', policy.arn, { tags });
    return DONE;
  }),
  ListPolicyTags: withPolicy('read', (policy, _args, _state, call) => ({
    ok: pageOf(
      call.input,
      'Tags',
      policy.tags.map((tag): JsonObject => ({ ...tag })),
    ),
  })),
};
