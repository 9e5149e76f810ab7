// Amazon Resource Names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

/** `arn:partition:service:region:account:resource`; for hosts outside AWS, an `https://host` address. */
export type Arn = string;

export interface ArnParts {
  partition: string;
  service: string;
  region: string;
  account: string;
  /** Everything after the fifth colon: `function:charge:$LATEST`, `orders-dlq`. */
  resource: string;
}

/** Null when the text is not an ARN. */
export function parseArn(text: string): ArnParts | null {
  const parts = text.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') return null;
  const [, partition = '', service = '', region = '', account = ''] = parts;
  return { partition, service, region, account, resource: parts.slice(5).join(':') };
}

export function formatArn(parts: Omit<ArnParts, 'partition'> & { partition?: string }): Arn {
  const { partition = 'aws', service, region, account, resource } = parts;
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
