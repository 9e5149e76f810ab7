// The words of a metric math expression. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html

/** An expression that cannot be read or computed; its message becomes AWS's ValidationError. */
export class MathError extends Error {}

export interface MathToken {
  kind: 'number' | 'name' | 'text' | 'symbol' | 'end';
  value: string;
}

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|"([^"]*)"|'([^']*)'|(&&|\|\||==|!=|<=|>=|[-+*/^(),<>[\]!]))/y;

export function tokenizeMath(text: string): MathToken[] {
  const tokens: MathToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    if (text.slice(at).trim() === '') break;
    const found = TOKEN.exec(text);
    if (!found) throw new MathError(`Unexpected character '${text.slice(at).trim()[0]}'`);
    const [, number, name, double, single, symbol] = found;
    if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol });
    else tokens.push({ kind: 'text', value: double ?? single ?? '' });
  }
  tokens.push({ kind: 'end', value: 'the end' });
  return tokens;
}
