// The front matter of a lesson.mdx.
import { z } from 'zod';

export const isoDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'must be a date such as 2026-11-23');
export const factId = z.string().regex(/^[A-Z]+(-[A-Z0-9]+)+$/, 'must be a fact id such as LAM-INV-X12');

export const lessonFileSchema = z.strictObject({
  title: z.string().min(1),
  subtitle: z.string().min(1).optional(),
  /** One sentence; it opens the page and describes it to search engines. */
  summary: z.string().min(1).max(320),
  minutes: z.number().int().min(1).max(60),
  objectives: z.array(z.string().min(1)).min(1),
  prerequisites: z.array(z.string().min(1)).default([]),
  notes: z.array(factId).default([]),
  facts: z.array(factId).default([]),
  labs: z.array(z.string().min(1)).default([]),
  sources: z.array(z.strictObject({ title: z.string().min(1), url: z.url(), checked: isoDate })).min(1),
  olderMaterial: z.string().min(1).optional(),
});
export type LessonFile = z.infer<typeof lessonFileSchema>;

/** Splits `---` front matter from a lesson's text. Null when there is none. */
export function splitFrontMatter(text: string): { yaml: string; body: string } | null {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return null;
  return { yaml: match[1] ?? '', body: text.slice(match[0].length) };
}
