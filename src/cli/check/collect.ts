import { resolve } from "node:path";
import type { Text } from "../../contract/text.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import { collectImage } from "../../evidence/image.ts";
import { openImage } from "../../image/open.ts";
import { RULES } from "../../rules/index.ts";
import { cacheDirectory } from "../cache-directory.ts";
import type { Session } from "../command.ts";
import { warn } from "../failure.ts";
import type { Progress } from "../progress.ts";
import { VERSION } from "../version.ts";
import type { EvidenceShelf } from "./evidence-files.ts";
import type { CheckValues } from "./flags.ts";
import type { CheckSettings } from "./settings.ts";

/** What is known of one image: read from it, unless evidence of this very image was handed in. */
export async function collect(
  source: string,
  session: Session,
  values: CheckValues,
  { platform }: CheckSettings,
  shelf: EvidenceShelf,
  progress: Progress,
): Promise<StoredEvidence> {
  const { context, lang, quiet } = session;
  progress.show(source);
  const image = await openImage(source, {
    env: context.env,
    signal: context.signal,
    insecureRegistries: values.insecureRegistry,
    ...(platform === undefined ? {} : { platform }),
    ...(values.caFile === undefined ? {} : { caFile: resolve(context.cwd, values.caFile) }),
  });
  try {
    const stored = shelf.take(image);
    if (stored !== undefined) return { image: { ...stored.image, source }, reference: image.reference };
    const directory = values.noCache ? undefined : cacheDirectory(context.env);
    const { facts, cacheProblem } = await collectImage(image, {
      rules: RULES,
      signal: context.signal,
      onProgress: ({ read, total }) => progress.show(`${percent(read, total)} ${source}`),
      ...(directory === undefined ? {} : { cache: { directory, douane: VERSION } }),
    });
    if (cacheProblem !== undefined && !quiet) await warn(unused(directory, cacheProblem), context, lang);
    return { image: facts, reference: image.reference };
  } finally {
    await image.close();
  }
}

function percent(read: number, total: number): string {
  return `${Math.floor((100 * read) / Math.max(total, 1))} %`.padStart(5);
}

function unused(folder: string | undefined, problem: string): Text {
  return {
    fr: `le cache ${folder} ne peut pas servir (${problem}) : les couches seront relues la prochaine fois. --no-cache s'en passe sans avertir.`,
    en: `the cache ${folder} cannot be used (${problem}): layers will be read again the next time. --no-cache does without it silently.`,
  };
}
