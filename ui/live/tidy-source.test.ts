import { describe, expect, it } from 'vitest';
import { tidySource } from './tidy-source';

describe('source in a lesson', () => {
  it.each([
    ['\n    a\n      b\n\n    c\n  ', 'a\n  b\n\nc'],
    ['a\r\n  b', 'a\n  b'],
    ['', ''],
  ])('of %j is %j', (written, shown) => {
    expect(tidySource(written)).toBe(shown);
  });
});
