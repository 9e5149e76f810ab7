// Targets of rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
import { parseArn } from '../../kernel/arn';
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { checkMembers, invalid, limitExceeded } from './faults';
import { ruleIn } from './lookup';
import { pageOf } from './paging';
import type { EventsState, Target } from './state';
import { type InputTransformer, pathsOf, unknownPlaceholder } from './target/transform';

/** EB-X15. */
const TARGETS_MAX = 5;
/** The schema's length of one request. EB-X23. */
const ENTRIES_MAX = 100;
/** EB-X22. */
const VARIABLES_MAX = 100;

const RULE = { required: true, min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ };

export function putTargets(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, { Rule: RULE, Targets: { required: true, min: 1, max: ENTRIES_MAX } });
  if (refusal) return refusal;
  const found = ruleIn(state, input, port, 'Rule');
  if ('fault' in found) return found;
  const { rule } = found;
  const targets = input.Targets as unknown as Target[];
  const failed: JsonObject[] = [];
  const added: Target[] = [];
  for (const [index, target] of targets.entries()) {
    const whole = refuseRequest(target, index, port.region);
    if (whole) return whole;
    const error = refuseEntry(target, index);
    if (error) failed.push({ TargetId: target.Id, ErrorCode: 'ValidationException', ErrorMessage: error });
    else added.push(target);
  }
  const ids = new Set([...Object.keys(rule.targets), ...added.map((target) => target.Id)]);
  if (ids.size > TARGETS_MAX) return limitExceeded('The requested resource exceeds the maximum number allowed.');
  if (added.length > 0) port.emit('events:TargetsPut', rule.arn, { targets: added });
  return { ok: { FailedEntryCount: failed.length, FailedEntries: failed } };
}

/** Services that EventBridge calls only with a role of the rule's account: they know no resource policy for it. EB-X20 */
const ROLE_SERVICES = new Set([
  'batch',
  'codebuild',
  'codepipeline',
  'ecs',
  'firehose',
  'glue',
  'inspector',
  'kinesis',
  'redshift',
  'redshift-serverless',
  'sagemaker',
  'ssm',
  'ssm-incidents',
  'states',
]);

function needsRole({ Arn: arn, RoleArn: role }: Target): boolean {
  if (typeof role === 'string') return false;
  const parts = parseArn(arn);
  if (!parts) return false;
  return ROLE_SERVICES.has(parts.service) || (parts.service === 'events' && parts.resource.startsWith('api-destination/'));
}

/** EB-X18. Simplified: AWS does not document its words for a queue of another Region. */
function refuseDeadLetter(arn: string, region: string): string | null {
  const parts = parseArn(arn);
  if (parts?.service !== 'sqs') return `${parts?.service ?? arn} is not supported as a dead letter resource.`;
  if (parts.resource.endsWith('.fifo')) return 'SQS FIFO is not supported by Dead Letter Queues.';
  return parts.region === region ? null : 'Dead-letter queue must be in the same Region as the rule.';
}

