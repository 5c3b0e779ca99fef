import { sha256 } from "../../contract/digest.ts";
import type { MaskedReport } from "../../secrets/scan-report.ts";
import { artifactManifest, EMPTY_CONFIG, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import { type Attaching, unlessImmutable } from "./attach.ts";
import { completeFallbackIndex } from "./referrers-fallback.ts";
import { ownTag, referrersTag } from "./subject.ts";

/** A scan report beside an image. The signed statement about the scan names its digest. */
export interface AttachedReport {
  readonly mediaType: string;
  readonly attachment: MaskedReport;
}

/** Attaches reports as referrers of their subject, whose type is the report's media type. */
export async function attachReports(attaching: Attaching, reports: readonly AttachedReport[]): Promise<void> {
  const { store, subject, pause } = attaching;
  const hasApi = (await store.referrers(subject.digest)) !== undefined;
  const listed: boolean[] = [];
  for (const report of reports) listed.push(await putReport(attaching, report, hasApi));
  if (hasApi || listed.every(Boolean)) return;
  const tag = referrersTag(subject.digest);
  await unlessImmutable(
    tag,
    (text) => attaching.warn(text),
    () => completeFallbackIndex(store, subject.digest, pause),
  );
}

/**
 * Puts the same manifest for the same report: attaching it again changes nothing. Without the referrers API, the
 * manifest gets a tag of its own.
 *
 * @returns whether the store lists the manifest by itself
 */
async function putReport(
  { store, subject }: Attaching,
  { mediaType, attachment }: AttachedReport,
  hasApi: boolean,
): Promise<boolean> {
  const bytes = Buffer.from(attachment.text);
  const digest = await store.putBlob(bytes);
  await store.putBlob(EMPTY_CONFIG);
  const manifest = artifactManifest({
    artifactType: mediaType,
    layer: { mediaType, digest, size: bytes.length },
    subject,
  });
  const name = sha256(manifest);
  return store.putManifest(hasApi ? name : ownTag(subject.digest, name), MANIFEST_TYPE, manifest);
}
