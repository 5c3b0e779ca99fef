import type { OsFacts } from "../../../contract/package-facts.ts";
import { type Fields, objectsAt, textAt } from "../../../json/fields.ts";
import { digestOfHex } from "./digests.ts";
import type { Properties } from "./properties.ts";
import type { DocumentSubject } from "./sbom-document.ts";
import { subjectDigests } from "./subject-digests.ts";

/** Names of fields and values that versions 2 and 3 of SPDX spell differently. */
interface SpdxSpelling {
  readonly version: string;
  readonly purpose: string;
  readonly hashes: string;
  readonly sha256: string;
  readonly hash: string;
}

export const SPDX_2: SpdxSpelling = {
  version: "versionInfo",
  purpose: "primaryPackagePurpose",
  hashes: "checksums",
  sha256: "SHA256",
  hash: "checksumValue",
};

export const SPDX_3: SpdxSpelling = {
  version: "software_packageVersion",
  purpose: "software_primaryPurpose",
  hashes: "verifiedUsing",
  sha256: "sha256",
  hash: "hashValue",
};

/** Distribution stated by the package that represents the operating system. */
export function spdxSystem(system: Fields, spelling: SpdxSpelling): OsFacts {
  const version = textAt(system, spelling.version);
  const name = textAt(system, "description");
  return {
    id: textAt(system, "name") ?? "",
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
  };
}

/** Subject that a package states. @param own properties of the package */
export function spdxSubject(
  fields: Fields,
  spelling: SpdxSpelling,
  { purl, own }: { readonly purl: string | undefined; readonly own: Properties },
): DocumentSubject {
  const name = textAt(fields, "name") ?? "";
  const version = textAt(fields, spelling.version);
  const kind = textAt(fields, spelling.purpose);
  const hashes = objectsAt(fields, spelling.hashes).flatMap((one) =>
    one["algorithm"] === spelling.sha256 ? (digestOfHex(textAt(one, spelling.hash) ?? "") ?? []) : [],
  );
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(kind === undefined ? {} : { kind }),
    ...(purl === undefined ? {} : { purl }),
    ...subjectDigests([name, version, purl], own, hashes),
  };
}
