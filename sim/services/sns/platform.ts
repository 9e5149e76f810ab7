// Mobile push: platform applications and the devices registered with them.
// https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-application-as-subscriber.html
import { type Arn, parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { snsArn } from './arns';
import { invalid, notFound } from './faults';
import { pageOf } from './paging';
import type { PlatformEndpoint, SnsState } from './state';

const PLATFORMS: ReadonlySet<string> = new Set([
  'ADM',
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'APNS_VOIP_SANDBOX',
  'BAIDU',
  'FCM',
  'GCM',
  'MACOS',
  'MACOS_SANDBOX',
  'MPNS',
  'WNS',
]);
const ENDPOINT_ATTRIBUTES: ReadonlySet<string> = new Set(['CustomUserData', 'Enabled', 'Token']);
const USER_DATA_MAX = 2048;

function textsOf(value: Json | undefined): Record<string, string> {
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return Object.fromEntries(Object.entries(object).map(([name, text]) => [name, String(text)]));
}

export function createPlatformApplication(_state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const { Name, Platform } = call.input;
  if (typeof Name !== 'string' || !/^[A-Za-z0-9_.-]{1,256}$/.test(Name))
    return invalid(
      `${Name} Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.' and be between 1 and 256 characters long.`,
    );
  if (typeof Platform !== 'string' || !PLATFORMS.has(Platform)) return invalid(`Platform Reason: ${Platform} is not supported`);
  const attributes = textsOf(call.input.Attributes);
  if (!attributes.PlatformCredential) return invalid('Attributes Reason: Platform credentials are invalid');
  const arn = snsArn(port, `app/${Platform}/${Name}`);
  port.emit('sns:PlatformApplicationPut', arn, { attributes });
  return { ok: { PlatformApplicationArn: arn } };
}

export function getPlatformApplicationAttributes(state: Readonly<SnsState>, call: ApiCall): Reply {
  const application = state.applications[String(call.input.PlatformApplicationArn ?? '')];
  if (!application) return notFound('PlatformApplication');
  const { PlatformCredential: _credential, PlatformPrincipal: _principal, ...shown } = application.attributes;
  return { ok: { Attributes: { Enabled: 'true', ...shown } } };
}

export function setPlatformApplicationAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const application = state.applications[String(call.input.PlatformApplicationArn ?? '')];
  if (!application) return notFound('PlatformApplication');
  port.emit('sns:PlatformApplicationPut', application.arn, {
    attributes: { ...application.attributes, ...textsOf(call.input.Attributes) },
  });
  return { ok: {} };
}

export function deletePlatformApplication(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const arn = String(call.input.PlatformApplicationArn ?? '');
  if (state.applications[arn]) port.emit('sns:PlatformApplicationDeleted', arn, {});
  return { ok: {} };
}

export function listPlatformApplications(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const here = snsArn(port, 'app/');
  const all = Object.values(state.applications).filter(({ arn }) => arn.startsWith(here));
  const rows = all.map(({ arn, attributes: { PlatformCredential: _credential, PlatformPrincipal: _principal, ...Attributes } }) => ({
    PlatformApplicationArn: arn,
    Attributes: { Enabled: 'true', ...Attributes },
  }));
  return pageOf(call.input, 'PlatformApplications', rows);
}

export function createPlatformEndpoint(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const application = state.applications[String(call.input.PlatformApplicationArn ?? '')];
  if (!application) return clientFault('NotFound', 'PlatformApplication does not exist', 404);
  const token = String(call.input.Token ?? '');
  if (token === '') return invalid('Token Reason: cannot be empty');
  const { CustomUserData } = call.input;
  const attributes: Record<string, string> = {
    Enabled: 'true',
    Token: token,
    ...(CustomUserData === undefined ? {} : { CustomUserData: String(CustomUserData) }),
    ...textsOf(call.input.Attributes),
  };
  const problem = attributeProblem(attributes);
  if (problem) return invalid(problem);
  const existing = Object.values(state.endpoints).find((one) => one.applicationArn === application.arn && one.attributes.Token === token);
  if (existing) {
    const isSame =
      Object.entries(attributes).every(([name, value]) => existing.attributes[name] === value) &&
      existing.attributes.CustomUserData === attributes.CustomUserData;
    if (isSame) return { ok: { EndpointArn: existing.arn } };
    return invalid(`Token Reason: Endpoint ${existing.arn} already exists with the same Token, but different attributes.`);
  }
  const resource = parseArn(application.arn)?.resource.replace(/^app\//, 'endpoint/');
  const arn = snsArn(port, `${resource}/${port.uuid()}`);
  port.emit('sns:PlatformEndpointPut', arn, { applicationArn: application.arn, attributes });
  return { ok: { EndpointArn: arn } };
}

function attributeProblem(attributes: Record<string, string>): string | null {
  const strange = Object.keys(attributes).find((name) => !ENDPOINT_ATTRIBUTES.has(name));
  if (strange) return `Attributes Reason: Invalid attribute name: ${strange}`;
  if ((attributes.CustomUserData ?? '').length > USER_DATA_MAX) return 'CustomUserData Reason: must be less than 2048 bytes';
  return attributes.Enabled === 'true' || attributes.Enabled === 'false'
    ? null
    : 'Attributes Reason: Invalid value for attribute: Enabled: must be true or false';
}

function endpointAt(state: Readonly<SnsState>, call: ApiCall): PlatformEndpoint | null {
  return state.endpoints[String(call.input.EndpointArn ?? '')] ?? null;
}

export function getEndpointAttributes(state: Readonly<SnsState>, call: ApiCall): Reply {
  const endpoint = endpointAt(state, call);
  return endpoint ? { ok: { Attributes: { ...endpoint.attributes } } } : notFound('Endpoint');
}

export function setEndpointAttributes(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const endpoint = endpointAt(state, call);
  if (!endpoint) return notFound('Endpoint');
  const attributes = { ...endpoint.attributes, ...textsOf(call.input.Attributes) };
  const problem = attributeProblem(attributes);
  if (problem) return invalid(problem);
  port.emit('sns:PlatformEndpointPut', endpoint.arn, { applicationArn: endpoint.applicationArn, attributes });
  return { ok: {} };
}

export function deleteEndpoint(state: Readonly<SnsState>, call: ApiCall, port: Port): Reply {
  const endpoint = endpointAt(state, call);
  if (endpoint) port.emit('sns:PlatformEndpointDeleted', endpoint.arn, {});
  return { ok: {} };
}

export function listEndpoints(state: Readonly<SnsState>, call: ApiCall): Reply {
  const applicationArn: Arn = String(call.input.PlatformApplicationArn ?? '');
  if (!state.applications[applicationArn]) return notFound('PlatformApplication');
  const rows: JsonObject[] = Object.values(state.endpoints)
    .filter((endpoint) => endpoint.applicationArn === applicationArn)
    .map(({ arn, attributes }) => ({ EndpointArn: arn, Attributes: { ...attributes } }));
  return pageOf(call.input, 'Endpoints', rows);
}
