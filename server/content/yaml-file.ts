// Authors' files: YAML text to validated data, or one sentence a problem with file, line and what is expected.
import { LineCounter, parseDocument } from 'yaml';
import type { ZodType } from 'zod';

/** A problem in an author's file. `line` counts from 1. */
export interface ContentProblem {
  file: string;
  line: number;
  message: string;
}

export class ContentError extends Error {
  constructor(readonly problems: ContentProblem[]) {
    super(problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`).join('\n'));
    this.name = 'ContentError';
  }
}

/** `options[1].because` */
function formatPath(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`)).join('');
}

/** Parses and validates; throws a ContentError that names every problem of the file. `firstLine`: where the text starts in its file. */
export function parseYamlFile<T>(file: string, text: string, schema: ZodType<T>, firstLine = 1): T {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const lineAt = (offset: number | undefined) => firstLine - 1 + (offset === undefined ? 1 : lineCounter.linePos(offset).line);
  if (document.errors.length > 0) {
    throw new ContentError(
      document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
      })),
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  throw new ContentError(
    parsed.error.issues.map((issue) => {
      let offset: number | undefined;
      for (let depth = issue.path.length; depth > 0 && offset === undefined; depth--) {
        const node = document.getIn(issue.path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
        offset = node?.range?.[0];
      }
      const where = formatPath(issue.path);
      return { file, line: lineAt(offset), message: where ? `${where}: ${issue.message}` : issue.message };
    }),
  );
}
