// `require`: CommonJS modules of the deployment package and built-in modules. https://nodejs.org/api/modules.html
import { builtinModule } from './builtins';
import { markAsScript, nodeError, wrongArgument } from './errors';
import { apply, host, parse, stringify } from './host';

interface Module {
  id: string;
  filename: string;
  loaded: boolean;
  exports: unknown;
  require: (specifier: string) => unknown;
}

const cache: Record<string, Module> = Object.create(null);

/** A module's exports, loaded at most once. */
export function requireFile(path: string, kind: string, from: string): unknown {
  const known = cache[path];
  if (known) return known.exports;
  if (kind === 'module') {
    const message = `require() of ES Module ${path} from ${from} not supported.\nInstead change the require of ${path} in ${from} to a dynamic import() which is available in all CommonJS modules.`;
    throw nodeError(Error, 'ERR_REQUIRE_ESM', message);
  }
  const require = makeRequire(path);
  const module: Module = { id: path, filename: path, loaded: false, exports: {}, require };
  cache[path] = module;
  try {
    if (kind === 'json') module.exports = readJson(path);
    else {
      markAsScript(path);
      const wrapped = host.compile(path);
      apply(wrapped, module.exports, [module.exports, require, module, path, path.slice(0, path.lastIndexOf('/'))]);
    }
    module.loaded = true;
  } finally {
    if (!module.loaded) delete cache[path];
  }
  return module.exports;
}

function readJson(path: string): unknown {
  const text = parse(host.readFile(path) ?? '""') as string;
  try {
    return parse(text);
  } catch (error) {
    throw new SyntaxError(`${path}: ${error instanceof Error ? error.message : 'invalid JSON'}`);
  }
}

export function makeRequire(from: string) {
  const resolve = (specifier: unknown): { path: string; kind: string } => {
    if (typeof specifier !== 'string') {
      throw wrongArgument('id', 'of type string', specifier);
    }
    return parse(host.resolve(stringify(specifier), from, 'require')) as { path: string; kind: string };
  };
  const require = (specifier: string): unknown => {
    const { path, kind } = resolve(specifier);
    return kind === 'builtin' ? builtinModule(path) : requireFile(path, kind, from);
  };
  return Object.assign(require, { resolve: (specifier: string) => resolve(specifier).path, cache, main: undefined });
}

/** For modules that import a CommonJS file: the host has already found out what the file is. */
export function requireForImport(path: string): unknown {
  return requireFile(path, 'script', path);
}
