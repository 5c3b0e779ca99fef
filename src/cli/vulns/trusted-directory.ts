import { UsageError } from "../../contract/error.ts";
import type { Session } from "../command-line/command.ts";
import { dataDirectory, doubtOfData } from "../process/data-directory.ts";
import { warn } from "../terminal/failure.ts";

/**
 * Folder of vulnerability data that can be trusted; a warning if only the command line justifies the trust.
 *
 * @param asked folder as the user typed it, or from DOUANE_DATA
 * @param key PEM of the key that must have signed the data
 * @throws UsageError `data-directory-untrusted`, `data-directory-unknown`
 */
export async function trustedDirectory(
  { context, lang, quiet }: Pick<Session, "context" | "lang" | "quiet">,
  asked: string | undefined,
  key: string | undefined,
): Promise<string> {
  const doubt = doubtOfData(context, asked, key);
  if (doubt?.isUsed === false) throw new UsageError("data-directory-untrusted", doubt.text);
  if (doubt !== undefined && !quiet) await warn(doubt.text, context, lang);
  return dataDirectory(context, asked);
}
