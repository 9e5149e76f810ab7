// Creates execution environments from the metered engine. The caller brings the bytes of generated/sandbox/quickjs-metered.wasm, by
// whatever means its platform has; the guest runtime and its version travel inside that file.
import { EnginePool, type RuntimeBundle } from './engine-pool';
import { Environment } from './environment';
import { PACKAGE_CHARS_MAX } from './limits';
import { LoadedCodes } from './loaded-code';
import type { Sandbox, SandboxFactory, SandboxSpec } from './sandbox';
import { SourceTexts } from './source-text';

const BUNDLE_SECTION = 'coldstart-runtime';

/** Compiles once; after that everything is synchronous. One factory belongs to one thread. */
export async function createSandboxFactory(wasm: WebAssembly.Module | BufferSource): Promise<SandboxFactory> {
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  const section = WebAssembly.Module.customSections(module, BUNDLE_SECTION)[0];
  if (!section) throw new Error('This WebAssembly file is not the sandbox engine: build it with `node scripts/build-sandbox.mjs`.');
  const bundle = JSON.parse(new TextDecoder().decode(section)) as RuntimeBundle;
  const pool = new EnginePool(module, bundle);
  const sources = new SourceTexts();
  const loaded = new LoadedCodes();
  return {
    runtimeVersion: bundle.runtimeVersion,
    create(spec: SandboxSpec): Sandbox {
      checkSpec(spec);
      return new Environment(spec, pool, sources, loaded);
    },
  };
}

function checkSpec({ files, memoryMB, ephemeralStorageMB, seed }: SandboxSpec): void {
  if (!(memoryMB >= 128 && memoryMB <= 10_240)) throw new RangeError(`Memory is 128 to 10,240 MB, not ${memoryMB}.`);
  if (!(ephemeralStorageMB >= 512 && ephemeralStorageMB <= 10_240))
    throw new RangeError(`Ephemeral storage is 512 to 10,240 MB, not ${ephemeralStorageMB}.`);
  if (!Number.isInteger(seed)) throw new RangeError(`The seed is an integer, not ${seed}.`);
  const chars = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (chars > PACKAGE_CHARS_MAX)
    throw new RangeError(`The deployment package has ${chars} characters; this simulator takes ${PACKAGE_CHARS_MAX}.`);
}
