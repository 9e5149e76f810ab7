// The SAM transform: AWS::Serverless::Function as the CloudFormation resources that it stands for.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
import type { Json, JsonObject } from '../kernel/json';
import { isObject, type TemplateError, type TemplateResource } from './template';

const COPIED = ['FunctionName', 'Runtime', 'Handler', 'Role', 'Timeout', 'MemorySize', 'Environment', 'EphemeralStorage', 'LoggingConfig'];

/** Simplified: accepted without effect. The simulator lets every execution role do everything until it evaluates IAM policies. */
const IGNORED = ['Architectures', 'Description', 'Policies', 'PermissionsBoundary', 'Tags', 'Tracing', 'PackageType'];

const TRANSLATED = ['CodeUri', 'InlineCode', 'DeadLetterQueue', 'EventInvokeConfig'];

interface Expansion {
  resources: TemplateResource[];
}

/** `files` is the learner's whole answer; the function's package is the part below CodeUri. */
export function expandFunction(
  resource: TemplateResource,
  globals: JsonObject,
  files: Record<string, string>,
  lineOf: (property: string) => number | null,
): Expansion | { error: TemplateError } {
  const shared = isObject(globals.Function) ? globals.Function : {};
  const properties = mergeGlobals(shared, resource.properties);
  const fail = (message: string, property: string): { error: TemplateError } => ({
    error: { message: `Resource with id [${resource.logicalId}] is invalid. ${message}`, line: lineOf(property) },
  });
  const unknown = Object.keys(properties).find((name) => ![...COPIED, ...IGNORED, ...TRANSLATED].includes(name));
  if (unknown !== undefined) return fail(`Property '${unknown}' is not part of this simulator yet, or does not exist.`, unknown);
  const code = packageOf(properties, files);
  if ('error' in code) return fail(code.error, code.property);
  const fn: JsonObject = { Code: { Files: code.files } };
  for (const name of COPIED) if (properties[name] !== undefined) fn[name] = properties[name];
  // SAM makes an execution role when none is given.
  fn.Role ??= { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/\${AWS::StackName}-${resource.logicalId}Role` };
  const deadLetterQueue = properties.DeadLetterQueue;
  if (deadLetterQueue !== undefined) {
    if (!isObject(deadLetterQueue) || deadLetterQueue.TargetArn === undefined || !['SQS', 'SNS'].includes(String(deadLetterQueue.Type))) {
      return fail("'DeadLetterQueue' requires Type (SQS or SNS) and TargetArn properties to be specified.", 'DeadLetterQueue');
    }
    fn.DeadLetterConfig = { TargetArn: deadLetterQueue.TargetArn };
  }
  const resources: TemplateResource[] = [{ ...resource, type: 'AWS::Lambda::Function', properties: fn }];
  const eventInvoke = properties.EventInvokeConfig;
  if (eventInvoke !== undefined) {
    if (!isObject(eventInvoke)) return fail("'EventInvokeConfig' must be a map.", 'EventInvokeConfig');
    const stranger = Object.keys(eventInvoke).find((name) => name !== 'MaximumRetryAttempts' && name !== 'MaximumEventAgeInSeconds');
    if (stranger !== undefined) return fail(`EventInvokeConfig '${stranger}' is not part of this simulator yet.`, 'EventInvokeConfig');
    resources.push({
      logicalId: `${resource.logicalId}EventInvokeConfig`,
      type: 'AWS::Lambda::EventInvokeConfig',
      properties: { FunctionName: { Ref: resource.logicalId }, Qualifier: '$LATEST', ...eventInvoke },
      dependsOn: [resource.logicalId],
      line: lineOf('EventInvokeConfig') ?? resource.line,
    });
  }
  return { resources };
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

function packageOf(
  properties: JsonObject,
  files: Record<string, string>,
): { files: Record<string, string> } | { error: string; property: string } {
  const inline = properties.InlineCode;
  if (typeof inline === 'string') return { files: { 'index.js': inline } };
  const uri: Json = properties.CodeUri ?? '.';
  if (typeof uri !== 'string') return { error: "'CodeUri' must be a folder of this lab.", property: 'CodeUri' };
  const folder = uri.replace(/^\.?\/*/, '').replace(/\/*$/, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  if (inside.length === 0) return { error: `'CodeUri' names ${uri}, and there is no file below it.`, property: 'CodeUri' };
  return { files: Object.fromEntries(inside.map(([path, text]) => [path.slice(prefix.length), text])) };
}
