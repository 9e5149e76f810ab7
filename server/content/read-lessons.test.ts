import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { courseFiles } from './generated-course';
import { readCourseContent } from './read-lessons';

const outline = `title: A course
modules:
  - folder: 01-queues
    sections:
      - title: Sending
        lessons:
          - { folder: 01-send, title: Planned title }
          - { folder: 03-receive, title: Receive }
`;
const lesson = `---
title: Send
summary: Sends.
minutes: 5
objectives: [Send a message.]
sources: [{ title: Guide, url: 'https://docs.aws.amazon.com/', checked: 2026-11-23 }]
---
Text.

<Question id="how-many" />
`;
const question = `type: one-of
stem: How many, with \`MaximumRetryAttempts\` at 0?
options:
  - { id: none, text: None, correct: true, because: Zero is a number. }
  - { id: two, text: Two, correct: false, because: That is the default. }
difficulty: 1
bloom: apply
`;

describe('the content folder', () => {
  let root = '';
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'content-'));
    write('content/course.yaml', outline);
    write('content/glossary.yaml', 'queue: { term: Queue, definition: A line. }\n');
    write('content/01-queues/module.yaml', 'title: Queues\nsummary: They wait.\n');
    write('content/01-queues/01-send/lesson.mdx', lesson);
    write('content/01-queues/01-send/questions/how-many.yaml', question);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const problemsNow = async () => (await readCourseContent(root)).problems.map(({ file, message }) => `${file}: ${message}`);

  it('gives the outline with what is written, in the order of the outline', async () => {
    const { course, problems } = await readCourseContent(root);
    expect(problems).toEqual([]);
    expect(course[0]?.sections[0]?.lessons).toEqual([
      { id: '01-queues/01-send', title: 'Send', path: '/learn/queues/send' },
      { id: '01-queues/03-receive', title: 'Receive', path: null },
    ]);
  });

  it('places a lesson that the outline does not name by its number', async () => {
    write('content/01-queues/02-wait/lesson.mdx', lesson.replace('title: Send', 'title: Wait').replace('<Question id="how-many" />', ''));
    const { course } = await readCourseContent(root);
    expect(course[0]?.sections[0]?.lessons.map((entry) => entry.title)).toEqual(['Send', 'Wait', 'Receive']);
  });

  it('writes keys and reasons only to the server’s file', async () => {
    const files = courseFiles(await readCourseContent(root));
    const holding = (text: string) => Object.keys(files).filter((name) => files[name]?.includes(text));
    expect(holding('Zero is a number.')).toEqual(['questions-server.ts']);
    expect(holding('"correct"')).toEqual(['questions-server.ts']);
    expect(holding('MaximumRetryAttempts')).toEqual(['questions-public.ts']);
  });

  it('changes a question’s version with what decides its grade, and not with its reasons', async () => {
    const versionNow = async () => (await readCourseContent(root)).keys[0]?.version;
    const before = await versionNow();
    write('content/01-queues/01-send/questions/how-many.yaml', question.replace('Zero is a number.', 'Zero retries.'));
    expect(await versionNow()).toBe(before);
    write('content/01-queues/01-send/questions/how-many.yaml', question.replace('text: Two', 'text: 2'.concat(' retries')));
    expect(await versionNow()).not.toBe(before);
  });

  it.each([
    ['a lesson without front matter', 'content/01-queues/01-send/lesson.mdx', 'Text.', /must start with front matter/],
    ['a question that no lesson asks', 'content/01-queues/01-send/questions/why.yaml', question, /is never asked: add <Question id="why"/],
    [
      'a question that is missing',
      'content/01-queues/01-send/lesson.mdx',
      `${lesson}<Question id="why" />`,
      /questions\/why\.yaml is missing/,
    ],
    [
      'a term that the glossary lacks',
      'content/01-queues/01-send/lesson.mdx',
      `${lesson}<Term id="topic" />`,
      /content\/glossary\.yaml has no such term/,
    ],
    ['a module that the outline lacks', 'content/02-topics/module.yaml', 'title: T\nsummary: S\n', /add the module there/],
    ['a lesson folder without a lesson', 'content/01-queues/09-x/questions/a.yaml', question, /lesson\.mdx: is missing/],
    [
      'a prerequisite that nobody planned',
      'content/01-queues/01-send/lesson.mdx',
      lesson.replace('minutes: 5', 'minutes: 5\nprerequisites: [01-queues/08-x]'),
      /there is no lesson 01-queues\/08-x/,
    ],
  ])('says what is wrong with %s', async (_name, file, text, expected) => {
    write(file, text);
    expect((await problemsNow()).join('\n')).toMatch(expected);
  });
});
