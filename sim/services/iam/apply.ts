// The fold: what each fact of IAM does to identities, policies and keys.
import type { Fact } from '../../kernel/fact';
import type { AccessKey, IamState, Identity, InlinePolicy, ManagedPolicy, PolicyVersion, Tag } from './state';

export function applyIam(state: IamState, fact: Fact): void {
  const { data } = fact;
  const key = data.identity as string | undefined;
  if (key !== undefined) {
    applyToIdentity(state, key, fact);
    return;
  }
  const policy = state.policies[fact.resource];
  switch (fact.type) {
    case 'iam:PolicyCreated':
      state.policies[fact.resource] = structuredCopy(data.policy) as ManagedPolicy;
      break;
    case 'iam:PolicyDeleted':
      delete state.policies[fact.resource];
      break;
    case 'iam:PolicyVersionCreated':
      if (!policy) break;
      policy.versions.push(structuredCopy(data.version) as PolicyVersion);
      policy.versionsMade++;
      if (data.isDefault) policy.defaultVersionId = (data.version as unknown as PolicyVersion).id;
      policy.updatedAtEpochMs = (data.version as unknown as PolicyVersion).createdAtEpochMs;
      break;
    case 'iam:PolicyVersionDeleted':
      if (policy) policy.versions = policy.versions.filter(({ id }) => id !== data.versionId);
      break;
    case 'iam:DefaultPolicyVersionSet':
      if (policy) policy.defaultVersionId = data.versionId as string;
      break;
    case 'iam:PolicyTagged':
      if (policy) policy.tags = structuredCopy(data.tags) as Tag[];
      break;
    case 'iam:OrganizationSet':
      state.organization = structuredCopy(data.organization) as IamState['organization'];
      break;
    case 'iam:AccessKeyCreated': {
      const accessKey = structuredCopy(data.accessKey) as AccessKey;
      state.accessKeys[accessKey.id] = accessKey;
      break;
    }
    case 'iam:AccessKeyUpdated': {
      const accessKey = state.accessKeys[data.accessKeyId as string];
      if (accessKey) accessKey.status = data.status as AccessKey['status'];
      break;
    }
    case 'iam:AccessKeyDeleted':
      delete state.accessKeys[data.accessKeyId as string];
      break;
  }
}

/** State must not share objects with the trace, or changing one would change the other. */
function structuredCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function applyToIdentity(state: IamState, key: string, { type, data }: Fact): void {
  if (type === 'iam:RoleCreated' || type === 'iam:UserCreated' || type === 'iam:GroupCreated') {
    state.identities[key] = structuredCopy(data.created) as Identity;
    return;
  }
  const identity = state.identities[key];
  if (!identity) return;
  switch (type) {
    case 'iam:RoleDeleted':
    case 'iam:UserDeleted':
    case 'iam:GroupDeleted':
      delete state.identities[key];
      break;
    case 'iam:RoleUpdated':
      identity.description = data.description as string | null;
      identity.maxSessionSeconds = data.maxSessionSeconds as number;
      break;
    case 'iam:TrustPolicyUpdated':
      identity.trustPolicy = data.document as string;
      break;
    case 'iam:InlinePolicyPut': {
      const inline: InlinePolicy = { name: data.policyName as string, document: data.document as string };
      const existing = identity.inline.find(({ name }) => name === inline.name);
      if (existing) existing.document = inline.document;
      else identity.inline.push(inline);
      break;
    }
    case 'iam:InlinePolicyDeleted':
      identity.inline = identity.inline.filter(({ name }) => name !== data.policyName);
      break;
    case 'iam:PolicyAttached':
      if (!identity.attached.includes(data.policyArn as string)) identity.attached.push(data.policyArn as string);
      break;
    case 'iam:PolicyDetached':
      identity.attached = identity.attached.filter((arn) => arn !== data.policyArn);
      break;
    case 'iam:BoundarySet':
      identity.boundary = data.policyArn as string | null;
      break;
    case 'iam:IdentityTagged':
      identity.tags = structuredCopy(data.tags) as Tag[];
      break;
    case 'iam:UserAddedToGroup':
      if (!identity.members.includes(data.userName as string)) identity.members.push(data.userName as string);
      break;
    case 'iam:UserRemovedFromGroup':
      identity.members = identity.members.filter((name) => name !== data.userName);
      break;
  }
}
