import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { labs, loadLabPage } from '@/generated/content/labs';
import { lessons } from '@/generated/content/lessons';
import type { LabView } from '@/ui/workbench/lab-view';
import { LabWorkbench } from './lab-workbench';

interface PageProps {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return labs.map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { slug } = await params;
  const lab = labs.find((candidate) => candidate.slug === slug);
  return lab ? { title: lab.title, description: lab.summary } : {};
}

export default async function LabPage({ params }: PageProps) {
  const { slug } = await params;
  const page = await loadLabPage(slug);
  if (!page) notFound();
  const lesson = lessons.find((candidate) => candidate.id === page.lesson);
  const { title, points, editable, brief, starter, outOfScope, hints, checks, scenarios, hidden } = page;
  const lab: LabView = {
    slug,
    title,
    points,
    editable,
    brief,
    starter,
    outOfScope,
    hints,
    checks: checks.map(({ id, points: worth, scenarios: played }) => ({ id, points: worth, scenarios: played })),
    scenarios,
    hidden,
    lesson: lesson ? { title: lesson.title, path: lesson.path } : null,
  };
  return <LabWorkbench lab={lab} />;
}
