// `npm run check`: what authors wrote is valid, and every lab does what it says.
// The starter fails, the solution earns every point, and each declared mistake fails exactly the checks that it names.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Grade } from '../grading/grade';
import { gradeLab } from '../grading/grade-lab';
import type { LabFiles } from '../labs/lab';
import type { LoadedLab } from '../labs/loaded-lab';
import { generateContent } from '../server/content/generate';
import { parseMarkdown } from '../server/content/markdown';
import type { LabSource } from '../server/content/read-labs';
import { ContentError } from '../server/content/yaml-file';
import { createAws } from '../sim/aws';
import { createSandboxFactory } from '../sim/sandbox/factory';
import type { SandboxFactory } from '../sim/sandbox/sandbox';
import remarkTypographic from '../ui/text/remark-typographic.mjs';

const failedIn = (grade: Grade) => grade.verdicts.filter((verdict) => !verdict.passed).map((verdict) => verdict.check);
const listed = (ids: readonly string[]) => (ids.length === 0 ? 'nothing' : [...ids].sort().join(', '));

/** One sentence for each thing that the lab claims and a run denies. */
function problemsOf(source: LabSource, lab: LoadedLab, sandboxes: SandboxFactory): string[] {
  const problems: string[] = [];
  const gradeOf = (files: LabFiles) => gradeLab(lab, { files, createAws, sandboxes });
  const base = `labs/${lab.slug}`;

  const starter = gradeOf(lab.starter);
  if (starter.deployError) problems.push(`${base}/template.yaml: the starter does not deploy: ${starter.deployError}`);
  else if (starter.points > 0) problems.push(`${base}: the starter earns ${starter.points} points; it must fail every check`);

  const solution = gradeOf({ ...lab.starter, ...source.solution });
  if (solution.deployError) problems.push(`${base}/solution: does not deploy: ${solution.deployError}`);
  for (const verdict of solution.verdicts.filter((candidate) => !candidate.passed && !solution.deployError)) {
    problems.push(`${base}/solution: fails ${verdict.check} in ${verdict.scenario} on seed ${verdict.seed}: ${verdict.message}`);
  }
  if (gradeOf({ ...lab.starter, ...source.solution }).traceHash !== solution.traceHash) {
    problems.push(`${base}/solution: two runs on the same seeds give different traces; something in the lab is not deterministic`);
  }

  for (const { name, mistake, files } of source.mistakes) {
    const grade = gradeOf({ ...lab.starter, ...files });
    const failed = failedIn(grade);
    if (grade.deployError) problems.push(`${base}/mistakes/${name}: does not deploy: ${grade.deployError}`);
    else if (listed(failed) !== listed(mistake.fails)) {
      problems.push(`${base}/mistakes/${name}/mistake.yaml: says that it fails ${listed(mistake.fails)}, but it fails ${listed(failed)}`);
    }
  }
  if (source.mistakes.length < 3) problems.push(`${base}/mistakes: has ${source.mistakes.length}; a lab needs at least 3`);
  return problems;
}

async function check(root: string): Promise<string[]> {
  const { content, labs, coverage } = await generateContent(root, (markdown) => parseMarkdown(markdown, [remarkTypographic]), false);
  const sandboxes = await createSandboxFactory(readFileSync(path.join(root, 'generated/sandbox/quickjs-metered.wasm')));
  const { loadLabForGrading } = await import('../generated/content/labs-server');
  const problems: string[] = [];
  for (const source of labs) {
    const found = problemsOf(source, await loadLabForGrading(source.page.slug), sandboxes);
    console.log(
      `labs/${source.page.slug}: ${found.length === 0 ? `holds, with ${source.mistakes.length} mistakes` : `${found.length} problems`}`,
    );
    problems.push(...found);
  }
  for (const lesson of content.lessons) {
    for (const slug of lesson.labs) {
      if (!labs.some((lab) => lab.page.slug === slug))
        problems.push(`content/${lesson.id}/lesson.mdx: names the lab ${slug}, which does not exist`);
    }
  }
  const taught = coverage.filter(({ lessons }) => lessons.length > 0);
  const asked = coverage.filter(({ questions }) => questions > 0);
  const practised = coverage.filter((line) => line.labs.length > 0);
  console.log(
    `Of ${coverage.length} lines of the notes, ${taught.length} are taught, ${asked.length} are asked for, ${practised.length} have a lab: /about/coverage.`,
  );
  console.log(`${content.lessons.length} lessons, ${content.questions.length} questions, ${labs.length} labs checked.`);
  return problems;
}

try {
  const problems = await check(process.cwd());
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
