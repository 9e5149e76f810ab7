'use client';
// A live queue before its first use.
import type { ReactNode } from 'react';
import { LiveIsland } from '../live-island';
import { EmptyMapping } from './empty-mapping';
import type { QueueAndMappingProps } from './mapping-setup';

const loadPanel = () => import('./mapping-panel').then((module) => module.MappingPanel);

export function MappingIsland({ children, ...props }: QueueAndMappingProps & { children: ReactNode }) {
  return (
    <LiveIsland props={props} load={loadPanel} label={`queue ${props.queue ?? 'orders'}`} empty={<EmptyMapping />}>
      {children}
    </LiveIsland>
  );
}
