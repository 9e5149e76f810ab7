'use client';
// A live function with versions before its first use.
import type { ReactNode } from 'react';
import runtime from '../runtime.module.css';
import { StillFace } from '../still-face';
import { aliasOf, LATEST, splitText, timesOf, type VersionsAndAliasesProps } from './versions-setup';

const loadPanel = () => import('./versions-panel').then((module) => module.VersionsPanel);

export function VersionsIsland({ children, ...props }: VersionsAndAliasesProps & { children: ReactNode }) {
  const alias = aliasOf(props);
  const before = props.before ?? [];
  const published = before.filter((step) => step.do === 'publish').length;
  const pointed = before.findLast((step) => step.do === 'alias');
  return (
    <StillFace
      props={props}
      load={loadPanel}
      go={`Call ${pointed ? alias : LATEST} ${timesOf(props)} times`}
      edit="Open"
      code={
        <>
          <p className={runtime.sourceBar}>
            <span>
              {Object.keys(props.files)[0]} in {LATEST}
            </span>
          </p>
          {children}
        </>
      }
      empty={
        <>
          Published so far: {published === 0 ? 'no version' : Array.from({ length: published }, (_each, index) => index + 1).join(', ')}.{' '}
          {pointed ? `The alias ${alias} sends ${splitText(pointed)}.` : `There is no alias ${alias} yet.`} Publish, point the alias, call
          the function: here you will see which version answered.
        </>
      }
    />
  );
}
