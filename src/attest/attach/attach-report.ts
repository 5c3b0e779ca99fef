import { sha256 } from "../../contract/digest.ts";
import type { MaskedReport } from "../../secrets/scan-report.ts";
import { artifactManifest, EMPTY_CONFIG, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import { type Attaching, type PutReferrer, unlessImmutable } from "./attach.ts";
import { completeFallbackIndex } from "./referrers-fallback.ts";
import { ownTag, referrersTag } from "./subject.ts";

/** Scan report attached to an image. The signed statement about the scan names the report's digest. */
export interface AttachedReport {
  readonly mediaType: string;
  readonly attachment: MaskedReport;
}

/** Attaches reports as referrers of their subject; the type of the referrer is the report's media type. */
export async function attachReports(attaching: Attaching, reports: readonly AttachedReport[]): Promise<void> {
  const { store, subject, pause } = attaching;
  const hasApi = (await store.referrers(subject.digest)) !== undefined;
  const unlisted: string[] = [];
  for (const report of reports) {
    const { reference, listed } = await putReport(attaching, report, hasApi);
    if (!listed) unlisted.push(reference);
  }
  if (hasApi || unlisted.length === 0) return;
  const tag = referrersTag(subject.digest);
  await unlessImmutable(
    tag,
    (text) => attaching.warn(text),
    () => completeFallbackIndex(store, subject.digest, unlisted, pause),
  );
}

/**
 * Puts the manifest of a report. The manifest depends only on the report, so attaching it again changes
 * nothing. Without the referrers API, the manifest gets its own tag.
 */
async function putReport(
  { store, subject }: Attaching,
  { mediaType, attachment }: AttachedReport,
  hasApi: boolean,
): Promise<PutReferrer> {
  const bytes = Buffer.from(attachment.text);
  const digest = await store.putBlob(bytes);
  await store.putBlob(EMPTY_CONFIG);
  const manifest = artifactManifest({
    artifactType: mediaType,
    layer: { mediaType, digest, size: bytes.length },
    subject,
  });
  const name = sha256(manifest);
  const reference = hasApi ? name : ownTag(subject.digest, name);
  return { reference, listed: await store.putManifest(reference, MANIFEST_TYPE, manifest) };
}
