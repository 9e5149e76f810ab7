// The live parts of the lesson do what the text around them says.
import { beforeAll, describe, expect, it } from 'vitest';
import { type LessonParts, lessonParts } from '../../../test/lesson-parts';

let parts: LessonParts;
beforeAll(async () => {
  parts = await lessonParts(new URL('lesson.mdx', import.meta.url));
});

/** Which rules took which of the prepared events. */
function matches(id: string, change?: (text: string, name: string) => string): Record<string, string[]> {
  const { events } = parts.route(id, change).outcome;
  return Object.fromEntries(events.map((event) => [event.name, event.rules.filter(({ isMatched }) => isMatched).map(({ rule }) => rule)]));
}

describe('rules and patterns', () => {
  it('leaves the order of 129 euros bare, and every event to the other rule', () => {
    expect(matches('gift')).toEqual({
      'order of 129 euros': ['everything'],
      'order of 49 euros': ['everything'],
      refund: ['everything'],
    });
  });

  it('wraps it once the rule asks for a number', () => {
    const repaired = (text: string) => text.replace('["129"]', '[{ "numeric": [">=", 100] }]');
    expect(matches('gift', repaired)).toEqual({
      'order of 129 euros': ['gift-wrap', 'everything'],
      'order of 49 euros': ['everything'],
      refund: ['everything'],
    });
  });

  it('is solved by the pattern that the exercise reveals', () => {
    const answer = /`(\{"source": \["shop\.orders"\].*?\}\})`/.exec(parts.text)?.[1] ?? '';
    const solved = (text: string, name: string) => (name.startsWith('customs') ? answer : text);
    expect(matches('abroad')['a test to France']).toEqual(['customs']);
    expect(matches('abroad', solved)).toEqual({
      'to France': ['customs'],
      'to Ireland': [],
      'collected in the shop': [],
      'a test to France': [],
    });
  });
});
