// What Lambda does with a function in a recursive loop. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html
export type RecursiveLoop = 'Allow' | 'Terminate';
