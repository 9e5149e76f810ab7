// Why SNS refuses a filter policy. https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html

/** `at`: the place in the text, where AWS tells it. */
export class PolicyError extends Error {
  constructor(
    message: string,
    readonly at: number | null = null,
  ) {
    super(message);
  }
}
