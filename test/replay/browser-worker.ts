// Stories in a browser's worker, as a page plays a lab. Posts one hash a story.
import { createSandboxFactory } from '../../sim/sandbox/factory';
import type { Story } from './story';
import { judge } from './verdict';

const port = globalThis as unknown as { postMessage(message: unknown): void };

async function main(): Promise<void> {
  const factory = await createSandboxFactory(await (await fetch('/engine.wasm')).arrayBuffer());
  const stories = (await (await fetch('/stories.json')).json()) as Story[];
  port.postMessage({ hashes: stories.map((story) => judge(story, factory).hash) });
}

main().catch((error: unknown) => port.postMessage({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }));
