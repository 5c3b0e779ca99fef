import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Fields, isFields, textAt } from "../../json/fields.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import type { Predicate } from "../in-toto/write-statement.ts";

/**
 * Predicate of any type, from a JSON file.
 *
 * @param type URI of the type
 * @param name name of the file in messages
 * @throws UsageError predicate-type, predicate-file; InvalidInputError as parseSignedJson()
 */
export function predicateFromFile(bytes: Uint8Array, type: string, name: string): Predicate {
  if (!/^[a-z][a-z0-9+.-]*:[^\s]{1,2000}$/i.test(type)) throw notAUri(type);
  const content = objectIn(bytes, name);
  if (textAt(content, "_type")?.startsWith("https://in-toto.io/Statement/") === true) throw isStatement(name);
  return { type, content };
}

/**
 * Predicate of an SBOM, whose format gives the type: CycloneDX, or SPDX 2 or 3, in JSON.
 *
 * @throws UsageError sbom-format; InvalidInputError as parseSignedJson()
 */
export function sbomPredicate(bytes: Uint8Array, name: string): Predicate {
  const content = objectIn(bytes, name);
  const type = sbomType(content);
  if (type !== undefined) return { type, content };
  throw new UsageError("sbom-format", {
    fr: `${quoted(name)} : ce n'est un SBOM ni CycloneDX ni SPDX en JSON. En écrire un : douane sbom IMAGE --format cyclonedx=FICHIER`,
    en: `${quoted(name)}: not an SBOM in CycloneDX or SPDX (JSON). Write one: douane sbom IMAGE --format cyclonedx=FILE`,
  });
}

function sbomType(content: Fields): string | undefined {
  if (content["bomFormat"] === "CycloneDX") return "https://cyclonedx.org/bom";
  if (/^SPDX-2\.\d{1,2}$/.test(textAt(content, "spdxVersion") ?? "")) return "https://spdx.dev/Document";
  const context = textAt(content, "@context") ?? "";
  return /^https:\/\/spdx\.org\/rdf\/3\.\d/.test(context) ? "https://spdx.dev/Document/v3" : undefined;
}

function objectIn(bytes: Uint8Array, name: string): Fields {
  const value = parseSignedJson(bytes, quoted(name));
  if (isFields(value)) return value;
  throw new UsageError("predicate-file", {
    fr: `${quoted(name)} : un objet JSON est attendu.`,
    en: `${quoted(name)}: a JSON object is expected.`,
  });
}

function notAUri(type: string): UsageError {
  return new UsageError("predicate-type", {
    fr: `--type ${quoted(type)} : un type de prédicat est une URI, par exemple https://in-toto.io/attestation/vulns/v0.2.`,
    en: `--type ${quoted(type)}: a predicate type is a URI, https://in-toto.io/attestation/vulns/v0.2 for example.`,
  });
}

function isStatement(name: string): UsageError {
  return new UsageError("predicate-file", {
    fr: `${quoted(name)} est une déclaration in-toto entière. N'en donner que le champ predicate : douane écrit la déclaration, avec l'image pour sujet.`,
    en: `${quoted(name)} is a whole in-toto statement. Give its field "predicate" only: douane writes the statement, with the image as its subject.`,
  });
}
