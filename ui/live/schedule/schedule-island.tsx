'use client';
// A live schedule explorer before its first use.
import type { ReactNode } from 'react';
import { StillFace } from '../still-face';
import type { ScheduleExplorerProps } from './schedule-setup';

const loadPanel = () => import('./schedule-panel').then((module) => module.SchedulePanel);

export function ScheduleIsland({ children, ...props }: ScheduleExplorerProps & { children: ReactNode }) {
  return (
    <StillFace
      props={props}
      load={loadPanel}
      go="Show the next runs"
      edit="Edit"
      code={children}
      empty="Say first when it will run. Then let it be worked out."
    />
  );
}
