import { resolve } from "node:path";
import { type ScannedSubject, scannedDocument, scannedImage } from "../../assess/vulnerability-scan.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database/database.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import { today } from "../process/context.ts";
import { sourceDate } from "../process/source-date.ts";
import { progressOn } from "../terminal/progress.ts";
import { VERSION } from "../version.ts";
import type { VulnsValues } from "./flags.ts";
import { documentBytes } from "./scan-target.ts";

/** What an image holds, or what an SBOM says of one, compared with the data. */
export async function scannedOf(
  session: Session,
  values: VulnsValues,
  operand: string,
  data: VulnerabilityDatabase,
): Promise<ScannedSubject> {
  const { context } = session;
  const { cwd, env, signal } = context;
  const bytes = await documentBytes(operand, cwd);
  if (bytes !== undefined) return scannedDocument(bytes, operand, data, today(context));
  const { platform, insecureRegistry, caFile, noCache } = values;
  const cache = noCache ? undefined : cacheDirectory(env);
  const progress = progressOn(session);
  try {
    const request = {
      cwd,
      env,
      signal,
      image: operand,
      created: sourceDate(context),
      douane: VERSION,
      insecureRegistries: insecureRegistry,
      onProgress: ({ read, total }: { readonly read: number; readonly total: number }) =>
        progress.show(`${Math.floor((100 * read) / Math.max(1, total))} % ${operand}`),
      onThreads() {
        context.boundYoungGeneration?.(true);
        context.allowV8Threads?.(false);
      },
      ...(platform === undefined ? {} : { platform }),
      ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
      ...(cache === undefined ? {} : { cache }),
    };
    return await scannedImage(request, data, today(context));
  } finally {
    await progress.clear();
  }
}
