// From a file of the package to what the engine evaluates: types stripped, CommonJS wrapped, data and built-in modules as modules.
import { transform } from 'sucrase';
import { GuestError } from './engine';
import { builtinName, type PackageFiles } from './package-files';

/** Stands before a CommonJS file on its first line; positions in traces are corrected by its length. */
export const SCRIPT_HEAD = '(function(exports,require,module,__filename,__dirname){';
const NAMESPACE = /^[ \t]*(?:export\s+)?(?:namespace|module)\s+[\w.]+\s*\{/m;
/** Deeper nesting could exhaust the stack of the machine that strips the types. */
const TYPE_NESTING_MAX = 400;
const STRIPPED_MAX = 200;

/** Turns files into source text; one for all environments of a factory, since they load the same files again and again. */
export class SourceTexts {
  private readonly stripped = new Map<string, string>();

  scriptSource(path: string, files: PackageFiles): string {
    return `${SCRIPT_HEAD}${this.code(path, files)}\n})`;
  }

  moduleSource(name: string, files: PackageFiles, exportNames: (module: string) => readonly string[]): string {
    if (builtinName(name) === name) return reExport(`__coldstart.builtin(${JSON.stringify(name)})`, exportNames(name));
    const kind = files.kindOf(name);
    if (kind === 'json') return `export default ${checkedJson(name, files.text(name) ?? '')};`;
    const code = this.code(name, files);
    if (kind === 'script') return reExport(`__coldstart.require(${JSON.stringify(name)})`, scriptExports(code));
    return replaceImportMeta(code, name);
  }

  /** The lines that positions in traces refer to. */
  linesOf(path: string, files: PackageFiles): readonly string[] {
    try {
      return this.code(path, files).split('\n');
    } catch {
      return [];
    }
  }

  private code(path: string, files: PackageFiles): string {
    const text = files.text(path);
    if (text === undefined) throw new GuestError(`Cannot find module '${path}'`, 'Error', 'MODULE_NOT_FOUND');
    if (text.includes('\0')) throw new GuestError('Invalid or unexpected token', 'SyntaxError');
    const source = text.startsWith('#!') ? `//${text}` : text.replace(/^\uFEFF/, '');
    return /\.[mc]?ts$/.test(path) ? this.strip(path, source) : source;
  }

  private strip(path: string, source: string): string {
    const key = `${path}\n${source}`;
    const known = this.stripped.get(key);
    if (known !== undefined) return known;
    const made = stripTypes(path, source);
    if (this.stripped.size >= STRIPPED_MAX) this.stripped.clear();
    this.stripped.set(key, made);
    return made;
  }
}

/** Removes types and keeps every line where it is. */
export function stripTypes(path: string, source: string): string {
  const namespace = NAMESPACE.exec(source);
  if (namespace) {
    const line = source.slice(0, namespace.index + namespace[0].length).split('\n').length;
    throw new GuestError(`TypeScript namespaces are not supported here, use a module instead (${path}:${line})`, 'SyntaxError');
  }
  if (nesting(source) > TYPE_NESTING_MAX)
    throw new GuestError(`The brackets of ${path} are nested more than ${TYPE_NESTING_MAX} deep`, 'SyntaxError');
  try {
    return transform(source, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /^(?:Error transforming [^:]*: )?(.*?) \((\d+):(\d+)\)$/s.exec(message);
    throw new GuestError(
      position ? `${position[1]} (${path}:${position[2]}:${position[3]})` : `${path} cannot be read as TypeScript`,
      'SyntaxError',
    );
  }
}

function nesting(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if (character === '(' || character === '[' || character === '{' || character === '<') deepest = Math.max(deepest, ++depth);
    else if (character === ')' || character === ']' || character === '}' || character === '>') depth--;
  }
  return deepest;
}

function checkedJson(path: string, text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new GuestError(`${path}: this file is not valid JSON`, 'SyntaxError');
  }
}

/** A module that gives out a value's members under their names and the value itself as default. */
function reExport(expression: string, names: readonly string[]): string {
  const unique = [...new Set(names)].filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default');
  const members = unique.map((name, index) => `const e${index}=m[${JSON.stringify(name)}];export{e${index} as ${name}};`);
  return `const m=globalThis.${expression};export default m;${members.join('')}`;
}

/** Names that a CommonJS file assigns, as far as they can be seen without running it. */
function scriptExports(code: string): string[] {
  const names = [...code.matchAll(/\bexports\.([\w$]+)\s*=[^=]/g)].map((match) => match[1] ?? '');
  for (const literal of code.matchAll(/\bmodule\.exports\s*=\s*\{([^{}]*)\}/g)) {
    names.push(...(literal[1] ?? '').split(',').map((entry) => (entry.split(':')[0] ?? '').trim()));
  }
  return names;
}

/** QuickJS leaves `import.meta` empty. */
function replaceImportMeta(code: string, path: string): string {
  if (!code.includes('import.meta')) return code;
  const values: Record<string, string> = { url: `file://${path}`, filename: path, dirname: path.slice(0, path.lastIndexOf('/')) };
  return code.replace(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, name: string) => JSON.stringify(values[name]));
}
