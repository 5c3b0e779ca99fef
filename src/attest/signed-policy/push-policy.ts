import { sha256 } from "../../contract/digest.ts";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { ENVELOPE_TYPE, formatEnvelope, parseEnvelope } from "../dsse/envelope.ts";
import { envelopeBy } from "../dsse/sign-envelope.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import { artifactManifest, EMPTY_CONFIG, MANIFEST_TYPE, parseArtifact } from "../store/artifact-manifest.ts";
import type { ArtifactStore } from "../store/artifact-store.ts";
import {
  formatPolicyDocument,
  POLICY_ARTIFACT,
  POLICY_PAYLOAD,
  type PolicyDocument,
  parsePolicyDocument,
} from "./policy-document.ts";

/**
 * Signs a policy and pushes it under the tag of its name.
 *
 * @returns digest of the artifact's manifest
 * @throws UsageError policy-tag-taken, policy-serial-published; as the store and the key
 */
export async function pushPolicy(
  store: ArtifactStore,
  document: PolicyDocument,
  key: SigningKey,
): Promise<Digest> {
  const published = await publishedSerial(store, document.name);
  if (published !== undefined && published >= document.serial) throw notAbove(document, published);
  const envelope = await envelopeBy(key, POLICY_PAYLOAD, formatPolicyDocument(document));
  const bytes = Buffer.from(formatEnvelope(envelope));
  const digest = await store.putBlob(bytes);
  await store.putBlob(EMPTY_CONFIG);
  const manifest = artifactManifest({
    artifactType: POLICY_ARTIFACT,
    layer: { mediaType: ENVELOPE_TYPE, digest, size: bytes.length },
  });
  await store.putManifest(document.name, MANIFEST_TYPE, manifest);
  return sha256(manifest);
}

/** Serial of the policy under a tag; only a hint for the publisher, since the signature is not verified. */
async function publishedSerial(store: ArtifactStore, name: string): Promise<number | undefined> {
  const manifest = await store.manifest(name);
  if (manifest === undefined) return undefined;
  const { artifactType, layers } = parseArtifact(manifest, name);
  if (artifactType !== POLICY_ARTIFACT) throw taken(name);
  const [layer] = layers;
  try {
    const bytes = layer === undefined ? undefined : await store.blob(layer, LIMITS.attestationBytes);
    return parsePolicyDocument(parseEnvelope(bytes ?? new Uint8Array(), name).payload, name).serial;
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}

function taken(name: string): UsageError {
  return new UsageError("policy-tag-taken", {
    fr: `le tag ${quoted(name)} contient autre chose qu'une politique : il n'est pas réécrit. Prendre un autre tag ou un dépôt à part.`,
    en: `the tag ${quoted(name)} holds something else than a policy: it is not overwritten. Take another tag, or a repository of its own.`,
  });
}

function notAbove({ name, serial }: PolicyDocument, published: number): UsageError {
  return new UsageError("policy-serial-published", {
    fr: `le tag ${quoted(name)} a déjà la politique ${published} : le numéro ${serial} serait refusé par qui l'a vue. Prendre ${published + 1}, ou supprimer le tag si personne de la plateforme ne l'a écrit.`,
    en: `the tag ${quoted(name)} has policy ${published} already: serial ${serial} would be refused by those who saw it. Take ${published + 1}, or delete the tag if nobody of the platform wrote it.`,
  });
}
