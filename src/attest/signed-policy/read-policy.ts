import { sha256 } from "../../contract/digest.ts";
import { type InvalidInputError, UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { ENVELOPE_TYPE, parseEnvelope } from "../dsse/envelope.ts";
import { signersOf } from "../dsse/verify-envelope.ts";
import type { PublicKey } from "../keys/public-key.ts";
import { parseArtifact } from "../store/artifact-manifest.ts";
import type { ArtifactReader } from "../store/artifact-store.ts";
import {
  POLICY_ARTIFACT,
  POLICY_PAYLOAD,
  type PolicyDocument,
  parsePolicyDocument,
} from "./policy-document.ts";
import { policyRefused } from "./refusal.ts";

/** Place of a signed policy. */
export interface PolicyReference {
  readonly tag?: string;
  readonly digest?: Digest;
  /** Name in messages: `oci://registry.example/platform/policy:prod`. */
  readonly what: string;
}

/** A policy that a trusted key signed. */
export interface SignedPolicy extends PolicyDocument {
  /** Digest of the signed payload. */
  readonly digest: Digest;
  /** Id of the key that signed. */
  readonly keyId: string;
}

/**
 * Reads a policy and verifies its signature and its name. Serial and validity are checked by verifyCurrent().
 *
 * @param keys keys of the platform, obtained from outside the policy
 * @throws InvalidInputError policy-artifact, policy-unsigned, policy-untrusted, policy-payload, policy-name; as
 * parseEnvelope() and parsePolicyDocument()
 * @throws UnavailableError policy-not-found; as the store
 */
export async function readSignedPolicy(
  store: ArtifactReader,
  { tag, digest, what }: PolicyReference,
  keys: readonly PublicKey[],
): Promise<SignedPolicy> {
  const envelope = parseEnvelope(await envelopeBytes(store, digest ?? tag ?? "latest", what), what);
  const [signer] = signersOf(envelope, keys);
  if (signer === undefined) throw untrusted(what);
  if (envelope.payloadType !== POLICY_PAYLOAD) throw otherPayload(what, envelope.payloadType);
  const document = parsePolicyDocument(envelope.payload, what);
  if (digest === undefined && document.name !== (tag ?? "latest")) throw otherName(what, document);
  return { ...document, digest: sha256(envelope.payload), keyId: signer.id };
}

async function envelopeBytes(store: ArtifactReader, reference: string, what: string): Promise<Uint8Array> {
  const bytes = await store.manifest(reference);
  if (bytes === undefined) throw notFound(what);
  const { artifactType, layers } = parseArtifact(bytes, what);
  if (artifactType !== POLICY_ARTIFACT) throw otherArtifact(what, artifactType);
  const [layer, ...others] = layers;
  if (layer === undefined || others.length > 0 || layer.mediaType !== ENVELOPE_TYPE) throw unsigned(what);
  const content = await store.blob(layer, LIMITS.attestationBytes);
  if (content === undefined) throw notFound(what);
  return content;
}

function notFound(what: string): UnavailableError {
  return new UnavailableError("policy-not-found", {
    fr: `${quoted(what)} : le registre n'a pas cette politique. Vérifier son nom ; elle se publie par « douane policy push ».`,
    en: `${quoted(what)}: the registry does not have this policy. Check its name; it is published with \`douane policy push\`.`,
  });
}

function otherArtifact(what: string, type: string): InvalidInputError {
  return policyRefused("policy-artifact", what, {
    fr: `ce n'est pas une politique, mais un artefact de type ${quoted(type)}`,
    en: `not a policy, but an artifact of type ${quoted(type)}`,
  });
}

function unsigned(what: string): InvalidInputError {
  return policyRefused("policy-unsigned", what, {
    fr: "elle n'est pas dans une enveloppe signée ; la publier par « douane policy push »",
    en: "it is not in a signed envelope; publish it with `douane policy push`",
  });
}

function untrusted(what: string): InvalidInputError {
  return policyRefused("policy-untrusted", what, {
    fr: "aucune de ses signatures n'est d'une clé donnée par --policy-key",
    en: "none of its signatures is by a key that --policy-key names",
  });
}

function otherPayload(what: string, type: string): InvalidInputError {
  return policyRefused("policy-payload", what, {
    fr: `le contenu signé est de type ${quoted(type)}, et non une politique`,
    en: `the signed content is of type ${quoted(type)}, not a policy`,
  });
}

function otherName(what: string, { name }: PolicyDocument): InvalidInputError {
  return policyRefused("policy-name", what, {
    fr: `la politique signée est celle du tag ${quoted(name)}, placée sous un autre`,
    en: `the signed policy is that of the tag ${quoted(name)}, placed under another one`,
  });
}
