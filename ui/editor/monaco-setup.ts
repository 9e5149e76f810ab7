// Monaco with the parts that the labs need, from our own origin: JavaScript and TypeScript with types, JSON, YAML.
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import * as json from 'monaco-editor/languages/features/json/register';
import * as typescript from 'monaco-editor/languages/features/typescript/register';
import { LAMBDA_TYPES } from './lambda-types';

function createWorker(label: string): Worker {
  if (label === 'typescript' || label === 'javascript') {
    return new Worker(new URL('monaco-editor/language/typescript/ts.worker.js', import.meta.url), { type: 'module' });
  }
  if (label === 'json') return new Worker(new URL('monaco-editor/language/json/json.worker.js', import.meta.url), { type: 'module' });
  return new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), { type: 'module' });
}

Object.assign(globalThis, { MonacoEnvironment: { getWorker: (_id: string, label: string) => createWorker(label) } });

for (const defaults of [typescript.javascriptDefaults, typescript.typescriptDefaults]) {
  defaults.setCompilerOptions({
    target: typescript.ScriptTarget.ES2020,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeJs,
    lib: ['es2022'],
    allowJs: true,
    checkJs: true,
    allowNonTsExtensions: true,
    noEmit: true,
    strict: false,
  });
  defaults.setDiagnosticsOptions({
    noSemanticValidation: false,
    noSyntaxValidation: false,
    // 7016: a module without types; 80001: CommonJS is fine here; 7044 to 7050: guesses about missing types.
    diagnosticCodesToIgnore: [7016, 80001, 7044, 7045, 7046, 7047, 7048, 7049, 7050],
  });
  defaults.setEagerModelSync(true);
  for (const [name, text] of Object.entries(LAMBDA_TYPES)) defaults.addExtraLib(text, `file:///types/${name}`);
}

json.jsonDefaults.setDiagnosticsOptions({ validate: true, allowComments: false, schemas: [] });

export * as monaco from 'monaco-editor/editor';
