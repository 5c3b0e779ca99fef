import { resolve } from "node:path";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { SeenEvidence, StoredEvidence } from "../../evidence/file.ts";
import type { OpenImage } from "../../image/open-image.ts";
import type { Session } from "../command-line/command.ts";
import { readInputFile } from "../process/input-file.ts";
import { warn } from "../terminal/failure.ts";

/** Evidence that the user handed in; what no image of this run claims is said to be ignored. */
export interface EvidenceShelf extends SeenEvidence {
  /** The evidence of this very image: same image id and platform, same manifest where both know theirs. */
  take(image: OpenImage): StoredEvidence | undefined;
  warnOfTheRest(): Promise<void>;
}

export async function readEvidence(session: Session, files: readonly string[]): Promise<EvidenceShelf> {
  const seen = await readFiles(session, files);
  const all = [...seen.collected, ...seen.images];
  const taken = new Set<StoredEvidence>();
  const { context, lang, quiet } = session;
  return {
    ...seen,
    take(image) {
      const match = all.find((stored) => isOf(stored, image));
      if (match !== undefined) taken.add(match);
      return match;
    },
    async warnOfTheRest() {
      if (quiet) return;
      for (const stored of all) if (!taken.has(stored)) await warn(ignored(stored), context, lang);
      if (seen.workloads.length > 0) await warn(ignoredWorkloads(seen.workloads.length), context, lang);
    },
  };
}

async function readFiles({ context }: Session, files: readonly string[]): Promise<SeenEvidence> {
  const collected: SeenEvidence["collected"][] = [];
  const workloads: SeenEvidence["workloads"][] = [];
  const images: SeenEvidence["images"][] = [];
  const trials: SeenEvidence["trials"][] = [];
  for (const file of files) {
    const text = await readInputFile(resolve(context.cwd, file), file, "jsonBytes");
    // Schemas are loaded only when there is something to read.
    const { parseEvidence } = await import("../../evidence/file.ts");
    const seen = parseEvidence(text, file);
    collected.push(seen.collected);
    workloads.push(seen.workloads);
    images.push(seen.images);
    trials.push(seen.trials);
  }
  return {
    collected: collected.flat(),
    workloads: workloads.flat(),
    images: images.flat(),
    trials: trials.flat(),
  };
}

function isOf({ image }: StoredEvidence, opened: OpenImage): boolean {
  const { imageId, platform, digest } = opened;
  const sameManifest = digest === undefined || image.digest === undefined || image.digest === digest;
  return image.imageId === imageId && image.platform === platform && sameManifest;
}

function ignored({ image }: StoredEvidence): Text {
  const of = `${quoted(image.source)} (${image.digest ?? image.imageId}, ${image.platform})`;
  return {
    fr: `preuves ignorées : elles concernent ${of}, aucune des images jugées ici.`,
    en: `evidence ignored: it is about ${of}, none of the images judged here.`,
  };
}

function ignoredWorkloads(count: number): Text {
  return {
    fr: `preuves ignorées : leurs ${count} workloads ne sont jugés que par --evidence seul, sans image ni manifeste.`,
    en: `evidence ignored: its ${count} workloads are judged by --evidence alone only, without images or manifests.`,
  };
}
