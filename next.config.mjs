// Next's configuration. MDX plugins are named by strings: Turbopack passes their options to a worker as JSON.
import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';
import { createCssVariablesTheme } from 'shiki/core';

// One theme of CSS variables: app/tokens.css gives each its light and its dark value.
const codeTheme = createCssVariablesTheme({ name: 'coldstart', variablePrefix: '--code-', variableDefaults: {}, fontStyle: true });
// Without a list shiki loads every grammar, and compiling one lesson takes 20 s.
const codeLanguages = ['js', 'ts', 'json', 'yaml', 'bash', 'http'];

const typographic = fileURLToPath(new URL('ui/text/remark-typographic.mjs', import.meta.url));

const withMDX = createMDX({
  options: {
    remarkPlugins: ['remark-frontmatter', 'remark-gfm', typographic],
    rehypePlugins: ['rehype-slug', ['@shikijs/rehype', { theme: codeTheme, langs: codeLanguages }]],
  },
});

/** @type {import('next').NextConfig} */
const nextConfig = {
  distDir: process.env.COLDSTART_DIST || '.next',
  pageExtensions: ['ts', 'tsx'],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked by `npm run types`; a learner who starts the site does not wait for them again.
  typescript: { ignoreBuildErrors: true },
};

export default withMDX(nextConfig);
