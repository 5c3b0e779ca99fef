import { isUtf8 } from "node:buffer";
import { predicateOf } from "../../../attest/in-toto/statement.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { quotedUpTo } from "../../../contract/shown.ts";
import { type Fields, fieldsOf, textAt, textsAt } from "../../../json/fields.ts";
import { jsonValue } from "../../../json/json-value.ts";
import { xmlTree } from "../../../xml/xml-tree.ts";
import { readCycloneDx } from "./cyclonedx-json.ts";
import { CYCLONEDX_SHAPE, CYCLONEDX_VERSIONS } from "./cyclonedx-shape.ts";
import { cycloneDxOfXml, cycloneDxVersion } from "./cyclonedx-xml.ts";
import { problem, unread } from "./problem.ts";
import type { ReadSbom, SbomDocument, SbomForm } from "./sbom-document.ts";
import { misshapen, type Shape } from "./shape.ts";
import { readSpdx } from "./spdx-json.ts";
import { SPDX_SHAPE, SPDX3_SHAPE } from "./spdx-shape.ts";
import { isTagValue, spdxOfTags } from "./spdx-tag-value.ts";
import { readSpdx3 } from "./spdx3-json.ts";

/**
 * Reads an SBOM of any tool, recognised by content, not by name: CycloneDX 1.2 to 1.7 in JSON and XML; SPDX
 * 2.2 and 2.3 in JSON and tag-value; SPDX 3.0 in JSON-LD; each also as the predicate of an in-toto statement.
 * Pure and synchronous. Every exceeded bound is reported.
 *
 * @param name name of the document in messages: its path
 */
export function readSbom(bytes: Uint8Array, name: string): ReadSbom {
  if (bytes.length > LIMITS.sbomBytes) return sbomTooLarge(name, bytes.length);
  if (!isUtf8(bytes)) {
    return unread("encoding", {
      fr: `${name} : le document n'est pas en UTF-8. Le convertir, ou le faire écrire ainsi.`,
      en: `${name}: the document is not in UTF-8. Convert it to UTF-8.`,
    });
  }
  const text = withoutMark(bytes);
  const begins = firstSign(text);
  if (begins === "<") return readXml(UTF8.decode(text), name);
  if (begins === "{" || begins === "[") return readJson(text, name);
  const whole = UTF8.decode(text);
  return isTagValue(whole) ? readTags(whole, name) : notAnSbom(name);
}

const UTF8 = new TextDecoder();

/** First character that is not white space. */
function firstSign(bytes: Uint8Array): string {
  const at = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  return String.fromCodePoint(bytes[at] ?? 0);
}

function readXml(text: string, name: string): ReadSbom {
  const parsed = xmlTree(text, name);
  if ("code" in parsed) return { state: "unread", problem: parsed };
  const version = cycloneDxVersion(parsed.root);
  return version === undefined
    ? notAnSbom(name)
    : readCycloneDxOf(fieldsOf(cycloneDxOfXml(parsed.root)), version, "xml", name);
}

function readTags(text: string, name: string): ReadSbom {
  const parsed = spdxOfTags(text, name);
  if ("code" in parsed) return { state: "unread", problem: parsed };
  const value = fieldsOf(parsed.value);
  return readSpdx2(value, textAt(value, "spdxVersion") ?? "", "tag-value", name);
}

/** Result for a document that is too large to be read. */
export function sbomTooLarge(name: string, bytes: number): ReadSbom {
  return unread("too-large", {
    fr: `${name} : le document a ${bytes} octets, plus que ${LIMITS.sbomBytes} (limite sbomBytes).`,
    en: `${name}: the document has ${bytes} bytes, more than ${LIMITS.sbomBytes} (limit sbomBytes).`,
  });
}

/** Whether content begins like JSON, XML or SPDX tag-value, unlike archives of images. */
export function looksLikeSbom(head: Uint8Array): boolean {
  const text = withoutMark(head);
  return ["<", "{", "["].includes(firstSign(text)) || isTagValue(new TextDecoder().decode(text));
}

