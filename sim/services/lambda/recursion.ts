// Recursive loops: how often a function was invoked in one chain of requests, carried in the trace header, and the end of it.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
// Simplified: the chain is counted as AWS describes it; how AWS writes it into the header is not documented.
import type { Arn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Port } from '../../kernel/service';
import { emitLambda } from './facts';
import { violation } from './function';
import { locateUnqualified } from './qualifier';
import type { RecursiveLoop } from './recursive-loop';
import type { FunctionVersion, Invocation, LambdaState } from './state';

/** AWS says approximately 16: the next one is stopped. */
export const CHAIN_MAX = 16;

/** Invocations by function: `<hash>:<count>`, functions joined by `|`. */
type Lineage = Map<string, number>;

/** Eight hexadecimal digits that stand for a function. */
function hashOf(functionArn: Arn): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < functionArn.length; i++) hash = Math.imul(hash ^ functionArn.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function fieldOf(trace: string | null | undefined, name: string): string | null {
  const field = trace?.split(';').find((part) => part.startsWith(`${name}=`));
  return field === undefined ? null : field.slice(name.length + 1);
}

function parseLineage(text: string | null | undefined): Lineage {
  const entries = (text ?? '').split('|').map((entry) => /^(\d+):([0-9a-f]{8}):\d+$/.exec(entry));
  return new Map(entries.flatMap((entry) => (entry ? [[entry[2] as string, Number(entry[1])] as const] : [])));
}

export function lineageOf(trace: string | null | undefined): string | null {
  return fieldOf(trace, 'Lineage');
}

/** How often the function has run in the chain that led to this request. */
export function timesInChain(functionArn: Arn, lineage: string | null | undefined): number {
  return parseLineage(lineage).get(hashOf(functionArn)) ?? 0;
}

/** What the function's own requests carry: its request is the root of a trace, and the chain is one longer. */
export function traceOf(fn: FunctionVersion, { requestId, lineage }: Invocation, startEpochMs: number): string {
  const chain = parseLineage(lineage);
  const hash = hashOf(fn.arn);
  chain.set(hash, (chain.get(hash) ?? 0) + 1);
  const digits = requestId.replaceAll('-', '');
  const root = `1-${Math.floor(startEpochMs / 1000)
    .toString(16)
    .padStart(8, '0')}-${digits.slice(0, 24)}`;
  const text = [...chain].map(([function_, count]) => `${count}:${function_}:0`).join('|');
  return `Root=${root};Parent=${digits.slice(-16)};Sampled=0;Lineage=${text}`;
}

/** The refusal, told as a fact, when the function has run too often in this chain. Null otherwise. */
export function stopRecursion(fn: { arn: Arn; recursiveLoop: RecursiveLoop }, invocation: Invocation, port: Port): { fault: Fault } | null {
  const times = timesInChain(fn.arn, invocation.lineage);
  if (times < CHAIN_MAX || fn.recursiveLoop === 'Allow') return null;
  const { requestId, invocationType, qualifier } = invocation;
  emitLambda(port, 'lambda:RecursiveInvocationDropped', fn.arn, { requestId, invocationType, qualifier, times, limit: CHAIN_MAX });
  const text =
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.";
  return clientFault('RecursiveInvocationException', text, 400, { Type: 'User' });
}

export function putFunctionRecursionConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  const found = locateUnqualified(state, call);
  if ('fault' in found) return found;
  const { RecursiveLoop: recursiveLoop } = call.input;
  if (recursiveLoop !== 'Allow' && recursiveLoop !== 'Terminate') {
    return violation(recursiveLoop, 'recursiveLoop', 'Member must satisfy enum value set: [Terminate, Allow]');
  }
  emitLambda(port, 'lambda:FunctionRecursionConfigPut', found.fn.arn, { recursiveLoop });
  return { ok: { RecursiveLoop: recursiveLoop } };
}

export function getFunctionRecursionConfig(state: Readonly<LambdaState>, call: ApiCall): Reply {
  const found = locateUnqualified(state, call);
  return 'fault' in found ? found : { ok: { RecursiveLoop: found.fn.recursiveLoop } };
}
