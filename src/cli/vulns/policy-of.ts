import { resolve } from "node:path";
import type { Policy } from "../../policy/policy.ts";
import type { Context } from "../process/context.ts";

/** The platform's policy; without a file, the default. */
export async function policyOf({ cwd }: Pick<Context, "cwd">, file: string | undefined): Promise<Policy> {
  if (file === undefined) return {};
  const { loadPolicy } = await import("../settings/load-policy.ts");
  return loadPolicy(resolve(cwd, file), file);
}
