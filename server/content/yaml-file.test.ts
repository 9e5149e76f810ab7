import { describe, expect, it } from 'vitest';
import { splitFrontMatter } from './lesson-file';
import { questionFileSchema } from './question-file';
import { ContentError, parseYamlFile } from './yaml-file';

const question = `type: one-of
stem: What happens?
options:
  - id: nothing
    text: Nothing
    correct: false
    because: Something does.
  - id: retry
    text: A retry
    correct: true
    because: It is an error.
difficulty: 1
bloom: apply
`;

function problemsOf(text: string): string[] {
  try {
    parseYamlFile('q.yaml', text, questionFileSchema);
    return [];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return error.problems.map((problem) => `${problem.line}: ${problem.message}`);
  }
}

describe('an author’s YAML file', () => {
  it.each([
    ['is fine as it is', question, []],
    ['is not YAML', question.replace('bloom: apply', 'bloom: "apply" now'), [expect.stringMatching(/^13: (?!.* at line)/)]],
    [
      'lacks a field of an option',
      question.replace('    because: It is an error.\n', ''),
      [expect.stringMatching(/^8: options\[1\]\.because: /)],
    ],
    ['has a field that nobody reads', `${question}colour: red\n`, [expect.stringMatching(/colour/)]],
    ['has a wrong word', question.replace('apply', 'guess'), [expect.stringMatching(/^13: bloom: /)]],
    [
      'has no correct option',
      question.replace('correct: true', 'correct: false'),
      ['4: options: one-of needs exactly one correct option, found 0'],
    ],
    [
      'has two correct options',
      question.replace('correct: false', 'correct: true'),
      ['4: options: one-of needs exactly one correct option, found 2'],
    ],
    ['names two options alike', question.replace('id: nothing', 'id: retry'), ['4: options: two options have the same id']],
    [
      'has only correct options, several of which may be chosen',
      question.replace('one-of', 'several-of').replace('correct: false', 'correct: true'),
      ['4: options: several-of needs at least one correct and one wrong option'],
    ],
  ])('that %s gives its problems with their lines', (_name, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it('inside a lesson counts lines from the lesson’s first', () => {
    const parts = splitFrontMatter('---\ntype: one-of\n---\n# Text\n');
    expect(parts).toEqual({ yaml: 'type: one-of', body: '# Text\n' });
    const problems = () => parseYamlFile('lesson.mdx', `${question.replace('apply', 'guess')}`, questionFileSchema, 2);
    expect(problems).toThrow('lesson.mdx:14: bloom');
  });
});
