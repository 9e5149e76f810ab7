// generated/content: labs. The page's data, what a browser may run, and what only the grader loads are three files.
import { generatedHead as head, json } from './generated-text';
import type { LabSource } from './read-labs';

/** Text by path under generated/content. */
export function labFiles(labs: LabSource[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { page, seeds, solution } of labs) {
    const { slug, version, title, points, editable } = page;
    files[`labs/${slug}/page.ts`] = `${head}import type { LabPage } from '../../../../server/content/lab-file';

export const labPage: LabPage = ${json(page)};
`;
    files[`labs/${slug}/visible.ts`] = `${head}import { checks } from '../../../../labs/${slug}/checks';
import { scenarios } from '../../../../labs/${slug}/scenario';
import type { VisibleLab } from '../../../../labs/loaded-lab';

export const visibleLab: VisibleLab = {
  ...${json({ slug, version, title, points, editable, starter: page.starter, seeds: { visible: seeds.visible } })},
  scenarios,
  checks,
};
`;
    files[`labs/${slug}/graded-server.ts`] = `${head}// Server only: holds hidden checks and the solution.
import { hiddenChecks, hiddenScenarios } from '../../../../labs/${slug}/hidden';
import type { LabFiles } from '../../../../labs/lab';
import type { LoadedLab } from '../../../../labs/loaded-lab';
import { visibleLab } from './visible';

export const loadedLab: LoadedLab = { ...visibleLab, hiddenScenarios, hiddenChecks, seeds: ${JSON.stringify(seeds)} };
export const solution: LabFiles = ${json(solution)};
`;
  }
  const summaries = labs.map(({ page }) => {
    const {
      brief: _brief,
      starter: _starter,
      outOfScope: _out,
      hints: _hints,
      checks: _checks,
      scenarios: _scenarios,
      hidden: _hidden,
      ...summary
    } = page;
    return summary;
  });
  const table = (module: string, name: string) =>
    labs
      .map(({ page }) => `  ${json(page.slug)}: () => import('./labs/${page.slug}/${module}').then((module) => module.${name}),`)
      .join('\n');
  files['labs.ts'] = `${head}import type { LabPage, LabSummary } from '../../server/content/lab-file';

export const labs: LabSummary[] = ${json(summaries)};

const pages: Record<string, () => Promise<LabPage>> = {
${table('page', 'labPage')}
};

/** Null when there is no such lab. */
export async function loadLabPage(slug: string): Promise<LabPage | null> {
  return Object.hasOwn(pages, slug) ? ((await pages[slug]?.()) ?? null) : null;
}
`;
  files['labs-visible.ts'] = `${head}import type { VisibleLab } from '../../labs/loaded-lab';

const visible: Record<string, () => Promise<VisibleLab>> = {
${table('visible', 'visibleLab')}
};

/** What a browser may run: visible scenarios and checks. Null when there is no such lab. */
export async function loadVisibleLab(slug: string): Promise<VisibleLab | null> {
  return Object.hasOwn(visible, slug) ? ((await visible[slug]?.()) ?? null) : null;
}
`;
  files['labs-server.ts'] = `${head}// Server only: holds hidden checks and solutions.
import type { LabFiles } from '../../labs/lab';
import type { LoadedLab } from '../../labs/loaded-lab';

const graded: Record<string, () => Promise<LoadedLab>> = {
${table('graded-server', 'loadedLab')}
};
const solutions: Record<string, () => Promise<LabFiles>> = {
${table('graded-server', 'solution')}
};

export async function loadLabForGrading(slug: string): Promise<LoadedLab> {
  const load = Object.hasOwn(graded, slug) ? graded[slug] : undefined;
  if (!load) throw new Error(\`There is no lab \${slug}.\`);
  return load();
}

export async function loadSolution(slug: string): Promise<LabFiles> {
  const load = Object.hasOwn(solutions, slug) ? solutions[slug] : undefined;
  if (!load) throw new Error(\`There is no lab \${slug}.\`);
  return load();
}
`;
  return files;
}
