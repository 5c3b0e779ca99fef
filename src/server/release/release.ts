import { isDigest } from "../../contract/digest.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { NAMESPACE_NAME } from "../../contract/namespace-name.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, stringOf } from "../../json/fields.ts";
import type { ReleaseRequest } from "../ports.ts";

/** Maximum days of a release: by then, the image can be examined again, or its problem is not temporary. */
const RELEASE_DAYS = 7;

const DAY_MS = 86_400_000;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;
const REASON_CHARACTERS = 500;
const KEYS: readonly string[] = ["digest", "namespace", "until", "reason"] satisfies (keyof ReleaseRequest)[];

/**
 * Reads the body of a request for a release.
 *
 * @param now milliseconds, as Date.now()
 * @throws InvalidInputError release-invalid; as parseDocument()
 */
export function readReleaseRequest(bytes: Uint8Array, now: number): ReleaseRequest {
  if (bytes.length > LIMITS.settingsBytes) throw invalid(TOO_LARGE);
  const value = parseDocument(bytes, "release");
  const fields = typeof value === "object" && value !== null ? (value as Fields) : {};
  const other = Object.keys(fields).find((key) => !KEYS.includes(key));
  if (other !== undefined) throw invalid(unknownKey(other));
  return verifiedRelease(
    {
      digest: stringOf(fields["digest"]),
      namespace: stringOf(fields["namespace"]),
      until: stringOf(fields["until"]),
      reason: stringOf(fields["reason"]),
    },
    now,
  );
}

/** @throws InvalidInputError release-invalid */
function verifiedRelease(
  { digest, namespace, until, reason }: Readonly<Record<keyof ReleaseRequest, string>>,
  now: number,
): ReleaseRequest {
  if (!isDigest(digest)) throw invalid(noDigest(digest));
  if (!NAMESPACE_NAME.test(namespace)) throw invalid(noNamespace(namespace));
  if (reason.trim() === "" || reason.length > REASON_CHARACTERS) throw invalid(NO_REASON);
  const time = TIME.test(until) ? Date.parse(until) : Number.NaN;
  if (Number.isNaN(time)) throw invalid(noTime(until));
  if (time <= now || time > now + RELEASE_DAYS * DAY_MS) throw invalid(outOfTime(until));
  return { digest, namespace, until: new Date(time).toISOString(), reason };
}

function invalid(text: Text): InvalidInputError {
  return new InvalidInputError("release-invalid", text);
}

const TOO_LARGE: Text = {
  fr: `la demande dépasse ${LIMITS.settingsBytes} octets (limite settingsBytes).`,
  en: `the request exceeds ${LIMITS.settingsBytes} bytes (limit settingsBytes).`,
};
const NO_REASON: Text = {
  fr: `reason : dire pourquoi, en ${REASON_CHARACTERS} caractères au plus ; chaque réponse et le journal d'audit le montrent.`,
  en: `reason: say why, in ${REASON_CHARACTERS} characters at most; every answer and the audit log show it.`,
};

function unknownKey(key: string): Text {
  const list = KEYS.join(", ");
  return {
    fr: `clé inconnue ${quoted(key)} ; attendues : ${list}.`,
    en: `unknown key ${quoted(key)}; expected: ${list}.`,
  };
}

function noDigest(digest: string): Text {
  return {
    fr: `empreinte ${quoted(digest)} : écrire l'empreinte par laquelle le pod nomme l'image, sha256: et 64 chiffres hexadécimaux.`,
    en: `digest ${quoted(digest)}: write the digest by which the pod names the image, sha256: and 64 hexadecimal digits.`,
  };
}

function noNamespace(namespace: string): Text {
  return {
    fr: `espace de noms ${quoted(namespace)} : nommer un seul espace de noms ; les motifs ne sont pas acceptés.`,
    en: `namespace ${quoted(namespace)}: name one namespace; patterns are not accepted.`,
  };
}

function noTime(until: string): Text {
  return {
    fr: `until ${quoted(until)} : écrire un instant en UTC, par exemple 2026-12-01T18:00Z.`,
    en: `until ${quoted(until)}: write a time in UTC, for example 2026-12-01T18:00Z.`,
  };
}

function outOfTime(until: string): Text {
  return {
    fr: `until ${quoted(until)} : choisir une fin dans les ${RELEASE_DAYS} jours à venir.`,
    en: `until ${quoted(until)}: choose an end within the next ${RELEASE_DAYS} days.`,
  };
}
