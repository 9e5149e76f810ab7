// A world with AWS in it: the services, the guards before them, one account in one Region.
import type { WorldLimits } from './kernel/limits';
import { World } from './kernel/world';
import type { SandboxFactory } from './sandbox/sandbox';
import { createFis, injectFaults } from './services/fis/service';
import type { HostScript } from './services/internet/host';
import { createInternet } from './services/internet/service';
import { createLambda } from './services/lambda/service';
import { createLogs } from './services/logs/service';
import { createSqs } from './services/sqs/service';

export interface AwsOptions {
  sandboxes: SandboxFactory;
  /** A 32-bit integer: the same seed, files and calls give the same trace, byte for byte. */
  seed: number;
  /** Twelve digits. Default: 111122223333, one of the accounts that AWS's own examples use. */
  account?: string;
  /** Default: eu-west-1. */
  region?: string;
  /** Unix milliseconds at virtual time 0. Default: 2 November 2026, 10:00 UTC, a Monday. */
  startAtEpochMs?: number;
  limits?: Partial<WorldLimits>;
  /** Hosts outside AWS by address. More may be added until a first request reaches them. */
  hosts?: Record<string, HostScript>;
  onFact?: ConstructorParameters<typeof World>[0]['onFact'];
}

export function createAws(options: AwsOptions): World {
  const { sandboxes, seed, account = '111122223333', region = 'eu-west-1', startAtEpochMs = 1_793_613_600_000 } = options;
  return new World({
    services: [createFis(), createInternet(options.hosts ?? {}), createLogs(), createSqs(), createLambda({ sandboxes })],
    guards: [injectFaults],
    account,
    region,
    seed,
    startAtEpochMs,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.onFact ? { onFact: options.onFact } : {}),
  });
}
