// Numbers as DynamoDB keeps them: exact, up to 38 significant digits, from 1E-130 to 9.99…E+125.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
const DIGITS_MAX = 38;
/** Of the number written as 0.digits × 10^exponent. */
const EXPONENT_MAX = 126;
const EXPONENT_MIN = -129;

/** `sign` × 0.digits × 10^exponent; digits neither begin nor end with a zero, and zero has none. */
export interface Decimal {
  sign: -1 | 0 | 1;
  digits: string;
  exponent: number;
}

const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/;
const ZERO: Decimal = { sign: 0, digits: '', exponent: 0 };

/** The problem in DynamoDB's words, or the number. */
export function parseDecimal(text: string): Decimal | { problem: string } {
  const match = NUMBER.exec(text);
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (!match || whole + fraction === '') {
    return {
      problem:
        text === ''
          ? 'The parameter cannot be converted to a numeric value'
          : `The parameter cannot be converted to a numeric value: ${text}`,
    };
  }
  return bounded(normal(sign === '-' ? -1 : 1, whole + fraction, whole.length + Number(power)));
}

function normal(sign: -1 | 1, allDigits: string, exponent: number): Decimal {
  const leading = /^0*/.exec(allDigits)?.[0].length ?? 0;
  const digits = allDigits.slice(leading).replace(/0+$/, '');
  return digits === '' ? ZERO : { sign, digits, exponent: exponent - leading };
}

function bounded(value: Decimal): Decimal | { problem: string } {
  if (value.sign === 0) return value;
  if (value.exponent > EXPONENT_MAX)
    return { problem: 'Number overflow. Attempting to store a number with magnitude larger than supported range' };
  if (value.exponent < EXPONENT_MIN)
    return { problem: 'Number underflow. Attempting to store a number with magnitude smaller than supported range' };
  if (value.digits.length > DIGITS_MAX) return { problem: 'Attempting to store more than 38 significant digits in a Number' };
  return value;
}

/** Of text that was checked before. */
export function decimalOf(text: string): Decimal {
  const value = parseDecimal(text);
  return 'problem' in value ? ZERO : value;
}

/** As DynamoDB gives it back: without exponent and without needless zeros. */
export function formatDecimal({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return '0';
  const minus = sign < 0 ? '-' : '';
  if (exponent <= 0) return `${minus}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return minus + digits + '0'.repeat(exponent - digits.length);
  return `${minus}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

export function add(a: Decimal, b: Decimal): Decimal | { problem: string } {
  const scale = Math.min(scaleOf(a), scaleOf(b));
  const sum = whole(a, scale) + whole(b, scale);
  const digits = String(sum < 0n ? -sum : sum);
  return bounded(normal(sum < 0n ? -1 : 1, digits, digits.length + scale));
}

export function negated(value: Decimal): Decimal {
  return { ...value, sign: -value.sign as Decimal['sign'] };
}

/** The power of ten of the last digit. */
function scaleOf({ sign, digits, exponent }: Decimal): number {
  return sign === 0 ? 0 : exponent - digits.length;
}

function whole(value: Decimal, scale: number): bigint {
  return value.sign === 0 ? 0n : BigInt(value.sign) * BigInt(value.digits + '0'.repeat(scaleOf(value) - scale));
}

/** Text that sorts, character by character, as the numbers do. */
export function sortKey({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return '1';
  const power = String(exponent + 500);
  if (sign > 0) return `2${power}${digits}`;
  // The larger the magnitude the smaller the number; the end mark makes a longer magnitude come first.
  return `0${complement(power)}${complement(digits)}~`;
}

function complement(digits: string): string {
  let text = '';
  for (const digit of digits) text += 9 - Number(digit);
  return text;
}

/** Bytes that a number takes in an item: two digits a byte, and one more; a sign takes another. */
export function decimalBytes({ sign, digits, exponent }: Decimal): number {
  if (sign === 0) return 1;
  // Pairs of digits are cut at the decimal point.
  const before = exponent & 1 ? 1 : 0;
  return Math.min(21, Math.ceil((digits.length + before) / 2) + 1 + (sign < 0 ? 1 : 0));
}
