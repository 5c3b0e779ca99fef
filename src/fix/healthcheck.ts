import type { ConfigFacts } from "../contract/image-facts.ts";
import { isMasked } from "../secrets/mask.ts";

/** HTTP request of a HEALTHCHECK to the application itself. */
export interface HealthEndpoint {
  readonly path: string;
  readonly port: number;
  readonly scheme: "HTTP" | "HTTPS";
}

/** A curl or wget command with its options and a URL of the container itself. */
const REQUEST =
  /(?:^|[\s"'/])(?:curl|wget)\s(?:[^|;&\s]+\s+){0,20}?["']?(https?):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d{1,5}))?([/?][^\s"'|;&]*)?["']?(?=\s|$)/;
const LONGEST = 2_000;

/** Endpoint of the image's HEALTHCHECK; undefined unless it states host, port and path literally. */
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
