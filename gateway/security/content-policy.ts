/** What a page may load and who may show it, as the header Content-Security-Policy says it. */
const policyOf = (directives: Readonly<Record<string, string>>) =>
  Object.entries({ ...directives, 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** For what is no page: an answer that a browser shows anyway does nothing. */
export const answerPolicy = policyOf({ 'default-src': "'none'" });

/** For the web client: everything from this gateway; its components write styles as they go. */
export const clientPolicy = policyOf({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self' blob:",
});

/** For the explorer, which is one page with its scripts in it and runs in development only. */
export const explorerPolicy = policyOf({
  'default-src': "'none'",
  'script-src': "'self' 'unsafe-inline' blob:",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
});

/** For Apollo's sandbox, which names in the page itself what it loads from the internet. */
export const sandboxPolicy = policyOf({});
