// What a mapping asks of its queue: every call is the execution role's. LAM-INV-E3, LAM-INV-X32.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
import { type Arn, parseArn } from '../../../kernel/arn';
import type { Continuation, Fault } from '../../../kernel/call';
import type { Json, JsonObject } from '../../../kernel/json';
import type { Port } from '../../../kernel/service';
import { rolePrincipal } from '../logging';
import type { FunctionVersion } from '../state';

export type QueueReply = { ok?: JsonObject; fault?: Fault };

export function queueUrl(queueArn: Arn): string {
  const parts = parseArn(queueArn);
  return `https://sqs.${parts?.region}.amazonaws.com/${parts?.account}/${parts?.resource}`;
}

/** The reply comes back as `input.reply` of the continuation. */
export function askQueue(
  fn: FunctionVersion,
  queueArn: Arn,
  operation: string,
  input: JsonObject,
  replyTo: Extract<Continuation, { to: 'call' }>,
  port: Port,
): void {
  const full = { QueueUrl: queueUrl(queueArn), ...input };
  const route = port.route('sqs', operation, full);
  const principal = rolePrincipal(fn, port.account);
  if (route) port.call({ ...route, input: full, principal, replyTo, trace: null });
  else {
    const message = 'There is no SQS in this world.';
    port.reply(replyTo, { fault: { code: 'UnknownOperationException', message, status: 404, side: 'client' } });
  }
}

export function replyIn(input: JsonObject): QueueReply {
  return (input.reply ?? {}) as { ok?: JsonObject; fault?: Fault } & Json;
}

/** IAM's codes for a refusal, of the query protocol and of JSON. */
export function isDenied({ code }: Fault): boolean {
  return code === 'AccessDenied' || code === 'AccessDeniedException';
}
