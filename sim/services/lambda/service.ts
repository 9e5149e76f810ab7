// AWS Lambda. https://docs.aws.amazon.com/lambda/latest/dg/
// Simplified: no versions, aliases or event source mappings yet; every function is $LATEST.
import { formatArn } from '../../kernel/arn';
import { type Action, type ApiCall, clientFault, type Reply } from '../../kernel/call';
import type { Port, Service } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { SandboxFactory } from '../../sandbox/sandbox';
import { applyLambda } from './apply';
import { endDeadLetter } from './async-queue';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConcurrency,
  putFunctionConcurrency,
  setAccountConcurrency,
} from './concurrency-settings';
import { endDestination } from './destinations';
import { timeOutInvocation } from './end-invocation';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  listFunctionEventInvokeConfigs,
  putFunctionEventInvokeConfig,
  updateFunctionEventInvokeConfig,
} from './event-invoke-config';
import { emitLambda } from './facts';
import { parseConfiguration } from './function';
import { runStaticCode, startInit, timeOutInit } from './init';
import { invoke, startAttempt } from './invoke';
import { reclaimEnvironment, reclaimEnvironments } from './lifecycle';
import type { LambdaRuntime } from './live';
import { endGuest, fireTimer, resumeInvocation, takeAnswer, takeGuestOutput } from './outputs';
import { addPermission, getPolicy, policyDocument, removePermission } from './permissions';
import type { LambdaState } from './state';

export interface LambdaOptions {
  sandboxes: SandboxFactory;
  /** How long an idle environment is kept. Default: ten minutes. */
  idleMs?: Ms;
}

/** API operations whose IAM action is spelled otherwise. LAM-SEC-X04. */
const ACTION_OF: Record<string, Action> = { Invoke: 'lambda:InvokeFunction' };

/** The world's own steps. */
const INTERNAL: ReadonlySet<string> = new Set([
  'StartAttempt',
  'StartInit',
  'RunStaticCode',
  'TimeOutInit',
  'TimeOutInvocation',
  'TakeGuestOutput',
  'TakeAnswer',
  'ResumeInvocation',
  'FireTimer',
  'EndGuest',
  'EndDestination',
  'EndDeadLetter',
  'SetAccountConcurrency',
  'ReclaimEnvironment',
  'ReclaimEnvironments',
]);

export function createLambda(options: LambdaOptions): Service<LambdaState> {
  const runtime: LambdaRuntime = { sandboxes: options.sandboxes, lives: new Map(), idleMs: options.idleMs ?? 600_000 };
  type Step = (runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port) => Reply;
  const live = (step: Step) => (state: Readonly<LambdaState>, call: ApiCall, port: Port) => step(runtime, state, call, port);
  return {
    prefix: 'lambda',
    initial: () => ({ accounts: {}, functions: {}, environments: {}, events: {} }),
    actions: {
      CreateFunction: createFunction,
      PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
      UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
      GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
      ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
      DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
      AddPermission: addPermission,
      RemovePermission: removePermission,
      GetPolicy: getPolicy,
      PutFunctionConcurrency: putFunctionConcurrency,
      GetFunctionConcurrency: getFunctionConcurrency,
      DeleteFunctionConcurrency: deleteFunctionConcurrency,
      GetAccountSettings: getAccountSettings,
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
      EndDestination: (_state, call, port) => endDestination(call, port),
      EndDeadLetter: (_state, call, port) => endDeadLetter(call, port),
      SetAccountConcurrency: setAccountConcurrency,
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
    resourcePolicy: (state, arn) => {
      const policy = state.functions[arn]?.policy;
      return policy ? policyDocument(policy) : null;
    },
    internal: INTERNAL,
    // LAM-SEC-X16.
    passedRoles: (_state, { action, input }) =>
      action === 'lambda:CreateFunction' && typeof input.Role === 'string' ? [{ role: input.Role, service: 'lambda.amazonaws.com' }] : [],
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
