// What a resource type is to CloudFormation: the properties that it takes, and the API calls that make it.
import type { Arn } from '../kernel/arn';
import type { Json, JsonObject } from '../kernel/json';

export interface Place {
  account: string;
  region: string;
  stackName: string;
  /** The deployment package of the whole stack: text files by path. */
  files: Record<string, string>;
}

/** A resource as its template wants it, with every intrinsic function resolved. */
export interface Wanted {
  logicalId: string;
  properties: JsonObject;
  place: Place;
}

export interface Made {
  arn: Arn;
  /** What `Ref` gives. */
  ref: Json;
  /** What `Fn::GetAtt` gives, by attribute. */
  attributes: Record<string, Json>;
}

/** Makes an API call as CloudFormation and gives its output; a fault ends the deployment. */
export type Ask = (service: string, operation: string, input: JsonObject) => JsonObject;

export interface ResourceType {
  /** Property names that it takes. */
  properties: readonly string[];
  /** Known to AWS, without effect here. `Simplified:` accepted and ignored. */
  ignored?: readonly string[];
  create(wanted: Wanted, ask: Ask): Made;
}

/** What CloudFormation itself finds wrong with a resource, before or after it calls its service. */
export class ResourceError extends Error {}

/** Simplified: CloudFormation adds a random suffix to the names that it makes. */
export function physicalName(given: Json | undefined, { logicalId, place }: Wanted): string {
  return typeof given === 'string' && given !== '' ? given : `${place.stackName}-${logicalId}`;
}

/** The members that are there, under the same names. */
export function pick(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name] as Json]));
}

/** Attributes as queues and topics take them: text, with maps and lists as JSON. */
export function texts(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(pick(properties, names)).map(([name, value]) => [name, asText(value)]));
}

/** Policies, patterns and the like: templates hold them as data, APIs take them as JSON text. */
export function asText(value: Json): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** `[{ Key, Value }]` as a map; Lambda and SQS take tags so. */
export function tagMap(tags: Json | undefined): JsonObject {
  if (!Array.isArray(tags)) return (tags as JsonObject | undefined) ?? {};
  return Object.fromEntries((tags as JsonObject[]).map(({ Key, Value }) => [String(Key), String(Value ?? '')]));
}

export function listOf(value: Json | undefined): Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
