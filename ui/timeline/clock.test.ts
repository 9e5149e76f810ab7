import { describe, expect, it } from 'vitest';
import { formatAxis, formatClock, formatDuration, spellDuration } from './clock';

describe('virtual time', () => {
  it.each([
    [0, '00:00:00.000'],
    [180_412.9, '00:03:00.412'],
    [90_061_001, '1 d 01:01:01.001'],
  ])('reads %d as the clock %s', (at, text) => {
    expect(formatClock(at)).toBe(text);
  });

  it.each([
    [0, '0'],
    [0.25, '0.25 ms'],
    [182.4, '182 ms'],
    [3200, '3.2 s'],
    [60_224, '1:00'],
    [7_380_000, '2:03:00'],
    [90_000_000, '1 d 1:00'],
  ])('labels %d as %s on an axis', (at, text) => {
    expect(formatAxis(at)).toBe(text);
  });

  it.each([
    [0.417, '0.42 ms', '0.42 ms'],
    [182.4, '182 ms', '182 ms'],
    [3000, '3 s', '3 seconds'],
    [60_000, '1 min', '1 minute'],
    [21_600_000, '6 h', '6 hours'],
  ])('calls %d a wait of %s, in words %s', (ms, short, words) => {
    expect([formatDuration(ms), spellDuration(ms)]).toEqual([short, words]);
  });
});
