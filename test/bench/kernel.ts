// The kernel without user code: calls a second, bytes a fact, time to look back; and Lambda against the bare sandbox.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServiceName } from '../../sim/assemble';
import { createAws } from '../../sim/aws';
import type { JsonObject } from '../../sim/kernel/json';
import type { Service } from '../../sim/kernel/service';
import { type CallRequest, World } from '../../sim/kernel/world';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { InvocationContext } from '../../sim/sandbox/sandbox';

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function timeMs(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const counter: Service<{ counts: Record<string, number> }> = {
  prefix: 'counter',
  initial: () => ({ counts: {} }),
  actions: {
    Add: (_state, call, port) => {
      port.emit('counter:Added', call.resource, { by: 1 });
      return { ok: {} };
    },
  },
  apply: (state, fact) => {
    state.counts[fact.resource] = (state.counts[fact.resource] ?? 0) + 1;
  },
};

const limits = { factsMax: 1e7, callsMax: 1e7, agendaMax: 1e7 };
const createWorld = (): World =>
  new World({ services: [counter as Service], account: '111122223333', region: 'eu-west-1', seed: 1, startAtEpochMs: 0, limits });

const CALLS = 200_000;
const rates = Array.from({ length: 7 }, () => {
  const world = createWorld();
  for (let i = 0; i < CALLS; i++) world.schedule({ action: 'counter:Add', resource: `r${i % 100}`, input: {} }, i % 1000);
  return CALLS / (timeMs(() => world.runUntilIdle()) / 1000);
});
console.log(`kernel: ${Math.round(median(rates)).toLocaleString('en')} calls/s, each with one fact (median of ${rates.length})`);

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const kept = createWorld();
for (let i = 0; i < 100_000; i++) kept.schedule({ action: 'counter:Add', resource: `r${i % 100}`, input: {} }, i);
kept.runUntilIdle();
globalThis.gc?.();
console.log(`memory: ${Math.round((process.memoryUsage().heapUsed - before) / kept.trace.length)} bytes a fact`);
console.log(`stateAt, first look into ${kept.trace.length} facts: ${timeMs(() => kept.stateAt('counter', 99_000)).toFixed(1)} ms`);
const looks = Array.from({ length: 50 }, (_, i) => timeMs(() => kept.stateAt('counter', (i * 1_999) % 100_000)));
console.log(`stateAt, anywhere: ${median(looks).toFixed(2)} ms median, ${Math.max(...looks).toFixed(2)} ms at most`);

const wasm = path.resolve(import.meta.dirname, '../../generated/sandbox/quickjs-metered.wasm');
const sandboxes = await createSandboxFactory(readFileSync(wasm));
const code = "export const handler = async (event) => ({ greeting: 'hello ' + event.name, items: event.items.map((n) => n * 2) });";
const event = JSON.stringify({ name: 'bench', items: [1, 2, 3, 4, 5] });
const context: InvocationContext = {
  awsRequestId: 'b7d9a3a4-0000-4000-8000-000000000000',
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:bench',
  memoryLimitInMB: '1769',
  logGroupName: '/aws/lambda/bench',
  logStreamName: 'stream',
};
const bare = sandboxes.create({
  files: { 'index.mjs': code },
  handler: 'index.handler',
  memoryMB: 1769,
  environment: {},
  seed: 1,
  ephemeralStorageMB: 512,
});
bare.init({ startEpochMs: 0, deadlineEpochMs: 10_000 });
const time = { startEpochMs: 0, deadlineEpochMs: 3000 };

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:bench';
/** A world with one function. With IAM its role may write logs: refusals would be what is measured. */
function invokerIn(services: readonly ServiceName[]): () => void {
  const world = createAws({ sandboxes, seed: 1, limits, services });
  const must = (request: CallRequest): void => {
    const answer = world.call(request);
    if (!answer || 'fault' in answer) throw new Error(`${request.action}: ${JSON.stringify(answer)}`);
  };
  const mustIam = (operation: string, input: JsonObject): void => {
    const route = world.route('iam', operation, input);
    if (route) must({ ...route, input });
  };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  mustIam('CreateRole', { RoleName: 'bench', AssumeRolePolicyDocument: JSON.stringify(trust) });
  mustIam('AttachRolePolicy', { RoleName: 'bench', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
  must({
    action: 'lambda:CreateFunction',
    resource: functionArn,
    input: {
      FunctionName: 'bench',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::111122223333:role/bench',
      MemorySize: 1769,
      Code: { Files: { 'index.mjs': code } },
    },
  });
  return () => must({ action: 'lambda:InvokeFunction', resource: functionArn, input: { Payload: event } });
}

const worlds: [what: string, invoke: () => void][] = [
  ['the simulator', invokerIn(['lambda', 'logs'])],
  ['the simulator with IAM', invokerIn(['iam', 'lambda', 'logs'])],
];
const invokeBare = (): void => void bare.invoke(time, event, context);
for (let i = 0; i < 500; i++) for (const invoke of [invokeBare, worlds[0]?.[1], worlds[1]?.[1]]) invoke?.();
const ROUND = 500;
const roundMs = (invoke: () => void): number =>
  timeMs(() => {
    for (let i = 0; i < ROUND; i++) invoke();
  });
for (const [what, invoke] of worlds) {
  const pairs = Array.from({ length: 9 }, () => ({ bareMs: roundMs(invokeBare), worldMs: roundMs(invoke) }));
  const bareMs = median(pairs.map((pair) => pair.bareMs)) / ROUND;
  const worldMs = median(pairs.map((pair) => pair.worldMs)) / ROUND;
  const ratio = median(pairs.map((pair) => pair.worldMs / pair.bareMs));
  console.log(`warm invocation: bare sandbox ${bareMs.toFixed(4)} ms, through ${what} ${worldMs.toFixed(4)} ms, ratio ${ratio.toFixed(2)}`);
}
