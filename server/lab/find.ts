// The labs of this build, as commands need them.
import { labs } from '../../generated/content/labs';
import type { LabSummary } from '../content/lab-file';
import { Refusal } from '../refusal';

export function findLab(slug: string): LabSummary {
  const lab = labs.find((candidate) => candidate.slug === slug);
  if (!lab) throw new Refusal('not-found', 'There is no lab with this name. The list of labs is at /labs.');
  return lab;
}
