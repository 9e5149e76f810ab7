// Which lines of the notes the course teaches, lets be practised and asks for. A line that nothing covers is seen, not forgotten.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { generatedHead as head, json } from './generated-text';
import { factId } from './lesson-file';
import type { LabSource } from './read-labs';
import type { CourseContent } from './read-lessons';
import type { ContentProblem } from './yaml-file';
import { parseYamlFile } from './yaml-file';

const file = 'content/notes.yaml';

const notesSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        id: factId,
        /** Folder of the module. */
        module: z.string(),
        /** How true the line is today. */
        verdict: z.enum(['right', 'imprecise', 'incomplete', 'outdated', 'wrong']),
        says: z.string().min(1),
      }),
    )
    .refine((lines) => new Set(lines.map(({ id }) => id)).size === lines.length, 'two lines have the same id'),
});

export type NotesLine = z.infer<typeof notesSchema>['lines'][number];

export interface CoveredLine extends NotesLine {
  lessons: { title: string; path: string }[];
  /** Labs of those lessons. */
  labs: { title: string; slug: string }[];
  /** How many questions ask for it. */
  questions: number;
}

/** Empty without a file of notes. Throws a ContentError. */
export function readNotes(root: string): NotesLine[] {
  const where = path.join(root, file);
  return existsSync(where) ? parseYamlFile(file, readFileSync(where, 'utf8'), notesSchema).lines : [];
}

/** Lessons that claim to teach a line which the notes do not have. */
export function unknownNotes(notes: readonly NotesLine[], lessons: CourseContent['lessons']): ContentProblem[] {
  const known = new Set(notes.map(({ id }) => id));
  if (known.size === 0) return [];
  return lessons.flatMap((lesson) =>
    lesson.notes
      .filter((id) => !known.has(id))
      .map((id) => ({ file: `content/${lesson.id}/lesson.mdx`, line: 1, message: `notes: ${id} is no line of ${file}` })),
  );
}

export function coverageOf(
  notes: readonly NotesLine[],
  { lessons, asks }: Pick<CourseContent, 'lessons' | 'asks'>,
  labs: readonly Pick<LabSource, 'page'>[],
): CoveredLine[] {
  const titles = new Map(labs.map(({ page }) => [page.slug, page.title]));
  return notes.map((line) => {
    const teaching = lessons.filter((lesson) => lesson.notes.includes(line.id));
    const slugs = [...new Set(teaching.flatMap((lesson) => lesson.labs))].filter((slug) => titles.has(slug));
    return {
      ...line,
      lessons: teaching.map((lesson) => ({ title: lesson.title, path: lesson.path })),
      labs: slugs.map((slug) => ({ slug, title: titles.get(slug) ?? slug })),
      questions: asks.filter((facts) => facts.includes(line.id)).length,
    };
  });
}

/** Text by path under generated/content. */
export function coverageFiles(covered: readonly CoveredLine[]): Record<string, string> {
  return {
    'coverage.ts': `${head}import type { CoveredLine } from '../../server/content/coverage';

export const coverage: CoveredLine[] = ${json(covered)};
`,
  };
}
