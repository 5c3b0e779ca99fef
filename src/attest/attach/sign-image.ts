import type { Signer } from "../witness/signer.ts";
import {
  type Attaching,
  annotationsOf,
  attachBundles,
  type Layout,
  type SignedAttestation,
  unlessImmutable,
} from "./attach.ts";
import { type ListedLayer, SIGNATURE_ANNOTATION, SIMPLE_SIGNING_TYPE, withLayers } from "./layer-list.ts";
import { addToSharedTag } from "./shared-tag.ts";
import { cosignTag } from "./subject.ts";

export interface ImageSignature {
  /** Registry and repository. */
  readonly name: string;
  readonly key: Signer;
  /** Signed statement with SIGN_PREDICATE. */
  readonly attestation: SignedAttestation;
}

/** Attaches a signature of the image itself: cosign 3's bundle, and the payload under cosign 2's tag. */
export async function attachSignature(
  attaching: Attaching,
  { name, key, attestation }: ImageSignature,
  layout: Layout,
): Promise<void> {
  if (layout !== "tag") await attachBundles(attaching, [attestation]);
  if (layout === "bundle") return;
  const tag = cosignTag(attaching.subject.digest, "sig");
  const write = () => addSignature(attaching, name, key);
  await (layout === "tag" ? write() : unlessImmutable(tag, attaching.warn, write));
}

async function addSignature({ store, subject, pause }: Attaching, name: string, key: Signer): Promise<void> {
  const payload = simpleSigning(name, subject.digest);
  const signature = await key.sign(payload);
  const material = await key.witness?.materialOf({ kind: "payload", payload, signature });
  const layer: ListedLayer = {
    mediaType: SIMPLE_SIGNING_TYPE,
    digest: await store.putBlob(payload),
    size: payload.length,
    annotations: {
      [SIGNATURE_ANNOTATION]: Buffer.from(signature).toString("base64"),
      ...annotationsOf(material),
    },
  };
  const tag = cosignTag(subject.digest, "sig");
  await addToSharedTag(store, tag, (current) => withLayers(store, current, [layer], tag), pause);
}

/**
 * Payload of a signature (simple signing):
 * https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format
 */
function simpleSigning(name: string, digest: string): Buffer {
  const critical = {
    identity: { "docker-reference": name },
    image: { "docker-manifest-digest": digest },
    type: "cosign container image signature",
  };
  return Buffer.from(JSON.stringify({ critical, optional: null }));
}