/** Bytes without the byte order mark (U+FEFF) that some Windows tools write. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function readJson(bytes: Uint8Array, name: string): ReadSbom {
  const parsed = jsonValue(bytes, name);
  if ("code" in parsed) return { state: "unread", problem: parsed };
  return readValue(predicateOf(fieldsOf(parsed.value)), name);
}

function readValue(value: Fields, name: string): ReadSbom {
  if (isCycloneDx(value)) return readCycloneDxOf(value, textAt(value, "specVersion") ?? "", "json", name);
  const spdxVersion = textAt(value, "spdxVersion");
  if (spdxVersion !== undefined) return readSpdx2(value, spdxVersion, "json", name);
  if (isSpdx3(value)) {
    const form = { format: "SPDX", encoding: "json", version: spdx3Version(value) } as const;
    return conforming(value, SPDX3_SHAPE, form, name, () => readSpdx3(value));
  }
  return notAnSbom(name);
}

function readCycloneDxOf(value: Fields, version: string, encoding: "json" | "xml", name: string): ReadSbom {
  const form = { format: "CycloneDX", encoding, version } as const;
  if (version !== "" && !CYCLONEDX_VERSIONS.has(version)) return versionUnread(form, name);
  return conforming(value, CYCLONEDX_SHAPE, form, name, () => readCycloneDx(value, encoding));
}

function readSpdx2(value: Fields, version: string, encoding: SbomForm["encoding"], name: string): ReadSbom {
  const form = { format: "SPDX", encoding, version: version.replace("SPDX-", "") } as const;
  if (!SPDX_2.has(version)) return versionUnread(form, name);
  return conforming(value, SPDX_SHAPE, form, name, () => readSpdx(value, encoding));
}

const SPDX_2: ReadonlySet<string> = new Set(["SPDX-2.2", "SPDX-2.3"]);

/** Whether the document is SPDX 3, by its context. */
function isSpdx3(value: Fields): boolean {
  return textsAt(value, "@context").some((one) => one.startsWith("https://spdx.org/rdf/3."));
}

function spdx3Version(value: Fields): string {
  const [context = ""] = textsAt(value, "@context");
  return context.slice("https://spdx.org/rdf/".length).split("/")[0] ?? "";
}

function versionUnread(form: SbomForm, name: string): ReadSbom {
  const shown = `${form.format} ${quotedUpTo(40, form.version)}`;
  const message = {
    fr: `${name} : ${shown} n'est pas une version qui est lue.`,
    en: `${name}: ${shown} is not a supported version.`,
  };
  return unread("not-read", message, form);
}

function isCycloneDx(value: Fields): boolean {
  return (
    value["bomFormat"] === "CycloneDX" ||
    textAt(value, "$schema")?.startsWith("http://cyclonedx.org/schema/") === true
  );
}

function conforming(
  value: unknown,
  shape: Shape,
  form: SbomForm,
  name: string,
  read: () => SbomDocument,
): ReadSbom {
  const [first, ...others] = misshapen(value, shape);
  if (first !== undefined) return { state: "invalid", form, problems: [first, ...others] };
  const document = read();
  const { length } = document.components;
  if (length > LIMITS.sbomComponents) {
    return unread(
      "too-large",
      {
        fr: `${name} : le document a ${length} composants, plus que ${LIMITS.sbomComponents} (limite sbomComponents).`,
        en: `${name}: the document has ${length} components, more than ${LIMITS.sbomComponents} (limit sbomComponents).`,
      },
      form,
    );
  }
  return { state: length === 0 ? "empty" : "read", document };
}

function notAnSbom(name: string): ReadSbom {
  return {
    state: "unread",
    problem: problem("not-an-sbom", {
      fr: `${name} : le document n'est ni du CycloneDX (JSON, XML) ni du SPDX (JSON, étiquettes et valeurs).`,
      en: `${name}: the document is neither CycloneDX (JSON, XML) nor SPDX (JSON, tags and values).`,
    }),
  };
}
