// `npm run generate`: validates content/ and labs/ and writes generated/content/.
// `--draft` is for authors at work: what has problems is reported and left out, the rest is written.
import { generateContent } from '../server/content/generate';
import { parseMarkdown } from '../server/content/markdown';
import { ContentError } from '../server/content/yaml-file';
import remarkTypographic from '../ui/text/remark-typographic.mjs';

try {
  const { content, labs, problems, touched } = await generateContent(
    process.cwd(),
    (markdown) => parseMarkdown(markdown, [remarkTypographic]),
    process.argv.includes('--draft'),
  );
  if (problems.length > 0) console.error(`${new ContentError(problems).message}\nLeft out what these name.`);
  const counts = `${content.lessons.length} lessons, ${content.questions.length} questions, ${labs.length} labs`;
  console.log(`Content: ${counts}; ${touched === 0 ? 'nothing changed' : `${touched} files written`}.`);
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
