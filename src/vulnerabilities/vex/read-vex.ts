import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type Fields, fieldsOf, objectAt, textAt } from "../../json/fields.ts";
import { jsonValue } from "../../json/json-value.ts";
import { csafStatements } from "./csaf.ts";
import { cycloneDxStatements } from "./cyclonedx-vex.ts";
import { openVexStatements } from "./open-vex.ts";
import type { VexStatement } from "./statement.ts";

/**
 * Statements of a VEX document: OpenVEX, CSAF 2.0 or CycloneDX, recognised by content.
 *
 * @param document name of the document's file
 * @throws InvalidInputError `vex-invalid`: no JSON, of none of these formats, longer than a bound
 */
export function readVex(bytes: Uint8Array, document: string): readonly VexStatement[] {
  const parsed = jsonValue(bytes, document);
  if ("code" in parsed) throw new InvalidInputError("vex-invalid", parsed.message);
  const root = fieldsOf(parsed.value);
  const statements = statementsOf(root, document);
  if (statements.length <= LIMITS.vexStatements) return statements;
  throw new InvalidInputError("vex-invalid", {
    fr: `${document} : ${statements.length} déclarations, plus que ${LIMITS.vexStatements} (limite vexStatements).`,
    en: `${document}: ${statements.length} statements, more than ${LIMITS.vexStatements} (limit vexStatements).`,
  });
}

function statementsOf(root: Fields, document: string): readonly VexStatement[] {
  if (textAt(root, "@context")?.startsWith("https://openvex.dev/ns") === true) {
    return openVexStatements(root, document);
  }
  if (textAt(objectAt(root, "document"), "csaf_version") !== undefined) return csafStatements(root, document);
  if (textAt(root, "bomFormat") === "CycloneDX") return cycloneDxStatements(root, document);
  throw new InvalidInputError("vex-invalid", {
    fr: `${document} n'est pas un document VEX : ni OpenVEX (@context), ni CSAF (document.csaf_version), ni CycloneDX (bomFormat).`,
    en: `${document} is no VEX document: neither OpenVEX (@context) nor CSAF (document.csaf_version) nor CycloneDX (bomFormat).`,
  });
}
