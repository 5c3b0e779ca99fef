import { z } from "zod";
import { HOST, PATH } from "./image-names.ts";

/** A public key in PEM. */
export const PEM = z.string().regex(/^\s*-----BEGIN (?:RSA )?PUBLIC KEY-----/, {
  error:
    "une clé publique PEM (-----BEGIN PUBLIC KEY-----), ou file: FICHIER à sa place | a PEM public key (-----BEGIN PUBLIC KEY-----), or file: FILE in its place",
});

/** PEM text of one or more certificates. */
export const PEM_CERTIFICATES = z.string().regex(/^\s*-----BEGIN CERTIFICATE-----/, {
  error:
    "des certificats PEM (-----BEGIN CERTIFICATE-----), ou file: FICHIER à leur place | PEM certificates (-----BEGIN CERTIFICATE-----), or file: FILE in their place",
});

/** A revocation list, in PEM. */
export const PEM_CRL = z.string().regex(/^\s*-----BEGIN X509 CRL-----/, {
  error:
    "une liste de révocation PEM (-----BEGIN X509 CRL-----), ou file: FICHIER à sa place | a PEM revocation list (-----BEGIN X509 CRL-----), or file: FILE in its place",
});

/**
 * Subject of a certificate, exact or ending in a wildcard. The wildcard begins at a separator, so that no
 * name is cut.
 */
export const SUBJECT = z.string().regex(/^[^\s*]{1,1000}(?:(?<=[/@])\*)?$/, {
  error:
    'un nom sans espace, ou son début jusqu\'à « / » ou « @ » suivi de * | a name without spaces, or its beginning up to a "/" or "@" followed by *',
});

/** Id of a key. */
export const KEY_ID = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, {
  error:
    "un identifiant de clé : 44 caractères Base64, le SHA-256 de sa forme SPKI | a key id: 44 characters of Base64, the SHA-256 of its SPKI form",
});

/** Existing day, or existing time with a time zone. */
export const TIME = z.string().refine(isTime, {
  error: "une date AAAA-MM-JJ ou un instant RFC 3339 | a date YYYY-MM-DD or a time of RFC 3339",
});

/**
 * URI of a builder, exact or ending in a wildcard. The wildcard begins at a separator, so that no name is
 * cut.
 */
export const BUILDER = z.string().regex(/^[a-z][a-z0-9+.-]*:[^\s*]{1,1000}(?:(?<=[/@])\*)?$/i, {
  error:
    'une URI, ou son début jusqu\'à « / » ou « @ » suivi de * | a URI, or its beginning up to a "/" or "@" followed by *',
});

/** URI of a project, exact or ending in a wildcard. */
export const SOURCE = z.string().regex(/^https?:\/\/[^\s*/]{1,255}(?:\/[^\s*/]{1,255}){0,20}(?:\/\*)?$/, {
  error:
    "l'URI d'un projet (https://gitlab.example/equipe/portail), ou son début et /* | a project's URI (https://gitlab.example/team/portal), or its beginning and /*",
});

/** Image repository with its registry, exact or ending in a wildcard. */
export const ATTESTED_REPOSITORY = z.string().regex(new RegExp(`^${HOST}(?:/${PATH})*(?:/${PATH}|/\\*)$`), {
  error:
    "un dépôt avec son registre et sans tag (registry.example/equipe/portail), ou son début et /* | a repository with its registry and without tag (registry.example/team/portal), or its beginning and /*",
});

function isTime(text: string): boolean {
  const [, day = ""] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const time = day === "" ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || Number.isNaN(Date.parse(text))) return false;
  return new Date(time).toISOString().startsWith(day);
}
