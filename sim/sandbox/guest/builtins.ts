// Built-in modules by name. Clients of the AWS SDK are built when they are first asked for.
import { sdkModule } from './aws-sdk';
import type { NODE_MODULES } from './builtin-modules';
import { documentClientModule, utilDynamoDbModule } from './document-client';

export type NodeModuleName = (typeof NODE_MODULES)[number];

const modules = new Map<string, object>();

export function registerModule(name: NodeModuleName, module: object): void {
  modules.set(`node:${name}`, module);
}

function libraryModule(name: string): object | undefined {
  if (name === '@aws-sdk/lib-dynamodb') return documentClientModule();
  return name === '@aws-sdk/util-dynamodb' ? utilDynamoDbModule : undefined;
}

/** The module by its full name: `node:fs`, `@aws-sdk/client-sqs`. */
export function builtinModule(name: string): unknown {
  const known = modules.get(name);
  if (known) return known;
  const built = libraryModule(name) ?? sdkModule(name);
  if (built) modules.set(name, built);
  return built;
}

/** Names that each module of Node.js exports, for the host to write the module that re-exports them. */
export function nodeExportNames(): Record<string, string[]> {
  return Object.fromEntries([...modules].map(([name, module]) => [name, Object.keys(module)]));
}
