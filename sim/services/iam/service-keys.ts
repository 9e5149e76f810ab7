// Condition keys of single services, read from a call's input. A service that declares its own keys has the last word.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import type { ApiCall, ConditionContext } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

type Reader = (input: JsonObject, call: ApiCall) => Record<string, Json | undefined>;

const lambda: Reader = (input, { action, resource }) => {
  const vpc = isObject(input.VpcConfig) ? input.VpcConfig : {};
  const isMapping = action.endsWith('EventSourceMapping');
  return {
    'lambda:FunctionArn': isMapping ? input.FunctionName : resource,
    'lambda:Principal': input.Principal,
    'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType ?? input.AuthType,
    'lambda:SubnetIds': textsIn(vpc.SubnetIds),
    'lambda:SecurityGroupIds': textsIn(vpc.SecurityGroupIds),
    'lambda:Layer': textsIn(input.Layers),
  };
};

const events: Reader = (input) => {
  const entries = objectsIn(input.Entries);
  const targets = objectsIn(input.Targets);
  const pattern = parsePattern(input.EventPattern);
  return {
    'events:source': entries.length > 0 ? entries.flatMap(({ Source }) => Source ?? []) : textsIn(pattern.source),
    'events:detail-type': entries.length > 0 ? entries.flatMap(({ DetailType }) => DetailType ?? []) : textsIn(pattern['detail-type']),
    'events:TargetArn': targets.flatMap(({ Arn }) => Arn ?? []),
  };
};

function parsePattern(text: Json | undefined): JsonObject {
  if (typeof text !== 'string') return {};
  try {
    const pattern = JSON.parse(text) as Json;
    return isObject(pattern) ? pattern : {};
  } catch {
    return {};
  }
}

const kms: Reader = (input, { principal }) => {
  const context = isObject(input.EncryptionContext) ? input.EncryptionContext : {};
  return {
    // An AWS service that calls for itself calls from no account of a customer.
    'kms:CallerAccount': principal.type === 'service' ? undefined : principal.account,
    'kms:EncryptionContextKeys': Object.keys(context),
    ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  };
};

const READERS: Record<string, Reader> = {
  lambda,
  events,
  kms,
  sns: (input, { action }) => (action === 'sns:Subscribe' ? { 'sns:Protocol': input.Protocol, 'sns:Endpoint': input.Endpoint } : {}),
  iam: (input) => ({ 'iam:PolicyARN': input.PolicyArn, 'iam:PermissionsBoundary': input.PermissionsBoundary }),
  sts: (input) => ({
    'sts:ExternalId': input.ExternalId,
    'sts:RoleSessionName': input.RoleSessionName,
    'sts:SourceIdentity': input.SourceIdentity,
    'sts:TransitiveTagKeys': textsIn(input.TransitiveTagKeys),
    // Simplified: any code of a second factor is right; AWS compares it with the caller's device.
    'aws:MultiFactorAuthPresent': input.SerialNumber !== undefined && input.TokenCode !== undefined ? 'true' : undefined,
  }),
  s3: (input) => ({ 's3:prefix': input.Prefix, 's3:delimiter': input.Delimiter, 's3:max-keys': input.MaxKeys, 's3:x-amz-acl': input.ACL }),
};

export function serviceKeys(call: ApiCall): ConditionContext {
  const read = READERS[call.action.slice(0, call.action.indexOf(':'))];
  const keys: ConditionContext = { ...requestTags(call.input) };
  for (const [key, value] of Object.entries(read?.(call.input, call) ?? {})) {
    if (Array.isArray(value)) {
      if (value.length > 0) keys[key] = value.map(String);
    } else if (value !== undefined && value !== null) {
      keys[key] = String(value);
    }
  }
  return keys;
}

/** Tags that a call sets: a list of pairs, or an object, as the service's API has them. */
function requestTags(input: JsonObject): ConditionContext {
  const tags = input.Tags ?? input.tags;
  const pairs = Array.isArray(tags)
    ? objectsIn(tags).map((tag): [string, string] => [String(tag.Key ?? tag.key), String(tag.Value ?? tag.value ?? '')])
    : isObject(tags)
      ? Object.entries(tags).map(([key, value]): [string, string] => [key, String(value)])
      : [];
  const names = [...pairs.map(([key]) => key), ...textsIn(input.TagKeys ?? input.tagKeys)];
  if (names.length === 0) return {};
  return { 'aws:TagKeys': names, ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
}
