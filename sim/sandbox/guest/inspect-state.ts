// What `util.inspect` carries along while it shows a value, and how it shows primitives.
// https://github.com/nodejs/node/blob/v22.x/lib/internal/util/inspect.js (formatPrimitive, strEscape)

export interface InspectState {
  /** Shows a member of the value. */
  show(value: unknown, recursed: number): string;
  depth: number;
  breakLength: number;
  compact: number;
  sorted: boolean;
  maxArrayLength: number;
  maxStringLength: number;
  /** Objects being shown, outermost first. */
  seen: object[];
  /** Objects that refer to themselves, with their number. */
  circular: Map<object, number>;
  indentation: number;
  currentDepth: number;
}

export function formatPrimitive(value: unknown, state: InspectState): string {
  switch (typeof value) {
    case 'string': {
      const long = value.length > state.maxStringLength;
      const shown = long ? value.slice(0, state.maxStringLength) : value;
      const rest = value.length - state.maxStringLength;
      const trailer = long ? `... ${rest} more character${rest > 1 ? 's' : ''}` : '';
      // A long text with line breaks is shown as lines joined by +.
      if (state.compact !== 1 && shown.length > 16 && shown.length > state.breakLength - state.indentation - 4 && shown.includes('\n')) {
        return (
          shown
            .split(/(?<=\n)/)
            .map(quote)
            .join(` +\n${' '.repeat(state.indentation + 2)}`) + trailer
        );
      }
      return quote(shown) + trailer;
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    default:
      return String(value);
  }
}

const ESCAPES: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

/** Single quotes, or others when the text has single quotes itself. */
export function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = [...text].map(escapeCharacter).join('');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  const known = ESCAPES[character];
  if (known) return known;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  // Iterating a text by code points leaves lone surrogates on their own.
  return character.length === 1 && code >= 0xd800 && code <= 0xdfff ? `\\u${code.toString(16)}` : character;
}
