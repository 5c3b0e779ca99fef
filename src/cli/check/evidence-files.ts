import { resolve } from "node:path";
import { parseEvidence, type StoredEvidence } from "../../evidence/file.ts";
import type { OpenImage } from "../../image/open-image.ts";
import { quote } from "../../image/quote.ts";
import type { Session } from "../command.ts";
import { warn } from "../failure.ts";
import { readInputFile } from "../input-file.ts";

/** Evidence that the user handed in; what no image of this run claims is said to be ignored. */
export interface EvidenceShelf {
  readonly all: readonly StoredEvidence[];
  /** The evidence of this very image: same image id and platform, same manifest where both know theirs. */
  take(image: OpenImage): StoredEvidence | undefined;
  warnOfTheRest(): Promise<void>;
}

export async function readEvidence(
  { context, lang, quiet }: Session,
  files: readonly string[],
): Promise<EvidenceShelf> {
  const all: StoredEvidence[] = [];
  for (const file of files) {
    const text = await readInputFile(resolve(context.cwd, file), file, "jsonBytes");
    all.push(...parseEvidence(text, file));
  }
  const taken = new Set<StoredEvidence>();
  return {
    all,
    take(image) {
      const match = all.find((stored) => isOf(stored, image));
      if (match !== undefined) taken.add(match);
      return match;
    },
    async warnOfTheRest() {
      if (quiet) return;
      for (const stored of all) if (!taken.has(stored)) await warn(ignored(stored), context, lang);
    },
  };
}

function isOf({ image }: StoredEvidence, opened: OpenImage): boolean {
  const { imageId, platform, digest } = opened;
  const sameManifest = digest === undefined || image.digest === undefined || image.digest === digest;
  return image.imageId === imageId && image.platform === platform && sameManifest;
}

function ignored({ image }: StoredEvidence): { fr: string; en: string } {
  const of = `${quote(image.source)} (${image.digest ?? image.imageId}, ${image.platform})`;
  return {
    fr: `preuves ignorées : elles concernent ${of}, aucune des images jugées ici.`,
    en: `evidence ignored: it is about ${of}, none of the images judged here.`,
  };
}
