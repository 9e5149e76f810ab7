// The suite in a browser's worker: as the workbench runs a lab. Posts one record after the other.
import { createSandboxFactory } from '../../sim/sandbox/factory';
import { programs, runProgram } from './suite';

const port = globalThis as unknown as { postMessage(message: unknown): void };

async function main(): Promise<void> {
  const factory = await createSandboxFactory(await (await fetch('/engine.wasm')).arrayBuffer());
  const records = Object.entries(programs()).map(([name, program]) => runProgram(factory, name, program));
  port.postMessage({ runtimeVersion: factory.runtimeVersion, records });
}

main().catch((error: unknown) => port.postMessage({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }));
