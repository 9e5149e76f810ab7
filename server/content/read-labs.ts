// Reads and validates labs/: one folder a lab.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, LabFiles, Scenario } from '../../labs/lab';
import type { LabPage, MistakeFile } from './lab-file';
import { labFileSchema, mistakeFileSchema } from './lab-file';
import { type ParseMarkdown, parseMarkdown } from './markdown';
import type { ContentProblem } from './yaml-file';
import { ContentError, parseYamlFile } from './yaml-file';

export interface LabSource {
  page: LabPage;
  seeds: { visible: number[]; hidden: number[] };
  solution: LabFiles;
  mistakes: { name: string; mistake: MistakeFile; files: LabFiles }[];
}

function filesUnder(folder: string): LabFiles {
  if (!existsSync(folder)) return {};
  const files: LabFiles = {};
  for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    if (statSync(path.join(folder, name)).isFile()) files[name.split(path.sep).join('/')] = readFileSync(path.join(folder, name), 'utf8');
  }
  return files;
}

const isPartOfApplication = (file: string) => file === 'template.yaml' || file.startsWith('src/') || file.startsWith('events/');
/** Commentary, declared mistakes and tests of a lab do not change what a grade means. */
const decidesGrades = (file: string) => !file.startsWith('solution/') && !file.startsWith('mistakes/') && !file.endsWith('.test.ts');

async function readLab(root: string, slug: string, parse: ParseMarkdown): Promise<LabSource> {
  const base = `labs/${slug}`;
  const files = filesUnder(path.join(root, base));
  const problems: ContentProblem[] = [];
  const problem = (file: string, message: string) => problems.push({ file: `${base}/${file}`, line: 1, message });
  for (const needed of ['lab.yaml', 'brief.md', 'template.yaml', 'scenario.ts', 'checks.ts', 'hidden.ts']) {
    if (files[needed] === undefined) problem(needed, 'is missing: every lab has one');
  }
  if (problems.length > 0) throw new ContentError(problems);

  const lab = parseYamlFile(`${base}/lab.yaml`, files['lab.yaml'] ?? '', labFileSchema);
  const load = (file: string) => import(pathToFileURL(path.join(root, base, file)).href) as Promise<Record<string, unknown>>;
  const { scenarios } = (await load('scenario.ts')) as { scenarios: Scenario[] };
  const { checks } = (await load('checks.ts')) as { checks: Check[] };
  const { hiddenScenarios, hiddenChecks } = (await load('hidden.ts')) as { hiddenScenarios: Scenario[]; hiddenChecks: Check[] };
  for (const [file, name, list] of [
    ['scenario.ts', 'scenarios', scenarios],
    ['checks.ts', 'checks', checks],
    ['hidden.ts', 'hiddenScenarios', hiddenScenarios],
    ['hidden.ts', 'hiddenChecks', hiddenChecks],
  ] as const) {
    if (!Array.isArray(list)) problem(file, `must export an array ${name}`);
  }
  if (problems.length > 0) throw new ContentError(problems);

  const scenarioIds = new Set([...scenarios, ...hiddenScenarios].map((scenario) => scenario.id));
  const checkIds = new Set([...checks, ...hiddenChecks].map((check) => check.id));
  if (scenarioIds.size !== scenarios.length + hiddenScenarios.length) problem('scenario.ts', 'two scenarios have the same id');
  if (checkIds.size !== checks.length + hiddenChecks.length) problem('checks.ts', 'two checks have the same id');
  for (const check of [...checks, ...hiddenChecks]) {
    for (const id of check.scenarios)
      if (!scenarioIds.has(id)) problem('checks.ts', `${check.id} names scenario ${id}, which does not exist`);
  }
  const starter = Object.fromEntries(Object.entries(files).filter(([file]) => isPartOfApplication(file)));
  for (const file of lab.editable) if (starter[file] === undefined) problem('lab.yaml', `editable: the starter has no file ${file}`);

  const under = (prefix: string) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([file, text]) => (file.startsWith(prefix) ? [[file.slice(prefix.length), text]] : [])),
    );
  const solution = Object.fromEntries(Object.entries(under('solution/')).filter(([file]) => isPartOfApplication(file)));
  if (Object.keys(solution).length === 0) problem('solution', 'is missing: it holds the changed files at the paths of the starter');
  for (const file of Object.keys(solution))
    if (!lab.editable.includes(file)) problem(`solution/${file}`, 'is not an editable file of the lab');

  const mistakes: LabSource['mistakes'] = [];
  for (const name of new Set(Object.keys(under('mistakes/')).map((file) => file.split('/')[0] ?? ''))) {
    const { 'mistake.yaml': text, ...changed } = under(`mistakes/${name}/`);
    if (text === undefined) {
      problem(`mistakes/${name}/mistake.yaml`, 'is missing: it names the checks that fail');
      continue;
    }
    const mistake = parseYamlFile(`${base}/mistakes/${name}/mistake.yaml`, text, mistakeFileSchema);
    for (const id of mistake.fails) if (!checkIds.has(id)) problem(`mistakes/${name}/mistake.yaml`, `fails: there is no check ${id}`);
    for (const file of Object.keys(changed))
      if (!lab.editable.includes(file)) problem(`mistakes/${name}/${file}`, 'is not an editable file of the lab');
    mistakes.push({ name, mistake, files: changed });
  }
  if (problems.length > 0) throw new ContentError(problems);

  const versionHash = createHash('sha256');
  for (const [file, text] of Object.entries(files).filter(([name]) => decidesGrades(name)))
    versionHash.update(JSON.stringify([file, text]));
  // Hidden seeds come from the text of hidden.ts, which no browser has: nobody can compute them ahead.
  const seedBytes = createHash('sha256').update(`seeds\n${files['hidden.ts']}`).digest();
  const pointsOf = (list: readonly Check[]) => list.reduce((sum, check) => sum + check.points, 0);
  const { seeds, ...meta } = lab;
  return {
    page: {
      slug,
      version: versionHash.digest('hex'),
      ...meta,
      points: pointsOf(checks) + pointsOf(hiddenChecks),
      brief: await parse(files['brief.md'] ?? ''),
      starter,
      checks: checks.map(({ id, points, scenarios: ids }) => ({ id, points, scenarios: ids })),
      scenarios: scenarios.map(({ id, title }) => ({ id, title })),
      hidden: { checks: hiddenChecks.length, points: pointsOf(hiddenChecks) },
    },
    seeds: { visible: seeds, hidden: [0, 4].map((at) => seedBytes.readUInt32BE(at)) },
    solution,
    mistakes,
  };
}

/** Reads every lab under `root`/labs. What has problems is left out of the result. */
export async function readLabs(
  root: string,
  parse: ParseMarkdown = parseMarkdown,
): Promise<{ labs: LabSource[]; problems: ContentProblem[] }> {
  const problems: ContentProblem[] = [];
  const labs: LabSource[] = [];
  const slugs = readdirSync(path.join(root, 'labs'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of slugs.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    try {
      labs.push(await readLab(root, name, parse));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { labs, problems };
}
