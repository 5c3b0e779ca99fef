import type { OpenOptions } from "../../image/open.ts";
import type { Assessment } from "../run/assessment.ts";

/** Options for opening images of a run. */
export function openOptions({ request, ports }: Pick<Assessment, "request" | "ports">): OpenOptions {
  const { platform, caFile, insecureRegistries = [], privateHosts } = request;
  return {
    cwd: ports.cwd,
    env: ports.env,
    signal: ports.signal,
    insecureRegistries,
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(privateHosts === undefined ? {} : { privateHosts }),
  };
}
