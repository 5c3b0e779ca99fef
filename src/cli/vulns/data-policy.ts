import { resolve } from "node:path";
import type { VulnerabilityDataPolicy } from "../../policy/vulnerability-data.ts";
import type { Context } from "../process/context.ts";

/** What the platform's policy says of vulnerability data; nothing where there is none. */
export async function dataPolicy(
  { cwd }: Pick<Context, "cwd">,
  file: string | undefined,
): Promise<VulnerabilityDataPolicy> {
  if (file === undefined) return {};
  const { loadPolicy } = await import("../settings/load.ts");
  return (await loadPolicy(resolve(cwd, file), file)).vulnerabilityData ?? {};
}
