import { resolve } from "node:path";
import { type TokenSource, type TokenUse, tokenOf, tokenSource } from "../../attest/notary/job-token.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import type { TokenPlace } from "./flags.ts";

/**
 * Source of the job's identity token: the file or variable that the user named, else the usual variable or GitHub's
 * service. No connection is made.
 *
 * @throws UsageError file-unreadable; as tokenSource()
 */
export async function givenToken(
  { env, cwd }: Context,
  place: TokenPlace | undefined,
  use?: TokenUse,
): Promise<TokenSource> {
  if (place?.kind === "file")
    return tokenOf(await readInputFile(resolve(cwd, place.path), place.path, "settingsBytes"), place.path);
  return tokenSource(env, place?.name, use);
}
