// The course map: every module, every section of the notes, every lesson. Dots warm up; what is not written says so.
import Link from 'next/link';
import { LessonDot, LessonStateWord } from '../progress/lesson-dot';
import { PlannedDot } from '../progress/planned-dot';
import styles from './course-map.module.css';

export interface MapLesson {
  id: string;
  title: string;
  /** Null while the lesson is not written. */
  path: string | null;
}

export interface MapModule {
  folder: string;
  slug: string;
  title: string;
  summary: string;
  sections: readonly { title: string; lessons: readonly MapLesson[] }[];
}

export function MapEntry({ lesson, current = false }: { lesson: MapLesson; current?: boolean }) {
  if (lesson.path === null) {
    return (
      <span className={styles.planned}>
        <PlannedDot />
        <span>
          {lesson.title}
          <span className="visually-hidden"> (not written yet)</span>
        </span>
      </span>
    );
  }
  return (
    <Link href={lesson.path} prefetch={false} className={styles.entry} aria-current={current ? 'page' : undefined}>
      <LessonDot id={lesson.id} />
      <span>
        {lesson.title}
        <LessonStateWord id={lesson.id} />
      </span>
    </Link>
  );
}

function writtenWords(module: MapModule): string {
  const lessons = module.sections.flatMap((section) => section.lessons);
  const written = lessons.filter((lesson) => lesson.path !== null).length;
  if (written === lessons.length) return `${lessons.length} lessons`;
  return written === 0 ? `${lessons.length} lessons, not written yet` : `${written} of ${lessons.length} lessons written`;
}

export function CourseMap({ modules }: { modules: readonly MapModule[] }) {
  return (
    <ol className={styles.map}>
      {modules.map((module, index) => (
        <li key={module.folder} className={styles.module} id={module.slug}>
          <div className={styles.head}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <h3>{module.title}</h3>
            <p>{module.summary}</p>
            <p className={styles.written}>{writtenWords(module)}</p>
          </div>
          <dl className={styles.sections}>
            {module.sections.map((section) => (
              <div key={section.title}>
                <dt>{section.title}</dt>
                {section.lessons.map((lesson) => (
                  <dd key={lesson.id}>
                    <MapEntry lesson={lesson} />
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

/** What the dots mean, once, in words. */
export function MapLegend() {
  return (
    <ul className={styles.legend} aria-label="What the dots mean">
      <li>
        <span aria-hidden="true" className={styles.sample} data-state="open" /> to read
      </li>
      <li>
        <span aria-hidden="true" className={styles.sample} data-state="begun" /> begun
      </li>
      <li>
        <span aria-hidden="true" className={styles.sample} data-state="done" /> done: read and every question right
      </li>
      <li>
        <PlannedDot /> not written yet
      </li>
    </ul>
  );
}
