/**
 * The security headers of every answer, pages and functions alike. The Content-Security-Policy is apart
 * because it carries the hashes of the inline scripts.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * The site's Content-Security-Policy.
 *
 * @param scriptHashes hashes of the inline scripts, as `sha256-…`
 * @param elsewhere an origin that scripts may also talk to: Supabase, for the desk
 */
export function contentSecurityPolicy(scriptHashes: readonly string[], elsewhere = ''): string {
  // Pagefind's search runs WebAssembly in a worker, which inherits this policy.
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...scriptHashes.map((hash) => `'${hash}'`)];
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${elsewhere === '' ? '' : ` ${elsewhere}`}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/gi;

/** The inline scripts of a page that a browser would run, as they are hashed. */
export function inlineScriptsOf(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)]
    .filter(([, attributes = '']) => !/type=["']?application\/(ld\+)?json/i.test(attributes))
    .map(([, , code = '']) => code)
    .filter((code) => code.trim() !== '');
}
