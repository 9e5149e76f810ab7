// A thousand random worlds: `npm run bench replay`. Fails when one breaks a law or when Chromium's bytes differ from Node's.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSandboxFactory } from '../../sim/sandbox/factory';
import { hashesInChromium } from '../replay/chromium';
import { stories } from '../replay/story';
import { judge } from '../replay/verdict';

const WORLDS = Number(process.env.WORLDS ?? 1000);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

const wasm = readFileSync(path.resolve(import.meta.dirname, '../../generated/sandbox/quickjs-metered.wasm'));
const sandboxes = await createSandboxFactory(wasm);
const told = stories(WORLDS, SEED);
console.log(`${WORLDS} worlds of seed ${SEED}: WORLDS and SEED in the environment play others, or these again.`);

// The browser first: its bundle is then of the same moment as this process.
const hashes = await hashesInChromium(told);
const started = performance.now();
const verdicts = told.map((story) => judge(story, sandboxes));
const inNodeMs = performance.now() - started;
const facts = verdicts.reduce((sum, verdict) => sum + verdict.facts, 0);
console.log(
  `Node.js: ${facts} facts in ${Math.round(inNodeMs)} ms; ${verdicts.filter(({ isWhole }) => !isWhole).length} worlds reached a limit.`,
);
const different = verdicts.flatMap(({ hash }, i) => (hash === hashes[i] ? [] : [i]));
console.log(
  `Chromium: ${different.length === 0 ? 'the same bytes in every world' : `other bytes in worlds ${different.slice(0, 10).join(', ')}`}.`,
);

const lawless = verdicts.flatMap(({ breaches }, i) => breaches.map((breach) => `World ${i}: ${breach}`));
for (const breach of lawless.slice(0, 20)) console.error(breach);
console.log(lawless.length === 0 ? 'No law is broken.' : `${lawless.length} breaches of laws.`);
process.exitCode = different.length + lawless.length === 0 ? 0 : 1;
