// The course's outline: content/course.yaml and each module's module.yaml.
import { z } from 'zod';

export const folderName = z.string().regex(/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/, 'must look like 10-asynchronous-invocation');

export const outlineSchema = z.strictObject({
  title: z.string().min(1),
  modules: z
    .array(
      z.strictObject({
        folder: folderName,
        sections: z
          .array(
            z.strictObject({
              title: z.string().min(1),
              lessons: z.array(z.strictObject({ folder: folderName, title: z.string().min(1) })).min(1),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});
export type Outline = z.infer<typeof outlineSchema>;

export const moduleFileSchema = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
});

/** content/glossary.yaml: words that lessons may mark, by id. */
export const glossarySchema = z.record(
  z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  z.strictObject({ term: z.string().min(1), definition: z.string().min(1) }),
);
export type Glossary = z.infer<typeof glossarySchema>;

/** `10-asynchronous-invocation` is reached as `asynchronous-invocation`. */
export function withoutNumber(folder: string): string {
  return folder.replace(/^\d\d-/, '');
}
