// Numbers as event patterns compare them: millionths between -5.0e9 and 5.0e9, exact in decimal.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching

/** 5.0e9 in millionths; below 2^53, so every comparable number is exact. */
export const MILLIONTHS_MAX = 5e15;

const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

export type Decimal = { millionths: number } | { refused: string };

const OUT_OF_RANGE: Decimal = { refused: 'Value must be between -5.0E9 and 5.0E9, inclusive' };
const TOO_PRECISE: Decimal = { refused: 'Only values upto 6 decimals are supported' };

/** From the text of a JSON number. */
export function parseDecimal(text: string): Decimal {
  const match = NUMBER.exec(text);
  if (!match) return OUT_OF_RANGE;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return { millionths: 0 };
  const decimals = fraction.length - Number(exponent) - (digits.length - significant.length);
  if (decimals > 6) return TOO_PRECISE;
  // 16 digits are enough for 5e15: what is longer is out of range.
  const zeros = 6 - decimals;
  if (significant.length + zeros > 16) return OUT_OF_RANGE;
  const magnitude = Number(significant + '0'.repeat(zeros));
  if (magnitude > MILLIONTHS_MAX) return OUT_OF_RANGE;
  return { millionths: sign ? -magnitude : magnitude };
}

/** Millionths of a JSON number, or null when patterns cannot compare it. */
export function toMillionths(text: string): number | null {
  const parsed = parseDecimal(text);
  return 'millionths' in parsed ? parsed.millionths : null;
}
