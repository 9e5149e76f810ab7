// The shape in which AWS's managed policies are written down here.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html

export interface ManagedStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Name with its path: `service-role/AWSLambdaRole`; then a sentence and the statements of the version in force. */
export type ManagedSource = [name: string, description: string, statements: ManagedStatement[]];

export function allow(
  actions: string | string[],
  resource: string | string[] = '*',
  condition?: ManagedStatement['Condition'],
): ManagedStatement {
  return { Effect: 'Allow', Action: actions, Resource: resource, ...(condition ? { Condition: condition } : {}) };
}

/** Permission to hand any role to the services named. */
export function passRole(...services: string[]): ManagedStatement {
  const service = services.length === 1 ? (services[0] as string) : services;
  return allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': service } });
}
