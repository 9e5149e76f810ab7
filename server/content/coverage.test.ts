import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageOf, type NotesLine, readNotes, unknownNotes } from './coverage';
import type { CourseContent } from './read-lessons';

const ROOT = path.resolve(import.meta.dirname, '../..');

const line = (id: string): NotesLine => ({ id, module: '05-sns', verdict: 'right', says: `What ${id} says` });
const lesson = (title: string, notes: string[], labs: string[] = []) =>
  ({ id: `05-sns/${title}`, title, path: `/learn/sns/${title}`, notes, labs }) as unknown as CourseContent['lessons'][number];
const lab = (slug: string) => ({ page: { slug, title: `Lab ${slug}` } }) as Parameters<typeof coverageOf>[2][number];

describe('the map of the notes', () => {
  it('names for each line the lessons, their labs and how many questions ask for it', () => {
    const covered = coverageOf(
      [line('SNS-01'), line('SNS-02')],
      {
        lessons: [lesson('topics', ['SNS-01'], ['fan-out', 'not-written']), lesson('more', ['SNS-01'])],
        asks: [['SNS-01', 'SNS-X01'], ['SNS-01']],
      },
      [lab('fan-out')],
    );
    expect(covered).toEqual([
      {
        ...line('SNS-01'),
        lessons: [
          { title: 'topics', path: '/learn/sns/topics' },
          { title: 'more', path: '/learn/sns/more' },
        ],
        labs: [{ slug: 'fan-out', title: 'Lab fan-out' }],
        questions: 2,
      },
      { ...line('SNS-02'), lessons: [], labs: [], questions: 0 },
    ]);
  });

  it('tells of a lesson that claims a line which the notes do not have', () => {
    expect(unknownNotes([line('SNS-01')], [lesson('topics', ['SNS-01', 'SNS-99'])])).toEqual([
      { file: 'content/05-sns/topics/lesson.mdx', line: 1, message: 'notes: SNS-99 is no line of content/notes.yaml' },
    ]);
  });

  it('has all 89 lines of the notes, in modules of the course', () => {
    const notes = readNotes(ROOT);
    expect(notes).toHaveLength(89);
    expect([...new Set(notes.map((each) => each.module))]).toEqual([
      '01-architecture',
      '02-lambda',
      '03-eventbridge',
      '04-serverless',
      '05-sns',
    ]);
  });
});
