// Which IAM action and which resource an operation of Lambda's API is about.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
import { formatArn } from '../../kernel/arn';
import type { Action } from '../../kernel/call';
import type { JsonObject } from '../../kernel/json';
import type { Route } from '../../kernel/service';
import { layerArn } from './layers';
import { routeMapping } from './mappings/actions';
import { parseReference, qualifiedArn } from './qualifier';

/** Operations whose IAM action is spelled otherwise. LAM-SEC-X04. */
const ACTION_OF: Record<string, Action> = { Invoke: 'lambda:InvokeFunction', GetLayerVersionByArn: 'lambda:GetLayerVersion' };

/** They name their resource by its ARN. */
const RESOURCE_MEMBER: Record<string, string> = {
  TagResource: 'Resource',
  UntagResource: 'Resource',
  ListTags: 'Resource',
  PutResourcePolicy: 'ResourceArn',
  GetResourcePolicy: 'ResourceArn',
  DeleteResourcePolicy: 'ResourceArn',
};

export function routeLambda(operation: string, input: JsonObject, where: { account: string; region: string }): Route | null {
  const mapping = routeMapping(operation, input, where);
  if (mapping) return mapping;
  const action = ACTION_OF[operation] ?? (`lambda:${operation}` as const);
  const member = RESOURCE_MEMBER[operation];
  if (member) return { action, resource: String(input[member] ?? '') };
  if (operation === 'GetLayerVersionByArn') return { action, resource: String(input.Arn ?? '') };
  if (typeof input.LayerName === 'string') {
    const layer = layerArn(input.LayerName, where);
    return { action, resource: input.VersionNumber === undefined ? layer : `${layer}:${input.VersionNumber}` };
  }
  if (typeof input.FunctionName !== 'string') return { action, resource: formatArn({ service: 'lambda', ...where, resource: '*' }) };
  const { functionArn, qualifier } = parseReference(input.FunctionName, where);
  const given = typeof input.Qualifier === 'string' && input.Qualifier !== '' ? input.Qualifier : null;
  return { action, resource: qualifiedArn(functionArn, given ?? qualifier) };
}
