// Reads and validates content/: the outline, modules, lessons and questions.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CourseModule, LessonMeta } from './course-manifest';
import { createCourse } from './course-manifest';
import { lessonFileSchema, splitFrontMatter } from './lesson-file';
import { type ParseMarkdown, parseMarkdown } from './markdown';
import type { Glossary } from './outline';
import { glossarySchema, moduleFileSchema, outlineSchema, withoutNumber } from './outline';
import type { PublicQuestion, QuestionKey } from './question-file';
import { optionId, questionFileSchema } from './question-file';
import type { ContentProblem } from './yaml-file';
import { ContentError, parseYamlFile } from './yaml-file';

export interface CourseContent {
  title: string;
  course: CourseModule[];
  lessons: LessonMeta[];
  questions: PublicQuestion[];
  keys: QuestionKey[];
  /** The fact ids that each question asks for. */
  asks: string[][];
  glossary: Glossary;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Reads `content/` under `root`. What has problems is left out of the result. */
export async function readCourseContent(
  root: string,
  parse: ParseMarkdown = parseMarkdown,
): Promise<CourseContent & { problems: ContentProblem[] }> {
  const problems: ContentProblem[] = [];
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      problems.push(...error.problems);
      return null;
    }
  };

  const outline = parseYamlFile('content/course.yaml', read('content/course.yaml'), outlineSchema);
  const glossary = parseYamlFile('content/glossary.yaml', read('content/glossary.yaml'), glossarySchema);
  const modules = new Map<string, { title: string; summary: string }>();
  const lessons: LessonMeta[] = [];
  const questions: PublicQuestion[] = [];
  const keys: QuestionKey[] = [];
  const asks: string[][] = [];

  for (const folder of new Set([...outline.modules.map((entry) => entry.folder), ...foldersIn(path.join(root, 'content'))])) {
    const file = `content/${folder}/module.yaml`;
    if (!outline.modules.some((entry) => entry.folder === folder)) {
      problems.push({ file: `content/${folder}`, line: 1, message: 'is not in content/course.yaml: add the module there' });
      continue;
    }
    if (!existsSync(path.join(root, file))) {
      problems.push({ file, line: 1, message: 'is missing: write it with title and summary' });
      continue;
    }
    const moduleFile = attempt(() => parseYamlFile(file, read(file), moduleFileSchema));
    if (!moduleFile) continue;
    modules.set(folder, moduleFile);
    for (const lesson of foldersIn(path.join(root, 'content', folder))) {
      const base = `content/${folder}/${lesson}`;
      const lessonFile = `${base}/lesson.mdx`;
      if (!existsSync(path.join(root, lessonFile))) {
        problems.push({ file: lessonFile, line: 1, message: 'is missing: a lesson folder holds lesson.mdx' });
        continue;
      }
      const parts = splitFrontMatter(read(lessonFile));
      if (!parts) {
        problems.push({ file: lessonFile, line: 1, message: 'must start with front matter between two lines of ---' });
        continue;
      }
      const meta = attempt(() => parseYamlFile(lessonFile, parts.yaml, lessonFileSchema, 2));
      if (!meta) continue;

      const ids: string[] = [];
      const questionFolder = path.join(root, base, 'questions');
      for (const name of existsSync(questionFolder) ? readdirSync(questionFolder).sort() : []) {
        const questionFile = `${base}/questions/${name}`;
        const short = name.replace(/\.yaml$/, '');
        if (!name.endsWith('.yaml') || !optionId.safeParse(short).success) {
          problems.push({ file: questionFile, line: 1, message: 'a question is named in lower case with hyphens and ends in .yaml' });
          continue;
        }
        const question = attempt(() => parseYamlFile(questionFile, read(questionFile), questionFileSchema));
        if (!question) continue;
        const id = `${folder}.${lesson}.${short}`;
        const { type, stem, options, explanation = null, difficulty } = question;
        const keyOptions = options.map(({ id: option, correct, because }) => ({ id: option, correct, because: because.trim() }));
        const decides = JSON.stringify([type, stem, options.map(({ id: option, text, correct }) => [option, text, correct])]);
        ids.push(id);
        questions.push({
          id,
          type,
          stem: await parse(stem),
          options: options.map(({ id: option, text }) => ({ id: option, text: text.trim() })),
          difficulty,
        });
        asks.push(question.facts);
        keys.push({
          id,
          lesson: `${folder}/${lesson}`,
          version: createHash('sha256').update(decides).digest('hex').slice(0, 16),
          type,
          options: keyOptions,
          explanation: explanation?.trim() ?? null,
        });
      }
      // An author's `<Question id="…">` must name a file, and every file must be asked.
      const asked = [...parts.body.matchAll(/<Question\s+id="([^"]*)"/g)].map((match) => match[1] ?? '');
      for (const short of asked) {
        if (!ids.includes(`${folder}.${lesson}.${short}`)) {
          problems.push({ file: lessonFile, line: 1, message: `asks <Question id="${short}">, but questions/${short}.yaml is missing` });
        }
      }
      for (const [, term = ''] of parts.body.matchAll(/<Term\s+id="([^"]*)"/g)) {
        if (!glossary[term])
          problems.push({ file: lessonFile, line: 1, message: `marks <Term id="${term}">, but content/glossary.yaml has no such term` });
      }
      for (const id of ids) {
        const short = id.slice(id.lastIndexOf('.') + 1);
        if (!asked.includes(short)) {
          problems.push({ file: `${base}/questions/${short}.yaml`, line: 1, message: `is never asked: add <Question id="${short}" />` });
        }
      }
      lessons.push({
        ...meta,
        id: `${folder}/${lesson}`,
        module: folder,
        lesson,
        path: `/learn/${withoutNumber(folder)}/${withoutNumber(lesson)}`,
        moduleTitle: moduleFile.title,
        questions: asked.map((short) => `${folder}.${lesson}.${short}`).filter((id) => ids.includes(id)),
      });
    }
  }

  const paths = new Set<string>();
  for (const lesson of lessons) {
    if (paths.has(lesson.path))
      problems.push({ file: `content/${lesson.id}`, line: 1, message: `another lesson has the address ${lesson.path}` });
    paths.add(lesson.path);
    for (const needed of lesson.prerequisites) {
      const planned = outline.modules.some((entry) =>
        entry.sections.some((section) => section.lessons.some((other) => `${entry.folder}/${other.folder}` === needed)),
      );
      if (!planned && !lessons.some((other) => other.id === needed)) {
        problems.push({ file: `content/${lesson.id}/lesson.mdx`, line: 1, message: `prerequisites: there is no lesson ${needed}` });
      }
    }
  }
  return { title: outline.title, course: createCourse(outline, modules, lessons), lessons, questions, keys, asks, glossary, problems };
}
