// The map beside a lesson: its module open, the others one line each. On a small screen it opens from "Contents".
import type { MapModule } from '../course/course-map';
import { MapEntry } from '../course/course-map';
import styles from './lesson-map.module.css';

const popoverId = 'contents';

export function LessonMapButton() {
  return (
    <button type="button" popoverTarget={popoverId} className={styles.button}>
      Contents
    </button>
  );
}

export function LessonMap({ modules, current }: { modules: readonly MapModule[]; current: string }) {
  return (
    <aside id={popoverId} popover="auto" className={styles.map} aria-label="Course map">
      <nav aria-label="Lessons">
        {modules.map((module) => {
          const lessons = module.sections.flatMap((section) => section.lessons);
          const here = lessons.some((lesson) => lesson.id === current);
          return (
            <details key={module.folder} open={here} className={styles.module}>
              <summary>{module.title}</summary>
              <ol>
                {lessons.map((lesson) => (
                  <li key={lesson.id}>
                    <MapEntry lesson={lesson} current={lesson.id === current} />
                  </li>
                ))}
              </ol>
            </details>
          );
        })}
      </nav>
    </aside>
  );
}
