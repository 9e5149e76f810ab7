// The three faces: Literata is read, Instrument Sans is operated, JetBrains Mono is code and time.
// `optional`: a face that comes late waits for the next page instead of moving the text that somebody reads. The two faces that
// every page shows are preloaded, so that they are seldom late.
import localFont from 'next/font/local';

export const readFace = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-normal.woff2', weight: '200 900', style: 'normal' },
  ],
  variable: '--font-read',
  display: 'optional',
  adjustFontFallback: false,
});

export const readItalicFace = localFont({
  src: [
    { path: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-italic.woff2', weight: '200 900', style: 'italic' },
  ],
  variable: '--font-read-italic',
  display: 'optional',
  preload: false,
  adjustFontFallback: false,
});

export const uiFace = localFont({
  src: [{ path: '../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2', weight: '400 700' }],
  variable: '--font-ui',
  display: 'optional',
  adjustFontFallback: false,
});

/** Swapped in when it comes: it is as wide as every other fixed-width face, so nothing moves. */
export const codeFace = localFont({
  src: [{ path: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2', weight: '100 800' }],
  variable: '--font-code',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
});
