import type { ConfigFacts } from "../contract/image-facts.ts";
import { isMasked } from "../secrets/mask.ts";

/** What a HEALTHCHECK asks the application itself over HTTP. */
export interface HealthEndpoint {
  readonly path: string;
  readonly port: number;
  readonly scheme: "HTTP" | "HTTPS";
}

/** curl or wget, its options, and a URL of the container itself; what stands behind is how it is judged. */
const REQUEST =
  /(?:^|[\s"'/])(?:curl|wget)\s(?:[^|;&\s]+\s+){0,20}?["']?(https?):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}))?([/?][^\s"'|;&]*)?["']?(?=\s|$)/;
const LONGEST = 2_000;

/** Nothing is guessed: undefined unless the image's HEALTHCHECK names host, port and path in so many words. */
export function healthEndpoint({
  healthcheck = [],
}: Pick<ConfigFacts, "healthcheck">): HealthEndpoint | undefined {
  const [kind, ...words] = healthcheck;
  if (kind !== "CMD" && kind !== "CMD-SHELL") return undefined;
  const command = words.join(" ");
  if (command.length > LONGEST) return undefined;
  const [, scheme, written, path = "/"] = REQUEST.exec(command) ?? [];
  if (scheme === undefined || /[$`\\]/.test(path) || isMasked(path)) return undefined;
  const port = Number(written ?? (scheme === "https" ? 443 : 80));
  if (port < 1 || port > 65_535) return undefined;
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    port,
    scheme: scheme === "https" ? "HTTPS" : "HTTP",
  };
}
