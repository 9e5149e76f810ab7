// What a compiled filter pattern can do.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

export interface FilterPattern {
  matches(message: string): boolean;
  /** The fields of a message as the pattern names them: `$.latency`, `$size`, `$4`. */
  extract(message: string): Record<string, string>;
  /** What a metric's value or dimension refers to. Null when the message has no such field. */
  valueOf(message: string, reference: string): string | null;
  /** How many regular expressions it holds: two at most. */
  regexes: number;
}

/** Thrown while a pattern is read; its message becomes AWS's InvalidParameterException. */
export class PatternError extends Error {}
