// What must never reach a browser before its time, and where to look for it: quiz keys, hidden checks, solutions.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Secret {
  /** Where it is written: the file that it comes from. */
  from: string;
  /** As the author wrote it; found however JSON or HTML escapes it. */
  text: string;
}

export interface Sent {
  where: string;
  text: string;
}

export interface Leak {
  where: string;
  secret: Secret;
}

/** Shorter texts occur by chance. */
const charactersMin = 24;
const sentKinds = /\.(html|rsc|js|mjs|css|json|map|txt|body|meta)$/;

export function findLeaks(secrets: readonly Secret[], sent: readonly Sent[]): Leak[] {
  const needles = secrets.map((secret) => ({ secret, plain: plain(secret.text) }));
  return sent.flatMap(({ where, text }) => {
    // Once with and once without what looks like a tag: in JavaScript it is text, in HTML a mark inside of a sentence.
    const haystacks = [plain(text), plain(text.replace(/<\/?[a-z][^>]*>/gi, ' '))];
    return needles
      .filter((needle) => haystacks.some((haystack) => haystack.includes(needle.plain)))
      .map(({ secret }) => ({ where, secret }));
  });
}

/** Letters and digits only: the same whichever way quotes, entities, markdown and line ends are written. */
function plain(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, ' ')
    .replace(/&(?:[a-z]+|#x?[0-9a-f]+);/gi, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/** Everything secret in the project's content and labs. What lessons, questions or open lab files say too is no secret of a lab. */
export function readSecrets(
  root: string,
  keys: Iterable<{ id: string; options: { because: string }[]; explanation: string | null }>,
  publicQuestions: object,
): Secret[] {
  const secrets: Secret[] = [];
  for (const { id, options, explanation } of keys) {
    for (const { because } of options) secrets.push({ from: `question ${id}`, text: because });
    if (explanation !== null) secrets.push({ from: `question ${id}`, text: explanation });
  }
  const lessons = filesIn(path.join(root, 'content')).filter((file) => file.endsWith('.mdx'));
  const taught = [...lessons.map((file) => readFileSync(file, 'utf8')), JSON.stringify(publicQuestions)].map(plain).join('\n');
  const labs = foldersIn(path.join(root, 'labs')).map((slug) => {
    const folder = path.join(root, 'labs', slug);
    const files = filesIn(folder).map((file) => ({
      name: path.relative(folder, file).split(path.sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
    return { slug, secret: files.filter(({ name }) => isSecret(name)), open: files.filter(({ name }) => !isSecret(name)) };
  });
  // What one lab shows, another cannot hide.
  const open = labs.flatMap((lab) => lab.open.map(({ text }) => plain(text))).join('\n');
  for (const { slug, secret } of labs) {
    for (const { name, text } of secret) {
      const parts = name === 'hidden.ts' ? literalsOf(text) : text.split('\n').map((line) => line.trim());
      for (const part of parts)
        if (part.length >= charactersMin && !open.includes(plain(part)) && !taught.includes(plain(part)))
          secrets.push({ from: `labs/${slug}/${name}`, text: part });
    }
  }
  return secrets.filter(({ text }) => plain(text).length >= charactersMin / 2);
}

function isSecret(name: string): boolean {
  return /^(hidden\.ts|solution\/|mistakes\/)/.test(name);
}

/** Strings survive a minifier, names and comments do not. */
function literalsOf(source: string): string[] {
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))
      literals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('hidden.ts', source, ts.ScriptTarget.Latest));
  return literals;
}

/** Everything that the built site sends without asking its server code: bundles, prerendered pages and their data, public files. */
export function readBuiltSite(root: string, dist: string): Sent[] {
  const folders = [path.join(dist, 'static'), path.join(root, 'public')];
  const pages = path.join(dist, 'server/app');
  const files = [...folders.flatMap(filesIn), ...filesIn(pages).filter((file) => /\.(html|rsc|body|meta|txt)$/.test(file))];
  return files
    .filter((file) => sentKinds.test(file))
    .map((file) => ({ where: path.relative(root, file), text: readFileSync(file, 'utf8') }));
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}
