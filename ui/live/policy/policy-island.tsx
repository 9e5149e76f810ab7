'use client';
// A live policy evaluator before its first use.
import type { ReactNode } from 'react';
import { StillFace } from '../still-face';
import type { PolicyEvaluatorProps } from './policy-setup';

const loadPanel = () => import('./policy-panel').then((module) => module.PolicyPanel);

export function PolicyIsland({ children, ...props }: PolicyEvaluatorProps & { children: ReactNode }) {
  return (
    <StillFace
      props={props}
      load={loadPanel}
      go="Decide"
      edit="Predict or edit"
      code={children}
      empty="Nothing has been decided yet. Here you will see which policies were read, in which order, and which statement decided."
    />
  );
}
