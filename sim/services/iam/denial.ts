// How a refusal reads: AWS's message with the policy type that refused, and each service's own error code.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and LAM-SEC-X17
import type { Fault } from '../../kernel/call';
import type { Decision, EvaluationRequest, PolicyType } from './decision';

const NOUNS: Record<PolicyType, { implicit: string; explicit: string }> = {
  serviceControlPolicy: { implicit: 'no service control policy', explicit: 'a service control policy' },
  resourceControlPolicy: { implicit: 'no resource control policy', explicit: 'a resource control policy' },
  vpcEndpointPolicy: { implicit: 'no VPC endpoint policy', explicit: 'a VPC endpoint policy' },
  identityPolicy: { implicit: 'no identity-based policy', explicit: 'an identity-based policy' },
  resourcePolicy: { implicit: 'no resource-based policy', explicit: 'a resource-based policy' },
  permissionsBoundary: { implicit: 'no permissions boundary', explicit: 'a permissions boundary' },
  sessionPolicy: { implicit: 'no session policy', explicit: 'a session policy' },
};

const TRUST_POLICY = { implicit: 'no role trust policy', explicit: 'a role trust policy' };

export function denialMessage(decision: Decision, request: EvaluationRequest): string {
  const action = spelledBy(request.action);
  const who = request.caller.arn || 'anonymous';
  const head = `User: ${who} is not authorized to perform: ${action} on resource: ${request.resource}`;
  const type = decision.decidedBy?.policyType;
  if (!type) return head;
  const isTrust = type === 'resourcePolicy' && request.action.startsWith('sts:');
  const noun = isTrust ? TRUST_POLICY : NOUNS[type];
  if (decision.outcome === 'explicitDeny') return `${head} with an explicit deny in ${noun.explicit}`;
  return `${head} because ${noun.implicit} allows the ${action} action`;
}

/** SQS writes actions in lower case and SNS its prefix in upper case, in messages only. */
function spelledBy(action: string): string {
  if (action.startsWith('sqs:')) return action.toLowerCase();
  if (action.startsWith('sns:')) return `SNS:${action.slice(4)}`;
  return action;
}

/** Error code and HTTP status by service; what is not named here answers AccessDeniedException with 400, as JSON services do. */
const CODES: Record<string, { code: string; status: number }> = {
  apigateway: { code: 'AccessDeniedException', status: 403 },
  autoscaling: { code: 'AccessDenied', status: 403 },
  cloudformation: { code: 'AccessDenied', status: 403 },
  cloudwatch: { code: 'AccessDenied', status: 403 },
  ec2: { code: 'UnauthorizedOperation', status: 403 },
  elasticloadbalancing: { code: 'AccessDenied', status: 403 },
  iam: { code: 'AccessDenied', status: 403 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  s3: { code: 'AccessDenied', status: 403 },
  scheduler: { code: 'AccessDeniedException', status: 403 },
  sns: { code: 'AuthorizationError', status: 403 },
  sqs: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
  xray: { code: 'AccessDeniedException', status: 403 },
};

/** `calledService`: the service that answers, which is not that of the refused action when a role may not be passed. */
export function denialFault(calledService: string, message: string): Fault {
  const { code, status } = CODES[calledService] ?? { code: 'AccessDeniedException', status: 400 };
  return { code, message, status, side: 'client' };
}
