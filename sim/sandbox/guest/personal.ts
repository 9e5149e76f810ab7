// What one environment has of its own among those of the same code and configuration: the seed of its chance, the time of its start,
// and one variable. Static code that looks at none of these does the same in all of them, and need not run again.

/** The reserved variable whose value differs between environments. */
export const PERSONAL_VARIABLE = 'AWS_LAMBDA_LOG_STREAM_NAME';

let isLookedAt = false;

export function lookAtItself(): void {
  isLookedAt = true;
}

/** Entry point of the host. Looking at the clock needs the host, which knows of it. */
export function hasLookedAtItself(): number {
  return isLookedAt ? 1 : 0;
}
