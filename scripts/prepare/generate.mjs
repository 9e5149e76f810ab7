// The generated folder: Prisma's client, the metered sandbox, the manifests of lessons, questions and labs. Each is made anew when its sources changed.
import { join } from 'node:path';
import { Problem } from '../../server/database/problem.mjs';
import { runNode } from './child.mjs';
import { inputsOf } from './inputs.mjs';

const steps = [
  {
    name: 'database-client',
    what: 'the database client',
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json', 'scripts/prisma-generate.mjs'],
    outputs: ['generated/prisma/client.ts'],
    script: 'scripts/prisma-generate.mjs',
  },
  {
    name: 'sandbox',
    what: 'the sandbox',
    inputs: ['scripts/build-sandbox.mjs', 'sim/sandbox', 'package-lock.json'],
    outputs: ['generated/sandbox/quickjs-metered.wasm'],
    script: 'scripts/build-sandbox.mjs',
  },
  {
    name: 'content',
    what: 'the manifests of lessons and labs',
    inputs: ['scripts/generate.ts', 'content', 'labs', 'server/content', 'sim', 'package-lock.json'],
    outputs: ['generated/content/lessons.ts', 'generated/content/labs.ts'],
    script: 'scripts/generate.ts',
  },
];

/**
 * @param {string} root
 * @param {(sentence: string) => void} say
 */
export async function ensureGenerated(root, say) {
  for (const { name, what, inputs, outputs, script } of steps) {
    const files = inputsOf({ root, name, inputs, outputs, recordFolder: join(root, '.coldstart/inputs') });
    if (!files.changed) continue;
    say(`Generating ${what}.`);
    files.forget();
    const args = script.endsWith('.ts') ? [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, script)] : [join(root, script)];
    const [first = '', ...rest] = args;
    const { code, output } = await runNode(first, rest, { cwd: root });
    if (code !== 0) throw new Problem(`${output.trim()}\nGenerating ${what} failed: correct what is said above, and start again.`);
    files.remember();
  }
}
