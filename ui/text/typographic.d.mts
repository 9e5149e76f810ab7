/** Straight quotes of one stretch of text to typographic ones; `before` is the text right before it. */
export function typographic(text: string, before?: string): string;

/** A remark plugin that does it for every paragraph, leaving code alone. */
export default function remarkTypographic(): (tree: object) => void;
