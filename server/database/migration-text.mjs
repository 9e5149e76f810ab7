// Finds statements in a migration that would end or leave its transaction. Text in strings, comments and function bodies does not count.
// Lexical structure: https://www.postgresql.org/docs/18/sql-syntax-lexical.html

const notCode = [
  /--[^\n]*/, // line comment
  /\/\*[\s\S]*?\*\//, // block comment
  /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/, // dollar-quoted text
  /[eE]'(?:[^'\\]|\\.|'')*'/, // string with escapes
  /'(?:[^']|'')*'/,
  /"(?:[^"]|"")*"/,
];
const notCodePattern = new RegExp(notCode.map((pattern) => pattern.source).join('|'), 'g');

const control =
  /^(?:BEGIN|START\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE\s+TRANSACTION|VACUUM|(?:CREATE|DROP)\s+(?:UNIQUE\s+)?(?:INDEX|DATABASE)\s+CONCURRENTLY|(?:CREATE|DROP)\s+DATABASE)\b/i;

/**
 * The first such statement as it is written, or null.
 * @param {string} sql
 */
export function transactionControlIn(sql) {
  const code = sql.replace(notCodePattern, (text) => (text.startsWith('--') || text.startsWith('/*') ? ' ' : "''"));
  for (const statement of code.split(';')) {
    const found = control.exec(statement.trim());
    if (found) return found[0].replace(/\s+/g, ' ').toUpperCase();
  }
  return null;
}
