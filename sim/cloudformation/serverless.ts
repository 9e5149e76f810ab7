// The SAM transform: AWS::Serverless::Function as the CloudFormation resources that it stands for.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
import type { Json, JsonObject } from '../kernel/json';
import { pick } from './resource-type';
import { expandEvent, type PlainResource } from './serverless-events';
import { allow, managedPolicyArn, policyDocument, type RolePolicies, readPolicies } from './serverless-policies';
import { isObject, type Template, type TemplateError, type TemplateResource } from './template';

const COPIED = [
  'Architectures',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FunctionName',
  'Handler',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'Tags',
  'Timeout',
];

/** Simplified: accepted without effect. CodeDeploy's gradual deployments are not simulated: the alias moves at once. */
const IGNORED = ['DeploymentPreference', 'PackageType', 'VersionDescription'];

const TRANSLATED = [
  'AutoPublishAlias',
  'CodeUri',
  'DeadLetterQueue',
  'EventInvokeConfig',
  'Events',
  'FunctionUrlConfig',
  'InlineCode',
  'PermissionsBoundary',
  'Policies',
  'ProvisionedConcurrencyConfig',
  'Tracing',
];

type Failed = { error: TemplateError };

/** A sentence about one property of a function. */
class FunctionError extends Error {
  constructor(
    message: string,
    readonly property: string,
  ) {
    super(message);
  }
}

/** Expands every serverless function; other resources stay as they are. `files` is the learner's whole answer. */
export function expandServerless(
  resources: readonly TemplateResource[],
  template: Template,
  files: Record<string, string>,
): { resources: TemplateResource[] } | Failed {
  const expanded: TemplateResource[] = [];
  const renamed: Record<string, string> = {};
  for (const resource of resources) {
    const { logicalId, line, type } = resource;
    if (type !== 'AWS::Serverless::Function') {
      expanded.push(resource);
      continue;
    }
    if (!template.isServerless) {
      const message = 'AWS::Serverless::Function needs the line "Transform: AWS::Serverless-2016-10-31" at the top of the template.';
      return { error: { message, line } };
    }
    try {
      const { plain, names } = expandFunction(resource, template.globals, files);
      Object.assign(renamed, names);
      for (const made of plain) {
        const first = made.logicalId === logicalId;
        expanded.push({ ...made, dependsOn: first ? resource.dependsOn : [], line });
      }
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const at = template.lineOf(['Resources', logicalId, 'Properties', error.property]) ?? line;
      return { error: { message: `Resource with id [${logicalId}] is invalid. ${error.message}`, line: at } };
    }
  }
  if (Object.keys(renamed).length === 0) return { resources: expanded };
  return { resources: expanded.map((resource) => ({ ...resource, properties: rename(resource.properties, renamed) as JsonObject })) };
}

/** `!Ref Charge.Alias` and `!Ref Charge.Version` name what SAM makes beside the function. */
function rename(value: Json, renamed: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return value.map((item) => rename(item, renamed));
  if (!isObject(value)) return value;
  if (typeof value.Ref === 'string') return { Ref: renamed[value.Ref] ?? value.Ref };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rename(member, renamed)]));
}

function expandFunction(
  { logicalId, properties: own }: TemplateResource,
  globals: JsonObject,
  files: Record<string, string>,
): { plain: PlainResource[]; names: Record<string, string> } {
  const properties = mergeGlobals(isObject(globals.Function) ? globals.Function : {}, own);
  const unknown = Object.keys(properties).find((name) => ![...COPIED, ...IGNORED, ...TRANSLATED].includes(name));
  if (unknown !== undefined)
    throw new FunctionError(`Property '${unknown}' is not part of this simulator yet, or does not exist.`, unknown);
  const policies = policiesOf(properties);
  const fn: JsonObject = { Code: { Files: packageOf(properties, files) }, ...pick(properties, COPIED) };
  if (properties.Tracing !== undefined) {
    fn.TracingConfig = { Mode: properties.Tracing };
    if (properties.Tracing === 'Active') policies.managed.push(managedPolicyArn('AWSXRayDaemonWriteAccess'));
  }
  const deadLetter = deadLetterTarget(properties.DeadLetterQueue);
  if (deadLetter) {
    fn.DeadLetterConfig = { TargetArn: deadLetter.arn };
    policies.inline.push(policyDocument([allow([deadLetter.action], [deadLetter.arn])]));
  }
  const plain: PlainResource[] = [{ logicalId, type: 'AWS::Lambda::Function', properties: fn }];
  const published = publish(logicalId, properties, plain);
  const target: Json = { Ref: published?.alias ?? logicalId };
  addEventInvokeConfig(logicalId, properties, published, plain, policies);
  addEvents(logicalId, target, properties.Events, plain, policies);
  addUrl(logicalId, properties, published, plain);
  if (fn.Role === undefined) {
    const role = `${logicalId}Role`;
    fn.Role = { 'Fn::GetAtt': [role, 'Arn'] };
    plain.push({ logicalId: role, type: 'AWS::IAM::Role', properties: roleProperties(role, policies, properties.PermissionsBoundary) });
  }
  const names = published ? { [`${logicalId}.Alias`]: published.alias, [`${logicalId}.Version`]: published.version } : {};
  return { plain, names: names as Record<string, string> };
}

