import type { Accepted } from "../../contract/acceptance.ts";
import type { AttestationFacts } from "../../contract/attestation-facts.ts";
import { ATTESTED_ROWS } from "../../contract/attestation-policy.ts";
import type { ImageFacts, RawImage } from "../../contract/image-facts.ts";
import { judge } from "../../contract/judge.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { attestedRules } from "../../rules/rule-set.ts";

/** Documents by which an acceptance recognises an image. */
type ImageNames = Pick<OpenImage, "source" | "digest" | "indexDigest" | "imageId" | "platform" | "reference">;

/** Rows that rest on attestations alone, judged by the same rules as a whole verdict. */
export async function attestedRows(
  attestations: AttestationFacts,
  image: ImageNames,
  accepted: Accepted,
): Promise<readonly RowVerdict[]> {
  const { reference } = image;
  // Acceptances bound to a digest are rare, and masking is costly to load.
  const named = accepted.acceptances.length === 0 ? {} : { image: await namedImage(image) };
  const { rows } = judge(
    { name: image.source, images: [] },
    [{ collected: { attestations, reference, ...named } }],
    { rules: await attestedRules(), accepted },
  );
  return rows.filter(({ id }) => ATTESTED_ROWS.some((one) => one === id));
}

/** Facts of an image without content. */
async function namedImage({
  source,
  digest,
  indexDigest,
  imageId,
  platform,
}: ImageNames): Promise<ImageFacts> {
  const { maskImage } = await import("../../secrets/image.ts");
  const raw: RawImage = {
    source,
    ...(digest === undefined ? {} : { digest }),
    ...(indexDigest === undefined ? {} : { indexDigest }),
    imageId,
    platform,
    config: {
      user: "",
      env: [],
      entrypoint: [],
      cmd: [],
      workingDir: "",
      exposedPorts: [],
      volumes: [],
      labels: {},
    },
    history: [],
    layers: [],
    annotations: {},
    program: { argv: [], path: "", steps: [] },
    files: [],
    secrets: [],
    asked: {},
  };
  return maskImage(raw);
}
