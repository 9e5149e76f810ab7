// A function as the API shows it. https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
import { parseArn } from '../../kernel/arn';
import type { JsonObject } from '../../kernel/json';
import type { Ms } from '../../kernel/time';
import { runtimeVersionArn } from './log-lines';
import { qualifiedArn } from './qualifier';
import type { FunctionVersion } from './state';

/** `2026-11-02T10:00:00.000+0000`, as Lambda writes it. */
export function lambdaDate(epochMs: number): string {
  return new Date(Math.floor(epochMs)).toISOString().replace('Z', '+0000');
}

const BEING_CREATED = 'The function is being created.';

export type FunctionLifecycle = 'Pending' | 'Active' | 'Inactive';

/** Lambda frees the network interfaces of a function in a VPC that was idle for 14 days. LAM-NET-X04. */
const IDLE_MAX_MS: Ms = 14 * 24 * 3_600_000;

export function lifecycleOf(code: FunctionVersion, lastInvokedAt: Ms, now: Ms): FunctionLifecycle {
  if (now < code.activeAt) return 'Pending';
  return code.vpc && now - Math.max(lastInvokedAt, code.activeAt) > IDLE_MAX_MS ? 'Inactive' : 'Active';
}

function stateMembers(lifecycle: FunctionLifecycle): JsonObject {
  if (lifecycle === 'Pending') return { State: 'Pending', StateReason: BEING_CREATED, StateReasonCode: 'Creating' };
  if (lifecycle === 'Active') return { State: 'Active' };
  return { State: 'Inactive', StateReason: 'The function was not invoked for 14 days.', StateReasonCode: 'Idle' };
}

export const UPDATE_IN_PROGRESS: JsonObject = {
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: BEING_CREATED,
  LastUpdateStatusReasonCode: 'Creating',
};

export interface Moment {
  now: Ms;
  lastInvokedAt: Ms;
}

/** State and the status of the last update, which lists leave out. */
export function stateView(code: FunctionVersion, { now, lastInvokedAt }: Moment): JsonObject {
  const update = code.updatedAt !== null && now < code.updatedAt ? UPDATE_IN_PROGRESS : { LastUpdateStatus: 'Successful' };
  return { ...stateMembers(lifecycleOf(code, lastInvokedAt, now)), ...update };
}

export const PENDING_VIEW: JsonObject = stateMembers('Pending');

/** `qualifier`: what the ARN ends with; null for none. */
export function configurationView(code: FunctionVersion, qualifier: string | null): JsonObject {
  const region = parseArn(code.arn)?.region ?? '';
  return {
    FunctionName: code.functionName,
    FunctionArn: qualifiedArn(code.arn, qualifier),
    Runtime: code.runtime,
    Role: code.role,
    Handler: code.handler,
    CodeSize: code.codeSize,
    ...(code.layers.length > 0 ? { Layers: code.layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })) } : {}),
    Description: code.description,
    Timeout: code.timeoutMs / 1000,
    MemorySize: code.memoryMB,
    LastModified: lambdaDate(code.lastModifiedEpochMs),
    CodeSha256: code.codeSha256,
    Version: code.version,
    ...(code.vpc
      ? {
          VpcConfig: {
            SubnetIds: code.vpc.subnetIds,
            SecurityGroupIds: code.vpc.securityGroupIds,
            VpcId: '',
            Ipv6AllowedForDualStack: code.vpc.ipv6AllowedForDualStack,
          },
        }
      : {}),
    ...(code.deadLetterArn ? { DeadLetterConfig: { TargetArn: code.deadLetterArn } } : {}),
    ...(Object.keys(code.variables).length > 0 ? { Environment: { Variables: code.variables } } : {}),
    ...(code.kmsKeyArn ? { KMSKeyArn: code.kmsKeyArn } : {}),
    TracingConfig: { Mode: code.tracingMode },
    RevisionId: code.revisionId,
    PackageType: 'Zip',
    Architectures: [code.architecture],
    EphemeralStorage: { Size: code.ephemeralStorageMB },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(code.runtime, region) },
    LoggingConfig: {
      LogFormat: code.logFormat,
      ...(code.applicationLogLevel ? { ApplicationLogLevel: code.applicationLogLevel } : {}),
      ...(code.systemLogLevel ? { SystemLogLevel: code.systemLogLevel } : {}),
      LogGroup: code.logGroup,
    },
  };
}

/** What GetFunction shows of the package: a link that ends after ten minutes. Simplified: nothing answers there; AWS's leads to the package. */
export function codeLocation({ arn, functionName, codeSha256 }: FunctionVersion): JsonObject {
  const { region = '', account = '' } = parseArn(arn) ?? {};
  const key = encodeURIComponent(codeSha256);
  return {
    RepositoryType: 'S3',
    Location: `https://awslambda-${region}-tasks.s3.${region}.amazonaws.com/snapshots/${account}/${functionName}-${key}`,
  };
}

/** Lists leave the state and the runtime's version out. */
export function listItem(code: FunctionVersion, qualifier: string | null): JsonObject {
  const { RuntimeVersionConfig: _left, ...view } = configurationView(code, qualifier);
  return view;
}
