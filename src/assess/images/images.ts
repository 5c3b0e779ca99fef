import { DouaneError, UnavailableError } from "../../contract/error.ts";
import { locationText } from "../../contract/object-location.ts";
import type { Text } from "../../contract/text.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import { imageOpener } from "../../image/open.ts";
import type { Assessment } from "../run/assessment.ts";
import type { KnownImage } from "../run/known-image.ts";
import { imageCollector, type OnImageOpen } from "./collector.ts";
import { fallbackEvidence, judgedByEvidence } from "./fallback-evidence.ts";
import { fixedPlatform } from "./fixed-platform.ts";
import { givenJobs, type ImageJob, jobKey, namedJobs } from "./image-jobs.ts";
import { ImageQueue } from "./image-queue.ts";
import { openOptions } from "./open-options.ts";
import { notPinned } from "./pinned-image.ts";
import { placedImages } from "./replacement.ts";
import { type Images, imageTexts } from "./stored-images.ts";

/** Images read at a time: enough to use the bandwidth, few enough for a registry; threads are shared. */
const AT_A_TIME = 4;

/**
 * Images to be read, several at a time. An unreadable image is reported once, when it is first needed.
 *
 * @param named images by their text in the manifests
 * @param wanted images to read
 * @throws UsageError `platform-invalid`, `trial-container`, `image-place`
 */
export async function imagesToRead(
  assessment: Assessment,
  named: ReadonlyMap<string, NamedImage>,
  wanted: ReadonlyMap<string, NamedImage>,
  onImageOpen?: OnImageOpen,
): Promise<Images> {
  const { request } = assessment;
  const { overrides, standalone, warnings } = placedImages(wanted, request.replacements ?? []);
  for (const text of warnings) await assessment.warn(text);
  const opener = imageOpener(openOptions(assessment));
  const platformOf = (workload: WorkloadFacts) => fixedPlatform(workload, request.platform);
  const jobs = namedJobs(wanted, overrides, platformOf);
  const given = givenJobs([...request.inputs.images, ...standalone]);
  const atHand = fallbackEvidence(wanted, assessment.evidence.images, request);
  const all = [...jobs.values(), ...given];
  const read = imageCollector(assessment, opener, all.length, onImageOpen);
  // One image at a time if trials follow: two images with common layers would unpack these twice.
  const atATime = onImageOpen === undefined ? AT_A_TIME : 1;
  const queue = new ImageQueue(all, read, {
    atATime,
    ahead: AT_A_TIME,
    onEnd: () => assessment.ports.emit({ kind: "images-read" }),
  });
  const told = new Set<ImageJob>();

  async function take(job: ImageJob, standIn?: ImageEvidence): Promise<ImageEvidence | undefined> {
    const outcome = await queue.take(job);
    if (outcome.status === "fulfilled") return outcome.value;
    if (standIn !== undefined && outcome.reason instanceof UnavailableError) {
      await assessment.warn(judgedByEvidence(standIn, job.name, outcome.reason.text));
      return assessment.evidence.use(standIn);
    }
    if (!told.has(job)) {
      told.add(job);
      await assessment.failed({ kind: "image", reference: job.name }, withUsers(outcome.reason, job));
    }
    return undefined;
  }

  return {
    async of(workload) {
      const known = new Map<string, KnownImage>();
      for (const text of imageTexts(workload)) {
        const [job, image] = [jobs.get(jobKey(text, platformOf(workload))), named.get(text)];
        const evidence = job === undefined ? undefined : await take(job, atHand.get(text));
        const other = evidence && job?.reference && notPinned(evidence, job.reference);
        if (other !== undefined) await assessment.warn(other);
        const about = other === undefined ? (evidence ?? image) : image;
        if (about !== undefined) known.set(text, about);
      }
      return known;
    },
    given: given.map((job) => async () => {
      const evidence = await take(job);
      queue.release(job);
      return evidence;
    }),
    release(workload) {
      for (const text of imageTexts(workload)) {
        const job = jobs.get(jobKey(text, platformOf(workload)));
        if (job !== undefined) queue.release(job);
      }
    },
    async close() {
      await queue.close();
      await opener.close();
    },
  };
}

/** The error, with the containers that name the image and the platform that their manifest fixes. */
function withUsers(error: unknown, { users, platform }: ImageJob): unknown {
  const [first] = users;
  if (!(error instanceof DouaneError) || first === undefined) return error;
  const { at, kind, name } = first.workload;
  const place = `${locationText(at)} (${kind}/${name})`;
  const others = new Set(users.map(({ workload }) => workload)).size - 1;
  const { fr, en } = error.text;
  const nodes: Text =
    platform === undefined
      ? { fr: "", en: "" }
      : {
          fr: `, pour des nœuds ${platform} (nodeSelector, nodeAffinity)`,
          en: `, for nodes of ${platform} (nodeSelector, nodeAffinity)`,
        };
  return new DouaneError(
    error.code,
    error.exit,
    {
      fr: `${fr} Image nommée par ${place}${others > 0 ? `, et ${others} de plus` : ""}${nodes.fr}.`,
      en: `${en} The image is named by ${place}${others > 0 ? ` and ${others} more` : ""}${nodes.en}.`,
    },
    { cause: error },
  );
}
