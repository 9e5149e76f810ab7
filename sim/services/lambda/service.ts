// AWS Lambda. https://docs.aws.amazon.com/lambda/latest/dg/
import type { ApiCall, Reply } from '../../kernel/call';
import type { Port, Service } from '../../kernel/service';
import type { Ms } from '../../kernel/time';
import type { SandboxFactory } from '../../sandbox/sandbox';
import { applyLambda } from './apply';
import { endDeadLetter, takeAttemptReply } from './async-queue';
import { setAccountConcurrency } from './concurrency-settings';
import { endDestination } from './destinations';
import { timeOutInvocation } from './end-invocation';
import { putFunctionEventInvokeConfig, updateFunctionEventInvokeConfig } from './event-invoke-config';
import { createFunction, deleteFunction, updateFunctionCode, updateFunctionConfiguration } from './functions';
import { runStaticCode, startInit, timeOutInit } from './init';
import { invoke, startAttempt } from './invoke';
import { invokeFunctionUrl, requestFunctionUrl, takeUrlReply, takeUrlResult } from './invoke-url';
import { layerPolicyDocument } from './layer-permissions';
import { reclaimEnvironment, reclaimEnvironments } from './lifecycle';
import type { LambdaRuntime } from './live';
import { MAPPING_ACTIONS, MAPPING_STEPS, mappingConditionKeys } from './mappings/actions';
import { OPERATIONS } from './operations';
import { endGuest, fireTimer, resumeInvocation, takeAnswer, takeGuestOutput } from './outputs';
import { policyDocument } from './permissions';
import { allocateProvisioned, releaseProvisioned } from './provisioning';
import { refuseUnknown, settingsAt, splitArn } from './qualifier';
import { withRoleCheck } from './role-check';
import { routeLambda } from './routing';
import type { LambdaState } from './state';
import { withTargetCheck } from './target-check';

export interface LambdaOptions {
  sandboxes: SandboxFactory;
  /** How long an idle environment is kept. Default: ten minutes. */
  idleMs?: Ms;
  /** How long a new function stays Pending and an update InProgress, in virtual time. Default: until the next call. */
  creationMs?: Ms;
  /** What the front end of an API says to a handler's request before its service sees it. Default: nothing. */
  validate?: LambdaRuntime['validate'];
}

/** Actions that hand Lambda a role. */
const PASSING: ReadonlySet<string> = new Set(['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration']);

/** The world's own steps. */
const INTERNAL: ReadonlySet<string> = new Set([
  'TakeRoleCheck',
  'TakeTargetCheck',
  'StartAttempt',
  'TakeAttemptReply',
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
  'AllocateProvisioned',
  'ReleaseProvisioned',
  'RequestFunctionUrl',
  'TakeUrlReply',
  'TakeUrlResult',
  'SetAccountConcurrency',
  'ReclaimEnvironment',
  'ReclaimEnvironments',
  ...Object.keys(MAPPING_STEPS),
]);

export function createLambda(options: LambdaOptions): Service<LambdaState> {
  const runtime: LambdaRuntime = {
    sandboxes: options.sandboxes,
    lives: new Map(),
    idleMs: options.idleMs ?? 600_000,
    creationMs: options.creationMs ?? 0,
    validate: options.validate ?? (() => null),
  };
  type Step = (runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port) => Reply;
  const live = (step: Step) => (state: Readonly<LambdaState>, call: ApiCall, port: Port) => step(runtime, state, call, port);
  const targets = withTargetCheck({
    CreateFunction: createFunction,
    UpdateFunctionConfiguration: updateFunctionConfiguration,
    PutFunctionEventInvokeConfig: (_runtime, ...rest) => putFunctionEventInvokeConfig(...rest),
    UpdateFunctionEventInvokeConfig: (_runtime, ...rest) => updateFunctionEventInvokeConfig(...rest),
  });
  const roles = withRoleCheck({
    CreateFunction: targets.check('CreateFunction'),
    UpdateFunctionConfiguration: targets.check('UpdateFunctionConfiguration'),
  });
  return {
    prefix: 'lambda',
    initial: () => ({ accounts: {}, functions: {}, environments: {}, urls: {}, events: {}, mappings: {}, layers: {} }),
    actions: {
      ...OPERATIONS,
      CreateFunction: live(roles.check('CreateFunction')),
      UpdateFunctionCode: live(updateFunctionCode),
      UpdateFunctionConfiguration: live(roles.check('UpdateFunctionConfiguration')),
      DeleteFunction: live(deleteFunction),
      PutFunctionEventInvokeConfig: live(targets.check('PutFunctionEventInvokeConfig')),
      UpdateFunctionEventInvokeConfig: live(targets.check('UpdateFunctionEventInvokeConfig')),
      ...MAPPING_ACTIONS,
      InvokeFunction: live(invoke),
      InvokeFunctionUrl: invokeFunctionUrl,
      // The world's own actions: what Lambda does by itself, each at its time.
      ...MAPPING_STEPS,
      TakeRoleCheck: live(roles.resume),
      TakeTargetCheck: live(targets.resume),
      StartAttempt: live(startAttempt),
      TakeAttemptReply: takeAttemptReply,
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
      AllocateProvisioned: allocateProvisioned,
      ReleaseProvisioned: live(releaseProvisioned),
      RequestFunctionUrl: requestFunctionUrl,
      TakeUrlReply: takeUrlReply,
      TakeUrlResult: takeUrlResult,
      SetAccountConcurrency: setAccountConcurrency,
      ReclaimEnvironment: live(reclaimEnvironment),
      ReclaimEnvironments: live(reclaimEnvironments),
    },
    apply: applyLambda,
    route: routeLambda,
    accepts: (_target, { body }) => ({ action: 'lambda:InvokeFunction', input: { InvocationType: 'Event', Payload: body } }),
    resourcePolicy: (state, arn) => {
      if (arn.includes(':layer:')) return layerPolicyDocument(state, arn);
      const { functionArn, qualifier } = splitArn(arn);
      const fn = state.functions[functionArn];
      const policy = fn && settingsAt(fn, qualifier).policy;
      return policy ? policyDocument(policy) : null;
    },
    exists: (state, arn) => {
      if (!arn.includes(':function:')) return true;
      const { functionArn, qualifier } = splitArn(arn);
      const fn = state.functions[functionArn];
      return fn !== undefined && refuseUnknown({ fn, qualifier }) === null;
    },
    internal: INTERNAL,
    conditionKeys: mappingConditionKeys,
    // LAM-SEC-X16.
    passedRoles: (_state, { action, input }) =>
      PASSING.has(action) && typeof input.Role === 'string' ? [{ role: input.Role, service: 'lambda.amazonaws.com' }] : [],
    dispose: () => {
      for (const { sandbox } of runtime.lives.values()) sandbox.dispose();
      runtime.lives.clear();
    },
  };
}
