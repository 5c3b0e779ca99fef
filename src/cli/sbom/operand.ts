import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ImageSbom, imageSbom } from "../../assess/image-sbom.ts";
import { sbomFile } from "../../assess/sbom-file.ts";
import { UsageError } from "../../contract/error.ts";
import type { Masked } from "../../contract/masked.ts";
import { quoted } from "../../contract/shown.ts";
import type { SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import type { Session } from "../command-line/command.ts";
import { cacheDirectory } from "../process/cache-directory.ts";
import type { Context } from "../process/context.ts";
import { isBroughtByRepository } from "../process/home-repository.ts";
import { sourceDate } from "../process/source-date.ts";
import { VERSION } from "../process/version.ts";
import { progressOn } from "../terminal/progress.ts";
import type { SbomValues } from "./flags.ts";

/** Operand of `douane sbom`: an image, or a file that is an SBOM. */
export type Operand =
  | { readonly kind: "image"; readonly sbom: ImageSbom }
  | { readonly kind: "document"; readonly document: Masked<SbomDocument> };

/** Flags for reading images. */
export type SourceValues = Pick<SbomValues, "platform" | "noCache" | "insecureRegistry" | "caFile">;

/**
 * @param given operand on the command line
 * @throws DouaneError of imageSbom() and sbomFile()
 */
export async function readOperand(session: Session, values: SourceValues, given: string): Promise<Operand> {
  const { context } = session;
  const document = await sbomDocument(context, given);
  if (document !== undefined) return { kind: "document", document };
  const progress = progressOn(session);
  try {
    const sbom = await imageSbom({
      ...sourceOptions(context, values),
      image: given,
      created: sourceDate(context),
      onProgress: ({ read, total }) =>
        progress.show(`${Math.floor((100 * read) / Math.max(1, total))} % ${given}`),
    });
    return { kind: "image", sbom };
  } finally {
    await progress.clear();
  }
}

/**
 * SBOM in a file; undefined if the operand is an image.
 *
 * @throws UsageError sbom-missing if the name is that of a document, and there is no such file
 */
export async function sbomDocument({ cwd }: Pick<Context, "cwd">, given: string) {
  const path = resolve(cwd, given);
  if (DOCUMENT_NAME.test(given) && !existsSync(path)) throw noDocument(given);
  return sbomFile(path, given, cwd);
}

/** Name of an SBOM file; in an image's name, a tag or transport would precede such an extension. */
const DOCUMENT_NAME = /^[^:@]+\.(?:json|xml|spdx)$/i;

function noDocument(given: string): UsageError {
  return new UsageError("sbom-missing", {
    fr: `${quoted(given)} n'existe pas. Vérifier le chemin du SBOM.`,
    en: `${quoted(given)} does not exist. Check the path of the SBOM.`,
  });
}

function sourceOptions(context: Context, { platform, noCache, insecureRegistry, caFile }: SourceValues) {
  const { cwd, env, signal } = context;
  const directory = noCache ? undefined : cacheDirectory(env);
  const cache = directory === undefined || isBroughtByRepository(directory, context) ? undefined : directory;
  return {
    cwd,
    env,
    signal,
    douane: VERSION,
    insecureRegistries: insecureRegistry,
    onReading(inThreads: boolean) {
      context.boundYoungGeneration?.(true);
      context.boundOldGeneration?.();
      if (inThreads) context.allowV8Threads?.(false);
    },
    ...(platform === undefined ? {} : { platform }),
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
    ...(cache === undefined ? {} : { cache }),
  };
}
