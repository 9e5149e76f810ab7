// Numbers as filter policies compare them: five digits after the decimal point. SNS-X26.

const DIGITS = 5;
const NUMBER = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Hundred-thousandths, further digits cut off. Null when the text is not a number, or too large to compare. */
export function hundredThousandths(text: string): number | null {
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) + DIGITS;
  if (Math.abs(shift) > 400) return null;
  const digits = whole + fraction;
  const keep = whole.length + shift;
  const kept = keep <= 0 ? '0' : digits.padEnd(keep, '0').slice(0, keep);
  const value = Number(kept);
  if (value === 0) return 0;
  return sign === '-' ? -value : value;
}
