// Validates content/ and labs/ and writes generated/content/: what pages, the browser and the grader load. Reads sim/ for its simplifications.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CoveredLine, coverageFiles, coverageOf, readNotes, unknownNotes } from './coverage';
import { courseFiles } from './generated-course';
import { labFiles } from './generated-labs';
import type { ParseMarkdown } from './markdown';
import type { LabSource } from './read-labs';
import { readLabs } from './read-labs';
import type { CourseContent } from './read-lessons';
import { readCourseContent } from './read-lessons';
import { readSimplified, simplifiedFiles } from './read-simplified';
import type { ContentProblem } from './yaml-file';
import { ContentError } from './yaml-file';

export interface Generated {
  content: CourseContent;
  labs: LabSource[];
  coverage: CoveredLine[];
  /** What was left out; always empty unless `draft`. */
  problems: ContentProblem[];
  /** Files written or removed. */
  touched: number;
}

/** Writes what changed, removes what no source gives any more; the number of files touched. */
function writeChanged(target: string, files: Record<string, string>): number {
  let touched = 0;
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(target, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    touched++;
  }
  for (const name of readdirSync(target, { recursive: true }) as string[]) {
    const file = path.join(target, name);
    if (!existsSync(file) || !statSync(file).isFile() || files[name.split(path.sep).join('/')] !== undefined) continue;
    rmSync(file);
    touched++;
  }
  return touched;
}

/** Throws a ContentError with every problem found; as a `draft` it leaves out what has problems and writes the rest. */
export async function generateContent(root: string, parse: ParseMarkdown, draft: boolean): Promise<Generated> {
  const { problems: lessonProblems, ...content } = await readCourseContent(root, parse);
  const { labs, problems: labProblems } = await readLabs(root, parse);
  const notes = readNotes(root);
  const problems = [...lessonProblems, ...labProblems, ...unknownNotes(notes, content.lessons)];
  if (problems.length > 0 && !draft) throw new ContentError(problems);
  const coverage = coverageOf(notes, content, labs);
  const files = {
    ...courseFiles(content),
    ...labFiles(labs),
    ...simplifiedFiles(readSimplified(root)),
    ...coverageFiles(coverage),
  };
  const touched = writeChanged(path.join(root, 'generated/content'), files);
  return { content, labs, coverage, problems, touched };
}
