// Deploys a template: works out the order, resolves names, and makes each resource by calls like everybody else's.
import type { Arn } from '../kernel/arn';
import type { Json, JsonObject } from '../kernel/json';
import type { World } from '../kernel/world';
import { Conditions } from './conditions';
import { IntrinsicError, type Names, namesIn, resolve } from './intrinsics';
import { parameterValues } from './parameters';
import { type Ask, type Made, type Place, ResourceError, type ResourceType } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';
import { expandServerless } from './serverless';
import { isObject, parseTemplate, type Template, type TemplateError, type TemplateResource } from './template';

export interface StackResource {
  logicalId: string;
  type: string;
  arn: Arn;
}

export interface Stack {
  name: string;
  resources: StackResource[];
  outputs: Record<string, string>;
}

/** `files` holds the code that the template's functions refer to, and may hold more. */
export interface DeployInput {
  stackName: string;
  template: string;
  files: Record<string, string>;
  parameters?: Record<string, string>;
  /** Where the stack is made. Default: the world's home. */
  place?: { account: string; region: string };
}

/** Creates a stack in the world at its present time. The first failure ends it, with the line that it is about. */
export function deployStack(world: World, input: DeployInput): { stack: Stack } | { error: TemplateError } {
  const parsed = parseTemplate(input.template);
  if ('error' in parsed) return parsed;
  const { template } = parsed;
  const given = parameterValues(template.parameters, input.parameters);
  if ('error' in given) return { error: { message: given.error, line: template.lineOf(['Parameters', given.parameter]) } };
  const place: Place = { ...world.home, ...input.place, stackName: input.stackName, files: input.files };
  const made = new Map<string, Made>();
  const names = namesFor(template, given.values, place, made);
  const planned = plan(template, names, input.files);
  if ('error' in planned) return planned;
  const ask = askAs(world, place);
  const stack: Stack = { name: input.stackName, resources: [], outputs: {} };
  for (const resource of planned.resources) {
    const type = RESOURCE_TYPES[resource.type] as ResourceType;
    const { logicalId } = resource;
    try {
      const properties = resolve(resource.properties, names) as JsonObject;
      const created = type.create({ logicalId, properties, place }, ask);
      made.set(logicalId, created);
      stack.resources.push({ logicalId, type: resource.type, arn: created.arn });
    } catch (error) {
      if (!(error instanceof IntrinsicError || error instanceof ResourceError)) throw error;
      return { error: { message: `${logicalId}: ${error.message}`, line: resource.line } };
    }
  }
  return withOutputs(stack, template, planned.conditions, names);
}

/** Calls as CloudFormation, in the stack's account and Region. */
function askAs(world: World, place: Place): Ask {
  const principal = { type: 'service', id: 'cloudformation.amazonaws.com', account: place.account } as const;
  return (service, operation, input) => {
    if (!world.hasService(service)) throw new ResourceError(`${service} is not part of this world.`);
    const route = world.route(service, operation, input, place);
    if (!route) throw new ResourceError(`${operation} of ${service} is not part of this simulator yet.`);
    const answer = world.call({ ...route, input, principal, origin: { from: 'aws' } });
    if (!answer) throw new ResourceError(`${service}:${operation} was never answered.`);
    if ('fault' in answer) throw new ResourceError(`${answer.fault.message} (Service: ${service}, Code: ${answer.fault.code})`);
    return isObject(answer.ok) ? answer.ok : {};
  };
}

type Planned = { resources: TemplateResource[]; conditions: Conditions };

/** What is to be made, in order: conditions decided, SAM expanded, types and properties known. */
function plan(template: Template, names: Names, files: Record<string, string>): Planned | { error: TemplateError } {
  const conditions = new Conditions(template.conditions, names);
  const wanted: TemplateResource[] = [];
  for (const resource of template.resources) {
    try {
      if (resource.condition !== undefined && !conditions.holds(resource.condition)) continue;
      wanted.push({ ...resource, properties: conditions.prune(resource.properties) as JsonObject });
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      return { error: { message: `${resource.logicalId}: ${error.message}`, line: resource.line } };
    }
  }
  const expanded = expandServerless(wanted, template, files);
  if ('error' in expanded) return expanded;
  const unknown = unknownIn(expanded.resources, template);
  if (unknown) return { error: unknown };
  const ordered = inOrder(expanded.resources, template);
  return 'error' in ordered ? ordered : { resources: ordered.resources, conditions };
}

function unknownIn(resources: TemplateResource[], template: Template): TemplateError | null {
  for (const resource of resources) {
    const { logicalId, line } = resource;
    const type = RESOURCE_TYPES[resource.type];
    if (!type) return { message: `${logicalId}: the resource type ${resource.type} is not part of this simulator yet.`, line };
    const known = [...type.properties, ...(type.ignored ?? [])];
    const name = Object.keys(resource.properties).find((property) => !known.includes(property));
    if (name === undefined) continue;
    const place = template.lineOf(['Resources', logicalId, 'Properties', name]);
    return { message: `${logicalId}: Encountered unsupported property ${name}`, line: place ?? line };
  }
  return null;
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

function namesFor(template: Template, values: Record<string, Json>, place: Place, made: Map<string, Made>): Names {
  const { account, region, stackName } = place;
  const pseudo: Record<string, Json> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-4000-8000-000000000000`,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
  };
  return {
    ref: (name) => made.get(name)?.ref ?? pseudo[name] ?? values[name],
    attribute: (logicalId, name) => made.get(logicalId)?.attributes[name],
    mapped: (map, key, member) => {
      const entry = template.mappings[map];
      const members = isObject(entry) ? entry[key] : undefined;
      return isObject(members) ? members[member] : undefined;
    },
    zones: ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
  };
}

function withOutputs(stack: Stack, template: Template, conditions: Conditions, names: Names): { stack: Stack } | { error: TemplateError } {
  for (const [name, output] of Object.entries(template.outputs)) {
    const fail = (message: string) => ({ error: { message, line: template.lineOf(['Outputs', name]) } });
    if (!isObject(output) || output.Value === undefined) return fail(`Template format error: Output ${name} must have a Value.`);
    try {
      if (typeof output.Condition === 'string' && !conditions.holds(output.Condition)) continue;
      stack.outputs[name] = String(resolve(conditions.prune(output.Value), names));
    } catch (error) {
      if (error instanceof IntrinsicError) return fail(`Output ${name}: ${error.message}`);
      throw error;
    }
  }
  return { stack };
}
