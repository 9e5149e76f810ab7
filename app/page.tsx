import { course } from '@/generated/content/course';
import { lessons } from '@/generated/content/lessons';
import { CourseMap, MapLegend } from '@/ui/course/course-map';
import { StartLink } from '@/ui/course/start-link';
import { ThreeAttempts } from '@/ui/course/three-attempts';
import styles from './home.module.css';

export default function HomePage() {
  const first = lessons[0];
  return (
    <main id="main" className={styles.page}>
      <section className={styles.opening}>
        <div className={styles.words}>
          <h1>Learn serverless by running it.</h1>
          <p className={styles.lede}>
            A course on Lambda, EventBridge and SNS for people who want to know what happens when it fails. Every lesson holds a working
            cloud: you edit the code, send the event, stop the clock and ask why. Labs are graded by running your work again, on inputs you
            have not seen.
          </p>
          {first && (
            <p className={styles.start}>
              <StartLink
                first={{ path: first.path, title: first.title }}
                known={lessons.map((lesson) => lesson.path)}
                className={`go ${styles.startLink}`}
              />
              <span>No account needed. Your work is kept from the first click.</span>
            </p>
          )}
        </div>
        <ThreeAttempts />
      </section>
      <section aria-labelledby="course" className={styles.course}>
        <div className={styles.courseHead}>
          <h2 id="course">The course</h2>
          <MapLegend />
        </div>
        <CourseMap modules={course} />
      </section>
    </main>
  );
}
