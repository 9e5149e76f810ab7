// Puts services and guards together into a world with AWS in it. Which services those are, the caller says.

import { explain } from './explain/explain';
import type { Explanation } from './explain/explanation';
import type { Fact } from './kernel/fact';
import type { WorldLimits } from './kernel/limits';
import type { Service } from './kernel/service';
import { World } from './kernel/world';
import type { SandboxFactory } from './sandbox/sandbox';
import { injectFaults } from './services/fis/service';
import { authorize } from './services/iam/guard';
import type { Organization } from './services/iam/organization';
import type { HostScript } from './services/internet/host';

export interface AwsOptions {
  /** Where functions run. A world without them holds functions but cannot start one. */
  sandboxes?: SandboxFactory;
  /** A 32-bit integer: the same seed, files and calls give the same trace, byte for byte. Default: 1. */
  seed?: number;
  /** The account of calls whose resource names none: twelve digits. Default: 111122223333, one that AWS's own examples use. */
  account?: string;
  /** Default: eu-west-1. Calls may name resources of any account and Region. */
  region?: string;
  /** Virtual time 0: Unix milliseconds, a Date, or ISO 8601 text. Default: 2 November 2026, 10:00 UTC, a Monday. */
  startAt?: number | string | Date;
  limits?: Partial<WorldLimits>;
  /** Hosts outside AWS by address. More may be added until a first request reaches them. */
  hosts?: Record<string, HostScript>;
  /** The organisation that the accounts belong to, with its service and resource control policies. Default: none. */
  organization?: Organization;
  /** Only these. A world without `iam` lets everybody do everything. Default: all that the assembly has. */
  services?: readonly ServiceName[];
  /** Called with every fact as it is added. */
  onFact?: (fact: Fact) => void;
}

/** IAM's prefixes of the services in this simulator, and its two devices: injected faults and the internet. */
export const SERVICE_NAMES = [
  'fis',
  'internet',
  'iam',
  'sts',
  'logs',
  'kms',
  'sqs',
  'sns',
  'events',
  'dynamodb',
  'kinesis',
  'lambda',
  'cloudwatch',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What services are made with. */
export interface Parts {
  sandboxes: SandboxFactory;
  hosts: Record<string, HostScript>;
  organization?: Organization;
}

export type ServiceMaker = (parts: Parts) => unknown;

/** The world, and the reasons for what happened in it. */
export class Aws extends World {
  /** Why fact `seq` happened: the policy, pattern, limit or schedule behind it. Throws a RangeError when the trace has no such fact. */
  explain(seq: number): Explanation {
    return explain(this, seq);
  }
}

export type CreateAws = (options?: AwsOptions) => Aws;

/** In the world of every template, whatever it names. */
export const EVERYWHERE: readonly ServiceName[] = ['fis', 'internet', 'iam', 'logs'];

const MONDAY = Date.UTC(2026, 10, 2, 10);

const NO_SANDBOXES: SandboxFactory = {
  runtimeVersion: 'none',
  create: () => {
    throw new Error('This world cannot run functions: give createAws the sandboxes that createSandboxFactory makes.');
  },
};

export function assembleAws(makers: Partial<Record<ServiceName, ServiceMaker>>, options: AwsOptions): Aws {
  const { seed = 1, account = '111122223333', region = 'eu-west-1', startAt = MONDAY, services, organization } = options;
  if (!/^\d{12}$/.test(account)) throw new RangeError(`An account has twelve digits, unlike "${account}".`);
  const parts: Parts = {
    sandboxes: options.sandboxes ?? NO_SANDBOXES,
    hosts: options.hosts ?? {},
    ...(organization ? { organization } : {}),
  };
  const wanted = SERVICE_NAMES.filter((name) => makers[name] && (!services || isDevice(name) || services.includes(name)));
  return new Aws({
    services: wanted.map((name) => makers[name]?.(parts) as Service),
    guards: [authorize, injectFaults],
    account,
    region,
    seed,
    startAtEpochMs: epochMsOf(startAt),
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.onFact ? { onFact: options.onFact } : {}),
  });
}

/** What is no service of AWS is in every world. */
export function isDevice(name: ServiceName): boolean {
  return name === 'fis' || name === 'internet';
}

function epochMsOf(startAt: number | string | Date): number {
  const epochMs = typeof startAt === 'number' ? startAt : typeof startAt === 'string' ? Date.parse(startAt) : startAt.getTime();
  if (!Number.isFinite(epochMs)) throw new RangeError(`A world starts at a time such as 2026-11-02T10:00:00Z, not at "${startAt}".`);
  return epochMs;
}
