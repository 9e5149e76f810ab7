// Deploys a template: works out the order, resolves names, and makes each resource by calls like everybody else's.
import type { Arn } from '../kernel/arn';
import type { Json, JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';
import { IntrinsicError, type Names, namesIn, resolve } from './intrinsics';
import { type Place, RESOURCE_TYPES, type ResourceType } from './resource-types';
import { expandFunction } from './serverless';
import { isObject, parseTemplate, type Template, type TemplateError, type TemplateResource } from './template';

export interface StackResource {
  logicalId: string;
  type: string;
  arn: Arn;
}

export interface Stack {
  name: string;
  resources: StackResource[];
}

/** `files` holds the code that the template's functions refer to, and may hold more. */
export interface DeployInput {
  stackName: string;
  template: string;
  files: Record<string, string>;
}

/** Creates a stack in the world at its present time. The first failure ends it, with the line that it is about. */
export function deployStack(world: World, input: DeployInput): { stack: Stack } | { error: TemplateError } {
  const parsed = parseTemplate(input.template);
  if ('error' in parsed) return parsed;
  const { template } = parsed;
  const expanded = expand(template, input.files);
  if ('error' in expanded) return expanded;
  const ordered = inOrder(expanded.resources, template);
  if ('error' in ordered) return ordered;
  const place: Place = { ...world.home, stackName: input.stackName, files: input.files };
  const made = new Map<string, { type: ResourceType; arn: Arn }>();
  const names = namesFor(template, place, made);
  const stack: Stack = { name: input.stackName, resources: [] };
  for (const resource of ordered.resources) {
    const type = RESOURCE_TYPES[resource.type] as ResourceType;
    const fail = (message: string): { error: TemplateError } => ({
      error: { message: `${resource.logicalId}: ${message}`, line: resource.line },
    });
    let properties: JsonObject;
    try {
      properties = resolve(resource.properties, names) as JsonObject;
    } catch (error) {
      if (error instanceof IntrinsicError) return fail(error.message);
      throw error;
    }
    const arn = type.arn(resource.logicalId, properties, place);
    for (const call of type.calls(arn, properties, place)) {
      const principal = { type: 'service', id: 'cloudformation.amazonaws.com', account: world.home.account } as const;
      const answer = world.call({ ...call, principal, origin: { from: 'aws' } });
      if (!answer) return fail('the call that creates it was never answered.');
      if ('fault' in answer) return fail(`${answer.fault.message} (Service: ${call.action.split(':')[0]}, Code: ${answer.fault.code})`);
    }
    made.set(resource.logicalId, { type, arn });
    stack.resources.push({ logicalId: resource.logicalId, type: resource.type, arn });
  }
  return { stack };
}

function expand(template: Template, files: Record<string, string>): { resources: TemplateResource[] } | { error: TemplateError } {
  const resources: TemplateResource[] = [];
  for (const resource of template.resources) {
    const lineOf = (property: string) => template.lineOf(['Resources', resource.logicalId, 'Properties', property]) ?? resource.line;
    if (resource.type === 'AWS::Serverless::Function') {
      if (!template.isServerless) {
        return {
          error: {
            message: 'AWS::Serverless::Function needs the line "Transform: AWS::Serverless-2016-10-31" at the top of the template.',
            line: resource.line,
          },
        };
      }
      const expansion = expandFunction(resource, template.globals, files, lineOf);
      if ('error' in expansion) return expansion;
      resources.push(...expansion.resources);
      continue;
    }
    const type = RESOURCE_TYPES[resource.type];
    if (!type)
      return {
        error: {
          message: `${resource.logicalId}: the resource type ${resource.type} is not part of this simulator yet.`,
          line: resource.line,
        },
      };
    const known = [...type.properties, ...(type.ignored ?? [])];
    const unknown = Object.keys(resource.properties).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      return { error: { message: `${resource.logicalId}: Encountered unsupported property ${unknown}`, line: lineOf(unknown) } };
    }
    resources.push(resource);
  }
  return { resources };
}

/** Each resource after those that it names. */
function inOrder(resources: TemplateResource[], template: Template): { resources: TemplateResource[] } | { error: TemplateError } {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const ordered: TemplateResource[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (resource: TemplateResource): TemplateError | null => {
    const seen = state.get(resource.logicalId);
    if (seen === 'done') return null;
    if (seen === 'open') return { message: `Circular dependency between resources: [${resource.logicalId}]`, line: resource.line };
    state.set(resource.logicalId, 'open');
    for (const name of [...resource.dependsOn, ...namesIn(resource.properties)]) {
      const needed = byId.get(name);
      if (!needed && resource.dependsOn.includes(name)) {
        const line = template.lineOf(['Resources', resource.logicalId, 'DependsOn']) ?? resource.line;
        return {
          message: `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
          line,
        };
      }
      const error = needed ? visit(needed) : null;
      if (error) return error;
    }
    state.set(resource.logicalId, 'done');
    ordered.push(resource);
    return null;
  };
  for (const resource of resources) {
    const error = visit(resource);
    if (error) return { error };
  }
  return { resources: ordered };
}

function namesFor(template: Template, place: Place, made: Map<string, { type: ResourceType; arn: Arn }>): Names {
  const pseudo: Record<string, Json> = {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::StackName': place.stackName,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return {
    ref: (name) => {
      const resource = made.get(name);
      return resource ? resource.type.ref(resource.arn) : (pseudo[name] ?? template.parameters[name]);
    },
    attribute: (logicalId, name) => {
      const resource = made.get(logicalId);
      const value = resource?.type.attributes(resource.arn)[name];
      return isObject(value) ? undefined : value;
    },
  };
}
