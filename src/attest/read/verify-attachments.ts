import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import { fieldsOf, objectAt } from "../../json/fields.ts";
import type { Refusal } from "../certificates/refusal.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import { signersOf } from "../dsse/verify-envelope.ts";
import { type Statement, statementOf } from "../in-toto/signed-statement.ts";
import type { PublicKey } from "../keys/public-key.ts";
import { isSignedBy } from "../keys/verify.ts";
import type { Attachments, FoundAttestation, FoundSignature } from "./read-attachments.ts";

/** Statement about the image, with the trusted signers who signed it: at least one signer. */
export interface VerifiedStatement<S = PublicKey> {
  readonly name: Digest;
  readonly statement: Statement;
  readonly signers: readonly S[];
}

/** An attestation that proves nothing, and why. */
interface RefusedAttestation {
  readonly name: Digest;
  /**
   * Stable code: `untrusted-signature`, `other-subject`, a code of the certificate, or a code of reading the
   * statement.
   */
  readonly code: string;
  readonly text: Text;
}

export interface VerifiedAttachments<K extends PublicKey = PublicKey, C = never> {
  readonly statements: readonly VerifiedStatement<K | C>[];
  /** Verification summaries of sources: about Git commits, not about the image. */
  readonly sources: readonly VerifiedStatement<K | C>[];
  readonly refused: readonly RefusedAttestation[];
  /** Keys that signed the image itself, under cosign 2's tag. */
  readonly imageSigners: readonly K[];
}

/**
 * Verifies attachments by trusted keys, and by the signers found for their certificates. A pure function of
 * the set: each attestation is judged separately, so neither order nor other attestations change its answer.
 *
 * @param image digest that statements must name among their subjects
 * @param certified results by name of the attestation: signers whom its certificate identifies, or the reason
 * why there are none
 */
export function verifyAttachments<K extends PublicKey, C = never>(
  { attestations, signatures }: Pick<Attachments, "attestations" | "signatures">,
  image: Digest,
  keys: readonly K[],
  certified: ReadonlyMap<Digest, readonly C[] | Refusal> = new Map(),
): VerifiedAttachments<K, C> {
  const results = attestations.map((one) => verified(one, image, keys, certified.get(one.name) ?? []));
  const signed = results.filter((one) => "statement" in one);
  const isOfImage = ({ statement }: VerifiedStatement<K | C>) => statement.subjects.includes(image);
  return {
    statements: signed.filter(isOfImage),
    sources: signed.filter((one) => !isOfImage(one)),
    refused: results.filter((one) => "code" in one),
    imageSigners: keys.filter((key) => signatures.some((one) => isImageSignature(one, image, key))),
  };
}

/** The payload is parsed only after a trusted signer's signature was verified. */
function verified<K extends PublicKey, C>(
  { name, envelope }: FoundAttestation,
  image: Digest,
  keys: readonly K[],
  certified: readonly C[] | Refusal,
): VerifiedStatement<K | C> | RefusedAttestation {
  const identified = "code" in certified ? [] : certified;
  const signers = [...signersOf(envelope, keys), ...identified];
  if (signers.length === 0) {
    return "code" in certified
      ? { name, ...certified }
      : { name, code: "untrusted-signature", text: UNTRUSTED };
  }
  try {
    const statement = statementOf(envelope, name);
    const isOfSource = statement.subjects.length === 0 && statement.commits !== undefined;
    if (isOfSource || statement.subjects.includes(image)) return { name, statement, signers };
    return { name, code: "other-subject", text: otherSubject(statement) };
  } catch (error) {
    if (error instanceof InvalidInputError) return { name, code: error.code, text: error.text };
    throw error;
  }
}

function isImageSignature(
  { payload, signature, name }: FoundSignature,
  image: Digest,
  key: PublicKey,
): boolean {
  if (!isSignedBy(key, payload, signature)) return false;
  try {
    const critical = objectAt(fieldsOf(parseSignedJson(payload, name)), "critical");
    const signed = objectAt(critical, "image")["docker-manifest-digest"];
    return critical["type"] === "cosign container image signature" && signed === image;
  } catch {
    return false;
  }
}

const UNTRUSTED: Text = {
  fr: "aucune de ses signatures n'est d'une clé reconnue",
  en: "none of its signatures is by a trusted key",
};

function otherSubject({ subjects }: Statement): Text {
  const [first = "?"] = subjects;
  return {
    fr: `la déclaration est signée, mais concerne une autre image (${first})`,
    en: `the statement is signed, but about another image (${first})`,
  };
}
