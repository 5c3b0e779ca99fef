/**
 * Common origin of these URLs, without credentials; undefined if they have several origins, or if a URL is
 * not HTTP.
 */
export function originOf(urls: readonly unknown[]): string | undefined {
  const origins = new Set(
    urls.map((url) => {
      const parsed = typeof url === "string" ? URL.parse(url) : null;
      return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
    }),
  );
  return origins.size === 1 ? [...origins][0] : undefined;
}
