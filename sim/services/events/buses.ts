// Event buses and who may use them. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
import type { ApiCall, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { busArn, isDefaultBus } from './arns';
import { alreadyExists, checkMembers, invalid, limitExceeded, notFound } from './faults';
import { secondsAt } from './instant';
import { busIn, findBus } from './lookup';
import { pageOf } from './paging';
import type { Bus, EventsState } from './state';

/** EB-X15. The default bus does not count. */
const BUSES_MAX = 100;
const POLICY_MAX = 10_240;

const SETTINGS = ['KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig', 'EventSourceName'];
const NAME = { required: true, min: 1, max: 256, pattern: /^[/.\-_A-Za-z0-9]+$/ };

function settingsIn(input: JsonObject): JsonObject {
  return Object.fromEntries(SETTINGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name] as Json]])));
}

export function createEventBus(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const refusal = checkMembers(input, { Name: NAME, Description: { max: 512 } });
  if (refusal) return refusal;
  const name = String(input.Name);
  if (name.includes('/') && !input.EventSourceName) return invalid("Event bus name must not contain '/'.");
  const arn = busArn(port, name);
  if (findBus(state, arn)) return alreadyExists(`Event bus ${name} already exists.`);
  const own = Object.values(state.buses).filter((bus) => !isDefaultBus(bus.arn) && bus.arn.startsWith(busArn(port, ' ').slice(0, -1)));
  if (own.length >= BUSES_MAX) return limitExceeded('The requested resource exceeds the maximum number allowed.');
  const description = (input.Description as string | undefined) ?? null;
  port.emit('events:EventBusCreated', arn, { name, description, settings: settingsIn(input), tags: tagsIn(input) });
  return { ok: { EventBusArn: arn, ...(description ? { Description: description } : {}), ...settingsIn(input) } };
}

export function tagsIn(input: JsonObject): Record<string, string> {
  const list = (input.Tags ?? []) as { Key: string; Value: string }[];
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

export function updateEventBus(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = busIn(state, call.input, port, 'Name');
  if ('fault' in found) return found;
  const description = (call.input.Description as string | undefined) ?? found.bus.description;
  const settings = { ...found.bus.settings, ...settingsIn(call.input) };
  port.emit('events:EventBusUpdated', found.bus.arn, { description, settings });
  return { ok: { Arn: found.bus.arn, Name: found.bus.name, ...settings, ...(description ? { Description: description } : {}) } };
}

export function deleteEventBus(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const refusal = checkMembers(call.input, { Name: NAME });
  if (refusal) return refusal;
  const name = String(call.input.Name);
  if (name === 'default') return invalid('Cannot delete event bus default.');
  const bus = state.buses[busArn(port, name)];
  if (!bus) return { ok: {} };
  if (Object.keys(bus.rules).length > 0) return invalid("Event bus can't be deleted since it has rules.");
  port.emit('events:EventBusDeleted', bus.arn, {});
  return { ok: {} };
}

export function describeEventBus(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = busIn(state, call.input, port, 'Name');
  return 'fault' in found ? found : { ok: { ...describe(found.bus, port), ...found.bus.settings } };
}

function describe(bus: Bus, port: Port): JsonObject {
  return {
    Name: bus.name,
    Arn: bus.arn,
    ...(bus.description ? { Description: bus.description } : {}),
    ...(bus.policy ? { Policy: JSON.stringify(bus.policy) } : {}),
    CreationTime: secondsAt(bus.createdAt, port),
    LastModifiedTime: secondsAt(bus.changedAt, port),
  };
}

export function listEventBuses(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const defaultArn = busArn(port, 'default');
  const here = defaultArn.slice(0, -'default'.length);
  const buses = new Map(Object.values(state.buses).map((bus) => [bus.arn, bus]));
  const fallback = findBus(state, defaultArn);
  if (fallback) buses.set(defaultArn, fallback);
  const prefix = String(call.input.NamePrefix ?? '');
  const listed = [...buses.values()]
    .filter((bus) => bus.arn.startsWith(here) && bus.name.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return pageOf(
    call.input,
    'EventBuses',
    listed.map((bus) => describe(bus, port)),
  );
}

interface Statement extends JsonObject {
  Sid: string;
}

function statementsOf(bus: Bus): Statement[] {
  return ((bus.policy?.Statement as Json[] | undefined) ?? []) as Statement[];
}

export function putPermission(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const { input } = call;
  const found = busIn(state, input, port);
  if ('fault' in found) return found;
  const { bus } = found;
  if (input.Policy !== undefined) {
    if (input.Action || input.Principal || input.StatementId || input.Condition) {
      return invalid('Combination of policy with other arguments is not allowed');
    }
    const policy = parsePolicy(input.Policy);
    if (!policy) return invalid('Parameter Policy is not valid. Reason: Policy is not a valid JSON document.');
    return changePolicy(bus, policy, port);
  }
  const refusal = checkMembers(input, {
    Action: { required: true, max: 64, pattern: /^events:[a-zA-Z]+$/ },
    Principal: { required: true, max: 12, pattern: /^(\d{12}|\*)$/ },
    StatementId: { required: true, max: 64, pattern: /^[a-zA-Z0-9\-_]+$/ },
  });
  if (refusal) return refusal;
  if (input.Action !== 'events:PutEvents') return invalid('Provided value in parameter Action is not supported.');
  if (input.Condition && input.Principal !== '*') return invalid("Condition can only be set when principal is '*'");
  const condition = input.Condition as { Type: string; Key: string; Value: string } | undefined;
  const statement: Statement = {
    Sid: String(input.StatementId),
    Effect: 'Allow',
    Principal: input.Principal === '*' ? '*' : { AWS: `arn:aws:iam::${input.Principal}:root` },
    Action: 'events:PutEvents',
    Resource: bus.arn,
    ...(condition ? { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } } : {}),
  };
  const others = statementsOf(bus).filter((other) => other.Sid !== statement.Sid);
  return changePolicy(bus, { Version: '2012-10-17', Statement: [...others, statement] }, port);
}

function changePolicy(bus: Bus, policy: JsonObject | null, port: Port): Reply {
  if (policy && JSON.stringify(policy).length > POLICY_MAX) {
    const message = `The policy of event bus ${bus.name} is over the limit of ${POLICY_MAX} characters.`;
    return { fault: { code: 'PolicyLengthExceededException', message, status: 400, side: 'client' } };
  }
  port.emit('events:PolicyChanged', bus.arn, { policy });
  return { ok: {} };
}

function parsePolicy(text: Json): JsonObject | null {
  try {
    const policy: unknown = JSON.parse(String(text));
    return typeof policy === 'object' && policy !== null && 'Statement' in policy ? (policy as JsonObject) : null;
  } catch {
    return null;
  }
}

export function removePermission(state: Readonly<EventsState>, call: ApiCall, port: Port): Reply {
  const found = busIn(state, call.input, port);
  if ('fault' in found) return found;
  const { bus } = found;
  if (call.input.RemoveAllPermissions === true) return changePolicy(bus, null, port);
  const id = call.input.StatementId;
  if (typeof id !== 'string') return invalid('Parameter StatementId is required.');
  const left = statementsOf(bus).filter((statement) => statement.Sid !== id);
  if (!bus.policy) return notFound('EventBus does not have a policy.');
  if (left.length === statementsOf(bus).length) return notFound('Statement with the provided id does not exist.');
  return changePolicy(bus, left.length > 0 ? { ...bus.policy, Statement: left } : null, port);
}
