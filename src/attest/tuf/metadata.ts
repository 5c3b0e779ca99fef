import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, numberOf, objectAt, textAt } from "../../json/fields.ts";

/** Version in metadata, unverified; undefined if the metadata are unreadable. */
export function versionOf(bytes: Uint8Array | undefined): number | undefined {
  return numberOf(signedOf(bytes)["version"]);
}

/** `expires` of metadata, unverified, milliseconds since 1970; undefined if the metadata are unreadable. */
export function expiryOf(bytes: Uint8Array | undefined): number | undefined {
  const expires = Date.parse(textAt(signedOf(bytes), "expires") ?? "");
  return Number.isNaN(expires) ? undefined : expires;
}

function signedOf(bytes: Uint8Array | undefined): Fields {
  try {
    return objectAt(fieldsOf(parseDocument(bytes ?? Buffer.alloc(0), "metadata")), "signed");
  } catch {
    return {};
  }
}
