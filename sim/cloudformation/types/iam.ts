// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
import { formatArn } from '../../kernel/arn';
import type { Json, JsonObject } from '../../kernel/json';
import { type Ask, asText, listOf, type Made, physicalName, pick, type ResourceType, type Wanted } from '../resource-type';

/** Inline and attached policies of a role, user or group. */
function addPolicies(kind: 'Role' | 'User' | 'Group', name: string, properties: JsonObject, ask: Ask): void {
  for (const PolicyArn of listOf(properties.ManagedPolicyArns)) ask('iam', `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
  for (const policy of listOf(properties.Policies) as JsonObject[]) putInline(kind, name, policy, ask);
}

function putInline(kind: 'Role' | 'User' | 'Group', name: Json, policy: JsonObject, ask: Ask): void {
  ask('iam', `Put${kind}Policy`, {
    [`${kind}Name`]: name,
    PolicyName: policy.PolicyName ?? '',
    PolicyDocument: asText(policy.PolicyDocument ?? ''),
  });
}

function identity(kind: 'Role' | 'User' | 'Group', passed: readonly string[], others: readonly string[]): ResourceType {
  const nameMember = `${kind}Name`;
  return {
    properties: [nameMember, 'ManagedPolicyArns', 'Policies', ...passed, ...others],
    ignored: ['LoginProfile'],
    create: (wanted: Wanted, ask: Ask): Made => {
      const { properties } = wanted;
      const name = physicalName(properties[nameMember], wanted);
      const input: JsonObject = { [nameMember]: name, ...pick(properties, passed) };
      if (properties.AssumeRolePolicyDocument !== undefined) input.AssumeRolePolicyDocument = asText(properties.AssumeRolePolicyDocument);
      const made = ask('iam', `Create${kind}`, input)[kind] as JsonObject;
      addPolicies(kind, name, properties, ask);
      if (kind === 'User') for (const GroupName of listOf(properties.Groups)) ask('iam', 'AddUserToGroup', { UserName: name, GroupName });
      const arn = String(made.Arn);
      return { arn, ref: name, attributes: { Arn: arn, ...(kind === 'Role' ? { RoleId: String(made.RoleId) } : {}) } };
    },
  };
}

/** An inline policy, put into each role, user and group that it names. */
const policy: ResourceType = {
  properties: ['PolicyName', 'PolicyDocument', 'Roles', 'Users', 'Groups'],
  create: ({ properties, place }, ask) => {
    for (const kind of ['Role', 'User', 'Group'] as const) {
      for (const name of listOf(properties[`${kind}s`])) putInline(kind, name, properties, ask);
    }
    const name = String(properties.PolicyName ?? '');
    return {
      arn: formatArn({ service: 'iam', region: '', account: place.account, resource: `policy/${name}` }),
      ref: name,
      attributes: {},
    };
  },
};

const managedPolicy: ResourceType = {
  properties: ['ManagedPolicyName', 'PolicyDocument', 'Description', 'Path', 'Roles', 'Users', 'Groups'],
  create: (wanted, ask) => {
    const { properties } = wanted;
    const output = ask('iam', 'CreatePolicy', {
      PolicyName: physicalName(properties.ManagedPolicyName, wanted),
      PolicyDocument: asText(properties.PolicyDocument ?? ''),
      ...pick(properties, ['Description', 'Path']),
    });
    const arn = String((output.Policy as JsonObject).Arn);
    for (const kind of ['Role', 'User', 'Group'] as const) {
      for (const name of listOf(properties[`${kind}s`])) ask('iam', `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn: arn });
    }
    return { arn, ref: arn, attributes: { PolicyArn: arn } };
  },
};

export const IAM_TYPES: Record<string, ResourceType> = {
  'AWS::IAM::Role': identity(
    'Role',
    ['Path', 'Description', 'MaxSessionDuration', 'PermissionsBoundary', 'Tags'],
    ['AssumeRolePolicyDocument'],
  ),
  'AWS::IAM::User': identity('User', ['Path', 'PermissionsBoundary', 'Tags'], ['Groups']),
  'AWS::IAM::Group': identity('Group', ['Path'], []),
  'AWS::IAM::Policy': policy,
  'AWS::IAM::ManagedPolicy': managedPolicy,
};
