// What the sandbox costs: `npx tsx test/bench/sandbox.ts`. Medians of many runs, in milliseconds of this machine.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { InvocationContext, Sandbox, SandboxSpec } from '../../sim/sandbox/sandbox';

const wasm = readFileSync(path.resolve(import.meta.dirname, '../../generated/sandbox/quickjs-metered.wasm'));

/** About 2 KB, as a learner's handler in the first lab. */
const HANDLER = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
const sqs = new SQSClient({});
const queueUrl = process.env.QUEUE_URL;
const seen = new Map();
${Array.from({ length: 12 }, (_, i) => `function rule${i}(order) { return order.lines.reduce((sum, line) => sum + line.quantity * line.price * ${i}, 0) > ${i * 10}; }`).join('\n')}
export const handler = async (event) => {
  console.log('order', event.orderId, 'lines', event.lines.length);
  if (seen.has(event.orderId)) return { status: 'duplicate', orderId: event.orderId };
  seen.set(event.orderId, event.at);
  const total = event.lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
  if (event.ship) await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ total, id: event.orderId }) }));
  return { status: 'charged', orderId: event.orderId, total, rules: [rule1(event), rule2(event)] };
};`;

const spec: SandboxSpec = {
  files: { 'index.mjs': HANDLER },
  handler: 'index.handler',
  memoryMB: 128,
  environment: { AWS_REGION: 'eu-west-1', QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/shipping' },
  seed: 1,
  ephemeralStorageMB: 512,
};
const context: InvocationContext = {
  awsRequestId: 'r',
  functionName: 'f',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'a',
  memoryLimitInMB: '128',
  logGroupName: 'g',
  logStreamName: 's',
};
const time = { startEpochMs: 1_793_613_600_000, deadlineEpochMs: 1_793_613_603_000 };
const event = (n: number, ship: boolean) =>
  JSON.stringify({
    orderId: `o-${n}`,
    at: n,
    ship,
    lines: [
      { sku: 'a', quantity: 2, price: 12.5 },
      { sku: 'b', quantity: 1, price: 3 },
    ],
  });

function median(runs: number, measure: (run: number) => number): number {
  const times = Array.from({ length: runs }, (_, run) => measure(run)).sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
}

function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

const factoryMs: number[] = [];
let factory = await createSandboxFactory(wasm);
for (let i = 0; i < 5; i++) {
  const from = performance.now();
  factory = await createSandboxFactory(wasm);
  factoryMs.push(performance.now() - from);
}

function started(): Sandbox {
  const sandbox = factory.create(spec);
  sandbox.init(time);
  return sandbox;
}

for (let i = 0; i < 200; i++) {
  const sandbox = started();
  sandbox.invoke(time, event(i, false), context);
  sandbox.dispose();
}
const empty: SandboxSpec = { ...spec, files: { 'index.mjs': 'export const handler = async () => 1;' } };
const coldEmpty = median(300, () =>
  timed(() => {
    const sandbox = factory.create(empty);
    sandbox.init(time);
    sandbox.dispose();
  }),
);
const cold = median(300, () => timed(() => started().dispose()));
const warm = started();
const invocation = median(2000, (run) => timed(() => void warm.invoke(time, event(run, false), context)));
const withRequest = median(1000, (run) =>
  timed(() => {
    const slice = warm.invoke(time, event(10_000 + run, true), context);
    const request = slice.outputs.find((output) => output.type === 'request');
    if (request) warm.resume(time, request.id, { ok: true, body: '{"MessageId":"m"}' });
  }),
);
warm.dispose();
const loop = factory.create({
  ...spec,
  memoryMB: 1769,
  files: { 'index.mjs': 'export const handler = async () => { let n = 0; for (;;) n = (n * 31 + 7) % 1000003; };' },
});
loop.init(time);
const from = performance.now();
const { fuel } = loop.invoke({ startEpochMs: 0, deadlineEpochMs: 250 }, '{}', context);
const nsPerFuel = ((performance.now() - from) * 1e6) / fuel;

const rows: [string, string][] = [
  ['factory: compile, start the runtime, take its image', `${(factoryMs.sort((a, b) => a - b)[2] ?? 0).toFixed(1)} ms`],
  ['environment with an empty handler: create, init, dispose', `${coldEmpty.toFixed(3)} ms`],
  ['environment with a 2 KB handler and a client of the SDK', `${cold.toFixed(3)} ms`],
  ['warm invocation: one log line, no service', `${invocation.toFixed(3)} ms`],
  ['warm invocation: one log line, one service call (two slices)', `${withRequest.toFixed(3)} ms`],
  ['slices a second', `${Math.round(1000 / invocation)}`],
  ['one unit of fuel in a loop', `${nsPerFuel.toFixed(2)} ns`],
];
for (const [what, figure] of rows) console.log(`${what.padEnd(64)} ${figure}`);
