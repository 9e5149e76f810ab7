// Runs every hostile program in an environment of its own, by a fixed script, and records what came of it.
// The same file runs in Node.js and in a browser: the records must be equal, fuel and text included.
import type { Sandbox, SandboxFactory, Slice } from '../../sim/sandbox/sandbox';
import { BIG_DATA, HOSTILE_EXPRESSIONS } from './hostile-expressions';
import { HOSTILE_HANDLERS, type HostileHandler } from './hostile-handlers';

export interface SuiteRecord {
  name: string;
  /** One entry a slice: how it ended, fuel, memory. */
  slices: string[];
  /** Hash of all outputs as JSON. */
  outputs: string;
  /** What it came to, shortened, for people. */
  summary: string;
}

const START = Date.UTC(2026, 10, 2, 10, 0, 0);
/** At one vCPU: a program that does not stop by itself costs a twenty-fifth of a second. */
const DEADLINE_MS = 40;
const INIT_MS = 160;
/** How many answers and timers the script gives to one program. */
const STEPS_MAX = 6;

const context = {
  awsRequestId: '8a4b0c5e-0000-4000-8000-000000000001',
  functionName: 'hostile',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:hostile',
  memoryLimitInMB: '1769',
  logGroupName: '/aws/lambda/hostile',
  logStreamName: '2026/11/02/[$LATEST]0000',
};

export function programs(): Record<string, HostileHandler> {
  const expressions = Object.entries(HOSTILE_EXPRESSIONS).map(([name, source]): [string, HostileHandler] => [
    name,
    {
      files: {
        'index.mjs': `${name.includes('5MB') ? BIG_DATA : ''}\nexport const handler = async () => String((0, eval)(${JSON.stringify(source)}));`,
      },
    },
  ]);
  return { ...Object.fromEntries(expressions), ...HOSTILE_HANDLERS };
}

export function runProgram(factory: SandboxFactory, name: string, program: HostileHandler): SuiteRecord {
  const sandbox = factory.create({
    files: program.files,
    handler: program.handler ?? 'index.handler',
    memoryMB: 1769,
    environment: { AWS_REGION: 'eu-west-1' },
    seed: 42,
    ephemeralStorageMB: 512,
  });
  const slices: Slice[] = [sandbox.init({ startEpochMs: START, deadlineEpochMs: START + INIT_MS })];
  if (isReady(slices)) drive(sandbox, slices, program.event ?? '{"n":1}');
  sandbox.dispose();
  const outputs = slices.flatMap((slice) => slice.outputs);
  const last = outputs.findLast((output) => output.type === 'result' || output.type === 'failed' || output.type === 'init-failed');
  return {
    name,
    slices: slices.map(
      ({ ended, fuel, maxMemoryUsedMB, cpuMs }) =>
        `${ended.end} fuel=${fuel} cpu=${cpuMs} mem=${maxMemoryUsedMB}${ended.end === 'exited' ? ` code=${ended.exitCode}` : ''}`,
    ),
    outputs: hash(JSON.stringify(outputs)),
    summary: JSON.stringify(last ?? outputs.at(-1) ?? null).slice(0, 400),
  };
}

function isReady(slices: Slice[]): boolean {
  const last = slices.at(-1);
  return last?.ended.end === 'waiting' && last.outputs.some((output) => output.type === 'ready');
}

function drive(sandbox: Sandbox, slices: Slice[], event: string): void {
  const time = (step: number) => ({ startEpochMs: START + 1000 + step, deadlineEpochMs: START + 1000 + step + DEADLINE_MS });
  const waiting: { type: 'request' | 'fetch' | 'timer-set'; id: number }[] = [];
  const keep = (slice: Slice) => {
    slices.push(slice);
    for (const output of slice.outputs)
      if (output.type === 'request' || output.type === 'fetch' || output.type === 'timer-set') waiting.push(output);
    return slice.ended.end === 'waiting';
  };
  if (!keep(sandbox.invoke(time(0), event, context))) return;
  for (let step = 1; step <= STEPS_MAX; step++) {
    const next = waiting.shift();
    if (!next) break;
    const isAlive =
      next.type === 'timer-set'
        ? keep(sandbox.fireTimer(time(step), next.id))
        : keep(
            sandbox.resume(
              time(step),
              next.id,
              next.type === 'fetch' ? { ok: true, body: '{"status":200,"body":"{}"}' } : { ok: true, body: '{"MessageId":"m"}' },
            ),
          );
    if (!isAlive) return;
  }
  keep(sandbox.invoke(time(STEPS_MAX + 1), event, context));
}

/** FNV-1a, 2 × 32 bits. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(at), 0x85ebca6b);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
