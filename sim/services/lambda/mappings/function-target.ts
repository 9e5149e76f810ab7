// Which function a mapping is for: a name, a partial ARN or an ARN, each with or without a qualifier.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html#lambda-CreateEventSourceMapping-request-FunctionName
import type { Arn } from '../../../kernel/arn';
import { codeAt, parseReference, qualifiedArn, splitArn } from '../qualifier';
import type { FunctionVersion, LambdaState } from '../state';

export function targetArn(name: string, where: { account: string; region: string }): Arn {
  const { functionArn, qualifier } = parseReference(name, where);
  return qualifiedArn(functionArn, qualifier);
}

/** The version that the target stands for now: its role reads the queue. Null when there is none, or no longer. */
export function codeOfTarget(state: Readonly<LambdaState>, target: Arn): FunctionVersion | null {
  const { functionArn, qualifier } = splitArn(target);
  const fn = state.functions[functionArn];
  return (fn && codeAt(fn, qualifier)) ?? null;
}
