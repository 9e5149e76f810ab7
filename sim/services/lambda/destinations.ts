// Where the outcome of an asynchronous event goes: the record, and how each kind of target takes it. LAM-INV-X16, LAM-INV-X17.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
import { type Arn, parseArn } from '../../kernel/arn';
import type { ApiCall, Fault, Reply } from '../../kernel/call';
import type { Json, JsonObject } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { type Condition, type ErrorRecord, emitLambda } from './facts';
import { rolePrincipal, timestamp } from './logging';
import { LATEST, qualifiedArn, settingsAt } from './qualifier';
import type { FunctionState, QueuedEvent } from './state';

/** What the last attempt answered; null when the code never ran. */
export interface Response {
  /** JSON text. */
  payload: string;
  error: ErrorRecord | null;
  executedVersion: string;
}

function recordOf(fn: FunctionState, event: QueuedEvent, condition: Condition, response: Response | null, port: Port): JsonObject {
  const record: JsonObject = {
    version: '1.0',
    timestamp: timestamp(port),
    requestContext: {
      requestId: event.requestId,
      functionArn: qualifiedArn(fn.arn, event.qualifier ?? LATEST),
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: JSON.parse(event.payload) as Json,
  };
  if (!response) return record;
  const { executedVersion, error } = response;
  record.responseContext = { statusCode: 200, executedVersion, ...(error ? { functionError: 'Unhandled' } : {}) };
  record.responsePayload = JSON.parse(response.payload) as Json;
  return record;
}

/** Sends the record to the destination for this outcome, if one is configured. The call is the execution role's. */
export function sendToDestination(
  fn: FunctionState,
  event: QueuedEvent,
  condition: Condition,
  response: Response | null,
  port: Port,
): void {
  const isSuccess = condition === 'Success';
  const { onSuccessArn, onFailureArn } = settingsAt(fn, event.qualifier).eventInvoke;
  const destinationArn = isSuccess ? onSuccessArn : onFailureArn;
  if (!destinationArn) return;
  const record = recordOf(fn, event, condition, response, port);
  const options = {
    principal: rolePrincipal(fn, port.account),
    replyTo: {
      to: 'call',
      action: 'lambda:EndDestination',
      resource: fn.arn,
      input: { requestId: event.requestId, condition, destinationArn },
    },
  } as const;
  const service = parseArn(destinationArn)?.service;
  if (service === 'events') {
    port.call({
      action: 'events:PutEvents',
      resource: destinationArn,
      input: eventEntry(qualifiedArn(fn.arn, event.qualifier ?? LATEST), destinationArn, isSuccess, record),
      ...options,
    });
  } else if (service === 's3') {
    const Key = objectKey(fn, port);
    const input = { Bucket: parseArn(destinationArn)?.resource ?? '', Key, Body: JSON.stringify(record) };
    port.call({ action: 's3:PutObject', resource: `${destinationArn}/${Key}`, input, ...options });
  } else port.deliver(destinationArn, { body: JSON.stringify(record) }, options);
}

function eventEntry(functionArn: Arn, busArn: Arn, isSuccess: boolean, record: JsonObject): JsonObject {
  const Entry = {
    Source: 'lambda',
    DetailType: `Lambda Function Invocation Result - ${isSuccess ? 'Success' : 'Failure'}`,
    Resources: [functionArn, busArn],
    Detail: JSON.stringify(record),
    EventBusName: busArn,
  };
  return { Entries: [Entry] };
}

/** `aws/lambda/async/<function>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>` */
function objectKey(fn: FunctionState, port: Port): string {
  const time = timestamp(port).slice(0, 19);
  return `aws/lambda/async/${fn.functionName}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${port.uuid()}`;
}

/** The target's answer. A failure loses the record: the metric DestinationDeliveryFailures is all that tells. */
export function endDestination(call: ApiCall, port: Port): Reply {
  const { requestId, condition, destinationArn, reply } = call.input as unknown as {
    requestId: string;
    condition: Condition;
    destinationArn: Arn;
    reply: { ok?: JsonObject; fault?: Fault };
  };
  const failure = reply.fault ?? refusedEntry(reply.ok);
  const about = { requestId, condition, destinationArn };
  if (failure) {
    emitLambda(port, 'lambda:DestinationFailed', call.resource, { ...about, errorCode: failure.code, errorMessage: failure.message });
  } else emitLambda(port, 'lambda:DestinationSent', call.resource, about);
  return { ok: {} };
}

/** PutEvents succeeds as a call even when the bus refuses the event. */
function refusedEntry(ok: JsonObject | undefined): { code: string; message: string } | null {
  const entry = (ok?.Entries as JsonObject[] | undefined)?.[0];
  return typeof entry?.ErrorCode === 'string' ? { code: entry.ErrorCode, message: String(entry.ErrorMessage) } : null;
}
