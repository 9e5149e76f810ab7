/** Straight quotes of one stretch of text to typographic ones; `before` is the text right before it. */
export function typographic(text: string, before?: string): string;
