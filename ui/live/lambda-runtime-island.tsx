'use client';
// A live Lambda runtime before its first use.
import type { ReactNode } from 'react';
import { LiveIsland } from './live-island';
import { eventsOf, type LambdaRuntimeProps } from './runtime-setup';

const loadPanel = () => import('./runtime-panel').then((module) => module.RuntimePanel);

export function LambdaRuntimeIsland({ children, ...props }: LambdaRuntimeProps & { children: ReactNode }) {
  return (
    <LiveIsland props={props} load={loadPanel} label={eventsOf(props)[0]?.name ?? ''}>
      {children}
    </LiveIsland>
  );
}
