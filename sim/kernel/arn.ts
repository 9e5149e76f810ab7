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
  if (!text.startsWith('arn:')) return null;
  const service = text.indexOf(':', 4) + 1;
  const region = text.indexOf(':', service) + 1;
  const account = text.indexOf(':', region) + 1;
  const resource = text.indexOf(':', account) + 1;
  if (service === 0 || region === 0 || account === 0 || resource === 0) return null;
  return {
    partition: text.slice(4, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  };
}

export function formatArn(parts: Omit<ArnParts, 'partition'> & { partition?: string }): Arn {
  const { partition = 'aws', service, region, account, resource } = parts;
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