function policiesOf(properties: JsonObject): RolePolicies {
  const policies = readPolicies(properties.Policies);
  if ('error' in policies) throw new FunctionError(policies.error, 'Policies');
  return { managed: [managedPolicyArn('AWSLambdaBasicExecutionRole'), ...policies.managed], inline: policies.inline };
}

function roleProperties(logicalId: string, { managed, inline }: RolePolicies, boundary: Json | undefined): JsonObject {
  const texts = managed.map((policy) => JSON.stringify(policy));
  return {
    AssumeRolePolicyDocument: policyDocument([
      { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
    ]),
    ManagedPolicyArns: managed.filter((_policy, index) => texts.indexOf(texts[index] as string) === index),
    Policies: inline.map((PolicyDocument, index) => ({ PolicyName: `${logicalId}Policy${index}`, PolicyDocument })),
    ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
  };
}

function deadLetterTarget(setting: Json | undefined): { arn: Json; action: string } | null {
  if (setting === undefined) return null;
  if (!isObject(setting) || setting.TargetArn === undefined || !['SQS', 'SNS'].includes(String(setting.Type))) {
    throw new FunctionError("'DeadLetterQueue' requires Type (SQS or SNS) and TargetArn properties to be specified.", 'DeadLetterQueue');
  }
  return { arn: setting.TargetArn, action: setting.Type === 'SQS' ? 'sqs:SendMessage' : 'sns:Publish' };
}

interface Published {
  alias: string;
  aliasName: Json;
  version: string;
}

/** AutoPublishAlias: a version of the code as it is, and an alias that points to it. */
function publish(logicalId: string, properties: JsonObject, plain: PlainResource[]): Published | null {
  const { AutoPublishAlias: aliasName, ProvisionedConcurrencyConfig } = properties;
  if (aliasName === undefined) {
    if (ProvisionedConcurrencyConfig === undefined) return null;
    throw new FunctionError(
      'To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function',
      'ProvisionedConcurrencyConfig',
    );
  }
  if (typeof aliasName !== 'string' || !/^[A-Za-z0-9_-]+$/.test(aliasName)) {
    throw new FunctionError("'AutoPublishAlias' must be a string or a Ref to a template parameter", 'AutoPublishAlias');
  }
  const version = `${logicalId}Version`;
  const alias = `${logicalId}Alias${aliasName.replace(/[^A-Za-z0-9]/g, '')}`;
  plain.push(
    { logicalId: version, type: 'AWS::Lambda::Version', properties: { FunctionName: { Ref: logicalId } } },
    {
      logicalId: alias,
      type: 'AWS::Lambda::Alias',
      properties: {
        Name: aliasName,
        FunctionName: { Ref: logicalId },
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
        ...(ProvisionedConcurrencyConfig === undefined ? {} : { ProvisionedConcurrencyConfig }),
      },
    },
  );
  return { alias, aliasName, version };
}

/** What a function may do to the destination that it names, by SAM's type of it. */
const DESTINATION_ACTIONS: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
};

