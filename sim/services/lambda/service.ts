// AWS Lambda. https://docs.aws.amazon.com/lambda/latest/dg/
// Simplified: no concurrency limits, versions, aliases or event source mappings yet; every function is $LATEST.
import { formatArn } from '../../kernel/arn';
import { type Action, type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Port, Service } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { SandboxFactory } from '../../sandbox/sandbox';
import { applyLambda } from './apply';
import { endDeadLetter } from './async-queue';
import { timeOutInvocation } from './end-invocation';
import { emitLambda } from './facts';
import { parseConfiguration, parseEventInvokeConfig } from './function';
import { runStaticCode, startInit, timeOutInit } from './init';
import { invoke, startAttempt } from './invoke';
import { reclaimEnvironment, reclaimEnvironments } from './lifecycle';
import type { LambdaRuntime } from './live';
import { endGuest, fireTimer, resumeInvocation, takeAnswer, takeGuestOutput } from './outputs';
import type { LambdaState } from './state';

export interface LambdaOptions {
  sandboxes: SandboxFactory;
  /** How long an idle environment is kept. Default: ten minutes. */
  idleMs?: Ms;
}

/** API operations whose IAM action is spelled otherwise. LAM-SEC-X04. */
const ACTION_OF: Record<string, Action> = { Invoke: 'lambda:InvokeFunction' };

export function createLambda(options: LambdaOptions): Service<LambdaState> {
  const runtime: LambdaRuntime = { sandboxes: options.sandboxes, lives: new Map(), idleMs: options.idleMs ?? 600_000 };
  type Step = (runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port) => Reply;
  const live = (step: Step) => (state: Readonly<LambdaState>, call: ApiCall, port: Port) => step(runtime, state, call, port);
  return {
    prefix: 'lambda',
    initial: () => ({ functions: {}, environments: {}, events: {} }),
    actions: {
      CreateFunction: createFunction,
      PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
      InvokeFunction: live(invoke),
      // The world's own actions: what Lambda does by itself, each at its time.
      StartAttempt: live(startAttempt),
      StartInit: startInit,
      RunStaticCode: live(runStaticCode),
      TimeOutInit: live(timeOutInit),
      TimeOutInvocation: live(timeOutInvocation),
      TakeGuestOutput: live(takeGuestOutput),
      TakeAnswer: live(takeAnswer),
      ResumeInvocation: live(resumeInvocation),
      FireTimer: live(fireTimer),
      EndGuest: live(endGuest),
      EndDeadLetter: (_state, call, port) => endDeadLetter(call, port),
      ReclaimEnvironment: live(reclaimEnvironment),
      ReclaimEnvironments: live(reclaimEnvironments),
    },
    apply: applyLambda,
    route: (operation, input, { account, region }) => {
      const name = String(input.FunctionName ?? '');
      const resource = name.startsWith('arn:') ? name : formatArn({ service: 'lambda', region, account, resource: `function:${name}` });
      return { action: ACTION_OF[operation] ?? `lambda:${operation}`, resource };
    },
    accepts: (_target, { body }) => ({ action: 'lambda:InvokeFunction', input: { InvocationType: 'Event', Payload: body } }),
    dispose: () => {
      for (const { sandbox } of runtime.lives.values()) sandbox.dispose();
      runtime.lives.clear();
    },
  };
}

function createFunction(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  if (state.functions[call.resource]) {
    return clientFault('ResourceConflictException', `Function already exist: ${call.input.FunctionName}`, 409, { Type: 'User' });
  }
  const parsed = parseConfiguration(call.input);
  if ('fault' in parsed) return parsed;
  emitLambda(port, 'lambda:FunctionCreated', call.resource, parsed.value);
  return { ok: { FunctionName: parsed.value.functionName, FunctionArn: call.resource, State: 'Active' } };
}

function putFunctionEventInvokeConfig(state: Readonly<LambdaState>, call: ApiCall, port: Port): Reply {
  if (!state.functions[call.resource]) {
    return clientFault('ResourceNotFoundException', `The function does not exist: ${call.resource}`, 404, { Type: 'User' });
  }
  const parsed = parseEventInvokeConfig(call.input);
  if ('fault' in parsed) return parsed;
  emitLambda(port, 'lambda:EventInvokeConfigPut', call.resource, parsed.value);
  return { ok: { FunctionArn: call.resource } };
}
