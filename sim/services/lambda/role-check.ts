// Before a function gets a role Lambda tries to assume it: the role's trust policy must name lambda.amazonaws.com. LAM-SEC-02.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
import { parseArn } from '../../kernel/arn';
import { type ApiCall, clientFault, type Fault, type Reply } from '../../kernel/call';
import type { Json } from '../../kernel/json';
import type { Port } from '../../kernel/service';
import { invalid } from './function';
import type { LambdaRuntime } from './live';
import type { LambdaState } from './state';

type Step = (runtime: LambdaRuntime, state: Readonly<LambdaState>, call: ApiCall, port: Port) => Reply;

/** `check` stands before the step; `resume` goes on with it when STS has answered. A world without IAM has no trust policies to ask. */
export function withRoleCheck(steps: Readonly<Record<string, Step>>): { check: (name: string) => Step; resume: Step } {
  const check =
    (name: string): Step =>
    (runtime, state, call, port) => {
      const { Role: role } = call.input;
      const step = steps[name] as Step;
      const probe = typeof role === 'string' ? { RoleArn: role } : null;
      const route = probe && port.route('iam', 'GetRole', {}) ? port.route('sts', 'AssumeRole', probe) : null;
      if (!probe || !route) return step(runtime, state, call, port);
      if (parseArn(probe.RoleArn)?.account !== port.account) {
        return clientFault('AccessDeniedException', 'Cross-account pass role is not allowed.', 403);
      }
      port.call({
        ...route,
        // Without the name of a session STS only says whether the role may be assumed.
        input: probe,
        context: { 'aws:SourceArn': call.resource, 'aws:SourceAccount': port.account },
        replyTo: { to: 'call', action: 'lambda:TakeRoleCheck', resource: call.resource, input: { name, asked: call as unknown as Json } },
      });
      return { later: true };
    };
  const resume: Step = (runtime, state, call, port) => {
    const { name, asked, reply } = call.input as unknown as { name: string; asked: ApiCall; reply: { fault?: Fault } };
    const isDenied = reply.fault?.code === 'AccessDenied' || reply.fault?.code === 'AccessDeniedException';
    const answer: Reply = isDenied
      ? invalid('The role defined for the function cannot be assumed by Lambda.')
      : (steps[name] as Step)(runtime, state, asked, port);
    if (!('later' in answer)) port.reply(asked.replyTo, answer);
    return { ok: {} };
  };
  return { check, resume };
}
