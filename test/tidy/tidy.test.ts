// The conventions of CONTRIBUTING.md that no other tool keeps. A rule reads every tracked or new source file once.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LINES_MAX = 400;

function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\n').filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
}

const files = listFiles();
const sourceFile = /\.(ts|tsx|mjs|css)$/;
const sources = files.filter((file) => sourceFile.test(file) && !file.startsWith('generated/'));
const texts = new Map(sources.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));

/** Learner code is read by learners, not by these rules. */
const isLabCode = (file: string) => /^labs\/[^/]+\/(src|solution|mistakes)\//.test(file);
const own = sources.filter((file) => !isLabCode(file));
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('test/');

/** `file:line` of every match, so that a failure says where to look. */
function placesOf(pattern: RegExp, among: string[]): string[] {
  return among.flatMap((file) =>
    (texts.get(file) ?? '')
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

// The rules would find themselves.
const checked = own.filter((file) => file !== 'test/tidy/tidy.test.ts');

describe('tidy', () => {
  it('keeps files short', () => {
    const long = checked.filter((file) => (texts.get(file) ?? '').split('\n').length > LINES_MAX + 1);
    expect(long).toEqual([]);
  });

  it('names files by their concept, in kebab case', () => {
    const nextRoutes = /^app\//;
    const bad = checked.filter((file) => {
      const name = path
        .basename(file)
        .replace(/\.(property\.test|test|module|worker|e2e|config)?\.?(d\.ts|ts|tsx|mjs|css)$/, '')
        .replace(/\.(property\.test|test|module|worker|e2e|config)$/, '');
      return !nextRoutes.test(file) && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
    });
    expect(bad).toEqual([]);
  });

  it('has no drawers for odds and ends', () => {
    const bad = checked.filter(
      (file) =>
        /(^|\/)(utils?|helpers?|common|managers?|misc)(\.[a-z]+)*$/.test(file) || /(^|\/)(utils?|helpers?|common|misc)\//.test(file),
    );
    expect(bad).toEqual([]);
  });

  it('leaves nothing to do and nothing switched off', () => {
    expect(placesOf(/\b(TODO|FIXME|XXX|HACK)\b/, checked)).toEqual([]);
    expect(placesOf(/@ts-(ignore|nocheck|expect-error)|biome-ignore|eslint-disable/, checked)).toEqual([]);
    expect(placesOf(/\b(it|test|describe)\.(only|skip|todo)\b/, checked)).toEqual([]);
    expect(placesOf(/expect\(true\)\.toBe\(true\)/, checked)).toEqual([]);
  });

  it('names tests as sentences without "should"', () => {
    expect(placesOf(/^\s*(it|test)(\.each.*)?\(\s*['"`].*\bshould\b/, checked.filter(isTest))).toEqual([]);
  });

  it('sleeps in no unit test', () => {
    const units = checked.filter((file) => file.endsWith('.test.ts') && /^(sim|labs|grading)\//.test(file));
    expect(placesOf(/^\s*await (new Promise|sleep)\b/, units)).toEqual([]);
  });

  it('keeps the real clock and real chance out of sim, labs and grading', () => {
    const pure = checked.filter(
      (file) => /^(sim|labs|grading)\/.*\.ts$/.test(file) && !isTest(file) && !file.startsWith('sim/sandbox/guest/'),
    );
    expect(placesOf(/\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|\bcrypto\.(randomUUID|getRandomValues)\(/, pure)).toEqual(
      [],
    );
  });

  it('exports by name, except where a framework asks for a default', () => {
    const framework =
      /^app\/.*\/?(page|layout|not-found|error|global-error|loading|template|manifest|robots|sitemap|icon|opengraph-image|default)\.tsx?$|\.config\.(ts|mjs)$|^test\/global-setup\.ts$|\.d\.ts$/;
    const plugins = /^(ui|app|server|scripts)\/.*(remark|rehype|recma)-[a-z-]+\.mjs$/;
    expect(
      placesOf(
        /^export default /,
        checked.filter((file) => !framework.test(file) && !plugins.test(file)),
      ),
    ).toEqual([]);
  });

  it('has no barrel files', () => {
    const barrels = checked.filter((file) => {
      const statements = (texts.get(file) ?? '').split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
      return statements.length > 0 && statements.every((line) => /^export (\*|\{.*\}) from /.test(line.trim()));
    });
    expect(barrels).toEqual([]);
  });

  it('says in the head of every simulator and grading file what it is', () => {
    const silent = checked.filter((file) => {
      if (!/^(sim|grading|labs)\/.*\.ts$/.test(file) || isTest(file)) return false;
      return !/^(\/\/|\/\*\*?) ?\S/.test(texts.get(file) ?? '');
    });
    expect(silent).toEqual([]);
  });

  it('has a service.ts with its AWS page in every service folder', () => {
    const services = readdirSync(path.join(ROOT, 'sim/services'));
    const missing = services.filter((name) => !/^\/\/ .+/.test(texts.get(`sim/services/${name}/service.ts`) ?? ''));
    expect(missing).toEqual([]);
    const outsideAws = ['internet'];
    const unsourced = services.filter(
      (name) =>
        !outsideAws.includes(name) && !/https:\/\/docs\.aws\.amazon\.com\//.test(texts.get(`sim/services/${name}/service.ts`) ?? ''),
    );
    expect(unsourced).toEqual([]);
  });

  it('has every part of a lab in every lab folder', () => {
    const labs = readdirSync(path.join(ROOT, 'labs'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const parts = ['lab.yaml', 'brief.md', 'template.yaml', 'scenario.ts', 'checks.ts', 'hidden.ts', 'solution', 'mistakes', 'events'];
    const missing = labs.flatMap(({ name }) =>
      parts.filter((part) => !existsSync(path.join(ROOT, 'labs', name, part))).map((part) => `${name}/${part}`),
    );
    expect(missing).toEqual([]);
    for (const { name } of labs) {
      expect(readdirSync(path.join(ROOT, 'labs', name, 'mistakes')).length, `mistakes of ${name}`).toBeGreaterThanOrEqual(3);
    }
  });

  it('keeps no source file from git', () => {
    const folders = ['app', 'content', 'grading', 'labs', 'prisma', 'scripts', 'server', 'sim', 'test', 'ui'];
    const ignored = execFileSync('git', ['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...folders], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(ignored.split('\n').filter((file) => sourceFile.test(file))).toEqual([]);
  });

  it('links to no page of the site that is not there', () => {
    const pages = new Set(
      files
        .filter((file) => /^app\/(.*\/)?page\.tsx$/.test(file))
        .map((file) => `/${path.posix.dirname(file).replace(/^app\/?|^\.$/, '')}`),
    );
    const links = checked
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        [...(texts.get(file) ?? '').matchAll(/<Link[^>]*\shref="(\/[^"#?]*)/g)].map(([, href]) => ({ file, href: href ?? '' })),
      );
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter(({ href }) => !pages.has(href))).toEqual([]);
  });

  it("knows no path of anybody's machine", () => {
    const everything = files.filter(
      (file) =>
        /\.(ts|tsx|mjs|cjs|css|md|mdx|yaml|yml|json|sh)$/.test(file) && file !== 'package-lock.json' && file !== 'test/tidy/tidy.test.ts',
    );
    const bad = everything.filter((file) =>
      /\/(home|Users)\/[a-z]+\/|\/work\/(main|shared)|\.\.\/shared\//.test(readFileSync(path.join(ROOT, file), 'utf8')),
    );
    expect(bad).toEqual([]);
  });
});
