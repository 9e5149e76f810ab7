// The course as pages read it: modules, sections and lessons in order, written or not yet.
import type { LessonFile } from './lesson-file';
import type { Outline } from './outline';
import { withoutNumber } from './outline';

export interface CourseLesson {
  /** `02-lambda/10-asynchronous-invocation` */
  id: string;
  title: string;
  /** `/learn/lambda/asynchronous-invocation`; null while the lesson is not written. */
  path: string | null;
}

export interface CourseModule {
  folder: string;
  slug: string;
  title: string;
  summary: string;
  sections: { title: string; lessons: CourseLesson[] }[];
}

export interface LessonMeta extends LessonFile {
  id: string;
  module: string;
  lesson: string;
  path: string;
  moduleTitle: string;
  /** Full ids, in file order. */
  questions: string[];
}

/** Places each written lesson on the outline; a lesson that the outline does not name goes where its number says. */
export function createCourse(
  outline: Outline,
  modules: ReadonlyMap<string, { title: string; summary: string }>,
  lessons: readonly LessonMeta[],
): CourseModule[] {
  return outline.modules.map((planned) => {
    const { title, summary } = modules.get(planned.folder) ?? { title: planned.folder, summary: '' };
    const written = new Map(lessons.filter((lesson) => lesson.id.startsWith(`${planned.folder}/`)).map((lesson) => [lesson.id, lesson]));
    const sections = planned.sections.map((section) => ({
      title: section.title,
      lessons: section.lessons.map((entry): CourseLesson => {
        const id = `${planned.folder}/${entry.folder}`;
        const lesson = written.get(id);
        written.delete(id);
        return { id, title: lesson?.title ?? entry.title, path: lesson?.path ?? null };
      }),
    }));
    for (const lesson of written.values()) {
      const section = [...sections].reverse().find((candidate) => (candidate.lessons[0]?.id ?? '') < lesson.id) ?? sections[0];
      const at = section?.lessons.findIndex((other) => other.id > lesson.id) ?? -1;
      section?.lessons.splice(at < 0 ? section.lessons.length : at, 0, { id: lesson.id, title: lesson.title, path: lesson.path });
    }
    return { folder: planned.folder, slug: withoutNumber(planned.folder), title, summary, sections };
  });
}
