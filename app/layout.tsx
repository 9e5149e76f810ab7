import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { course } from '@/generated/content/course';
import { SiteFooter } from '@/ui/shell/site-footer';
import { SiteHeader } from '@/ui/shell/site-header';
import { themeScript } from '@/ui/shell/theme-script';
import { codeFace, readFace, readItalicFace, uiFace } from './fonts';
import './tokens.css';
import './base.css';

export const metadata: Metadata = {
  title: { default: 'Coldstart: learn serverless by running it', template: '%s | Coldstart' },
  description: 'A course on serverless and application services. Every page holds a working cloud: run it, break it, see why.',
  applicationName: 'Coldstart',
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf6' },
    { media: '(prefers-color-scheme: dark)', color: '#10151d' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  const written = course.flatMap((module) => module.sections.flatMap((section) => section.lessons.filter((lesson) => lesson.path)));
  return (
    <html
      lang="en"
      className={`${readFace.variable} ${readItalicFace.variable} ${uiFace.variable} ${codeFace.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script>{themeScript}</script>
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to the text
        </a>
        <SiteHeader lessonsTotal={written.length} />
        {children}
        <SiteFooter />
      </body>
    </html>
  );
}