/** Paths begin with `$`, and brackets hold numbers only. */
function isPath(path: unknown): boolean {
  return typeof path !== 'string' || (path.startsWith('$') && !/\[\s*['"]/.test(path));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What fails the request. */
function refuseRequest(target: Target, index: number, region: string): ReturnType<typeof invalid> | null {
  const at = `targets.${index + 1}.member`;
  const wrong = (value: Json | undefined, name: string, constraint: string) =>
    invalid(
      `1 validation error detected: Value ${value === undefined ? 'null' : `'${value}'`} at '${at}.${name}' failed to satisfy constraint: ${constraint}`,
    );
  if (typeof target.Id !== 'string') return wrong(undefined, 'id', 'Member must not be null');
  if (typeof target.Arn !== 'string') return wrong(undefined, 'arn', 'Member must not be null');
  if (needsRole(target)) return invalid(`RoleArn is required for target ${target.Arn}.`);
  const deadLetter = (target.DeadLetterConfig as { Arn?: Json } | undefined)?.Arn;
  if (typeof deadLetter === 'string') {
    const reason = refuseDeadLetter(deadLetter, region);
    if (reason) return invalid(reason);
  }
  const retry = target.RetryPolicy as { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number } | undefined;
  const attempts = retry?.MaximumRetryAttempts;
  const age = retry?.MaximumEventAgeInSeconds;
  if (attempts !== undefined && attempts < 0)
    return wrong(attempts, 'retryPolicy.maximumRetryAttempts', 'Member must have value greater than or equal to 0');
  if (attempts !== undefined && attempts > 185)
    return wrong(attempts, 'retryPolicy.maximumRetryAttempts', 'Member must have value less than or equal to 185');
  if (age !== undefined && age < 60)
    return wrong(age, 'retryPolicy.maximumEventAgeInSeconds', 'Member must have value greater than or equal to 60');
  if (age !== undefined && age > 86_400)
    return wrong(age, 'retryPolicy.maximumEventAgeInSeconds', 'Member must have value less than or equal to 86400');
  const inputs = [target.Input, target.InputPath, target.InputTransformer].filter((value) => value !== undefined && value !== null);
  if (inputs.length > 1) return invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  if (typeof target.Input === 'string' && !isJson(target.Input)) return invalid(`JSON syntax error in input for target ${target.Id}.`);
  const transformer = target.InputTransformer as InputTransformer | undefined;
  const paths = [target.InputPath, ...Object.values(transformer ? pathsOf(transformer) : {})];
  if (!paths.every(isPath)) return invalid(`InputPath for target ${target.Id} is invalid.`);
  if (!transformer) return null;
  if (typeof transformer.InputTemplate !== 'string') return wrong(undefined, 'inputTransformer.inputTemplate', 'Member must not be null');
  const names = Object.keys(pathsOf(transformer));
  if (names.length > VARIABLES_MAX) {
    return wrong(JSON.stringify(names), 'inputTransformer.inputPathsMap', `Member must have length less than or equal to ${VARIABLES_MAX}`);
  }
  const reserved = names.find((name) => name.toUpperCase().startsWith('AWS.'));
  if (reserved) return invalid(`InputPathsMap for target ${target.Id} contains reserved key ${reserved}.`);
  const unknown = unknownPlaceholder(transformer);
  return unknown === null ? null : invalid(`InputTemplate for target ${target.Id} contains invalid placeholder ${unknown}.`);
}

/** What fails one entry of the request. */
function refuseEntry(target: Target, index: number): string | null {
  const at = `Value '${target.Id}' at 'targets.${index + 1}.member.id' failed to satisfy constraint:`;
  if (!/^[.\-_A-Za-z0-9]+$/.test(target.Id)) return `${at} Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`;
  if (target.Id.length > 64) return `${at} Member must have length less than or equal to 64`;
  if (!/^arn:[\d\w-]+:[\d\w-]+:/.test(target.Arn))
    return `Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`;
  if (target.Arn.includes(':sqs:') && target.Arn.endsWith('.fifo') && !target.SqsParameters) {
    return `Parameter(s) SqsParameters must be specified for target: ${target.Id}.`;
  }
  return null;
}

export function removeTargets(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { Rule: RULE, Ids: { required: true, min: 1, max: ENTRIES_MAX } });
  if (refusal) return refusal;
  const found = ruleIn(state, call.input, port, 'Rule');
  if ('fault' in found) return found;
  const { rule } = found;
  const ids = call.input.Ids as string[];
  const failed = ids
    .filter((id) => !rule.targets[id])
    .map((id) => ({
      TargetId: id,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Rule '${rule.name}' does not have a target with the Id '${id}'.`,
    }));
  const removed = ids.filter((id) => rule.targets[id]);
  if (removed.length > 0) port.emit('events:TargetsRemoved', rule.arn, { ids: removed });
  return { ok: { FailedEntryCount: failed.length, FailedEntries: failed } };
}

export function listTargetsByRule(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { Rule: RULE });
  if (refusal) return refusal;
  const found = ruleIn(state, call.input, port, 'Rule');
  return 'fault' in found ? found : pageOf(call.input, 'Targets', Object.values(found.rule.targets));
}
