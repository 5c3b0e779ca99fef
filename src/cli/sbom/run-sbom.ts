import { resolve } from "node:path";
import { imageSbom } from "../../assess/image-sbom.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import type { Session } from "../command-line/command.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import type { Context } from "../process/context.ts";
import { sourceDate } from "../process/source-date.ts";
import { writeOutput } from "../process/write-output.ts";
import { warn } from "../terminal/failure.ts";
import { type Progress, progressOn } from "../terminal/progress.ts";
import { VERSION } from "../version.ts";
import type { SbomValues } from "./flags.ts";
import { CYCLONEDX, TABLE } from "./formats.ts";
import { unidentifiedTexts } from "./unidentified.ts";

/** `douane sbom`. */
export async function runSbom(
  session: Session,
  values: SbomValues,
  [image]: readonly string[],
): Promise<number> {
  if (image === undefined) throw oneImage();
  const { context, lang, quiet } = session;
  const { stdout } = context;
  const targets = values.format.length > 0 ? values.format : [{ format: stdout.isTTY ? TABLE : CYCLONEDX }];
  assertDistinct(targets);
  const progress = progressOn(session);
  const sbom = imageSbom({
    ...sourceOptions(context, values),
    image,
    created: sourceDate(context),
    onProgress: ({ read, total }) =>
      progress.show(`${Math.floor((100 * read) / Math.max(1, total))} % ${image}`),
  });
  const { content, choice } = await clearing(sbom, progress);
  const remarks = choice === undefined ? content.gaps : [choice, ...content.gaps];
  const told = [...remarks, ...unidentifiedTexts(content.packages.unidentified)];
  if (!quiet) for (const text of told) await warn(text, context, lang);
  const { color, verbose } = session;
  const { columns } = stdout;
  for (const { format, file } of targets) {
    const options = {
      lang,
      verbose,
      color: color && file === undefined,
      ...(columns === undefined ? {} : { width: columns }),
    };
    const text = await format.write(content, options);
    if (file === undefined) await stdout.write(text);
    else await writeOutput(resolve(context.cwd, file), text, context);
  }
  return content.gaps.length === 0 ? EXIT.admitted : EXIT.unproven;
}

async function clearing<T>(work: Promise<T>, progress: Progress): Promise<T> {
  try {
    return await work;
  } finally {
    await progress.clear();
  }
}

function sourceOptions(context: Context, { platform, noCache, insecureRegistry, caFile }: SbomValues) {
  const { cwd, env, signal } = context;
  const cache = noCache ? undefined : cacheDirectory(env);
  return {
    cwd,
    env,
    signal,
    douane: VERSION,
    insecureRegistries: insecureRegistry,
    onReading(inThreads: boolean) {
      context.boundYoungGeneration?.(true);
      if (inThreads) context.allowV8Threads?.(false);
    },
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
    ...(cache === undefined ? {} : { cache }),
  };
}

function oneImage(): UsageError {
  return new UsageError("image-missing", {
    fr: "douane sbom décrit une image : la nommer (douane sbom registry.example.fr/equipe/portail:1.4.2).",
    en: "douane sbom describes one image: name it (`douane sbom registry.example.fr/team/portal:1.4.2`).",
  });
}