function addEventInvokeConfig(
  logicalId: string,
  properties: JsonObject,
  published: Published | null,
  plain: PlainResource[],
  policies: RolePolicies,
): void {
  const config = properties.EventInvokeConfig;
  if (config === undefined) return;
  const fail = (message: string) => new FunctionError(message, 'EventInvokeConfig');
  if (!isObject(config)) throw fail("'EventInvokeConfig' must be a map.");
  const { DestinationConfig: destinations, ...others } = config;
  const stranger = Object.keys(others).find((name) => name !== 'MaximumRetryAttempts' && name !== 'MaximumEventAgeInSeconds');
  if (stranger !== undefined) throw fail(`EventInvokeConfig has no property '${stranger}'.`);
  const written: JsonObject = {};
  for (const [on, setting] of Object.entries(isObject(destinations) ? destinations : {})) {
    const destination = isObject(setting) ? setting.Destination : undefined;
    if (!['OnSuccess', 'OnFailure'].includes(on) || !isObject(setting) || destination === undefined) {
      throw fail(`DestinationConfig takes OnSuccess and OnFailure, each with Type and Destination.`);
    }
    const type = String(setting.Type ?? '');
    if (setting.Type !== undefined && !DESTINATION_ACTIONS[type])
      throw fail(`'Type: ${type}' must be one of SQS, SNS, EventBridge, Lambda.`);
    const action = DESTINATION_ACTIONS[type];
    if (action) policies.inline.push(policyDocument([allow([action], [destination])]));
    written[on] = { Destination: destination };
  }
  plain.push({
    logicalId: `${logicalId}EventInvokeConfig`,
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: { Ref: logicalId },
      Qualifier: published?.aliasName ?? '$LATEST',
      ...others,
      ...(destinations === undefined ? {} : { DestinationConfig: written }),
      ...(published ? { Qualifier: published.aliasName } : {}),
    },
  });
}

function addEvents(logicalId: string, target: Json, events: Json | undefined, plain: PlainResource[], policies: RolePolicies): void {
  for (const [name, event] of Object.entries(isObject(events) ? events : {})) {
    const type = isObject(event) ? event.Type : undefined;
    if (!isObject(event) || typeof type !== 'string') throw new FunctionError(`Event '${name}' must have a Type.`, 'Events');
    const source = { functionId: logicalId, target, name, properties: isObject(event.Properties) ? event.Properties : {} };
    const expansion = expandEvent(type, source);
    if ('error' in expansion) throw new FunctionError(expansion.error, 'Events');
    plain.push(...expansion.resources);
    policies.managed.push(...(expansion.managedPolicies ?? []).map(managedPolicyArn));
  }
}

/** A URL for everyone needs two permissions since October 2025. LAM-SEC-X12. */
function addUrl(logicalId: string, properties: JsonObject, published: Published | null, plain: PlainResource[]): void {
  const config = properties.FunctionUrlConfig;
  if (config === undefined) return;
  if (!isObject(config)) throw new FunctionError("'FunctionUrlConfig' must be a map.", 'FunctionUrlConfig');
  const FunctionName: Json = { Ref: published?.alias ?? logicalId };
  plain.push({
    logicalId: `${logicalId}Url`,
    type: 'AWS::Lambda::Url',
    properties: {
      TargetFunctionArn: { Ref: logicalId },
      ...(published ? { Qualifier: published.aliasName } : {}),
      ...pick(config, ['AuthType', 'Cors', 'InvokeMode']),
    },
  });
  if (config.AuthType !== 'NONE') return;
  plain.push(
    {
      logicalId: `${logicalId}UrlPublicPermissions`,
      type: 'AWS::Lambda::Permission',
      properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName, Principal: '*', FunctionUrlAuthType: 'NONE' },
    },
    {
      logicalId: `${logicalId}URLInvokeAllowPublicAccess`,
      type: 'AWS::Lambda::Permission',
      properties: { Action: 'lambda:InvokeFunction', FunctionName, Principal: '*', InvokedViaFunctionUrl: true },
    },
  );
}

/** A function's own settings win; maps such as Environment are merged. */
function mergeGlobals(shared: JsonObject, own: JsonObject): JsonObject {
  const merged: JsonObject = { ...shared };
  for (const [name, value] of Object.entries(own)) {
    const below = merged[name];
    merged[name] = isObject(below) && isObject(value) ? mergeGlobals(below, value) : value;
  }
  return merged;
}

/** The function's package is the part of the answer below CodeUri. */
function packageOf(properties: JsonObject, files: Record<string, string>): JsonObject {
  const inline = properties.InlineCode;
  if (typeof inline === 'string') return { 'index.js': inline };
  const uri: Json = properties.CodeUri ?? '.';
  if (typeof uri !== 'string') throw new FunctionError("'CodeUri' must be a folder of this lab.", 'CodeUri');
  const folder = uri.replace(/^\.?\/*/, '').replace(/\/*$/, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  if (inside.length === 0) throw new FunctionError(`'CodeUri' names ${uri}, and there is no file below it.`, 'CodeUri');
  return Object.fromEntries(inside.map(([path, text]) => [path.slice(prefix.length), text]));
}
