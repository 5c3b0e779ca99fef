import type { Finding } from "../contract/finding.ts";
import { declaringFile } from "../contract/object-location.ts";
import type { Subject } from "../contract/verdict.ts";
import { visible } from "./escape.ts";
import { fullName } from "./subject.ts";

type Found = Pick<Finding, "at" | "container">;

/**
 * Location of a finding: its line in the user's file; otherwise the line on which its workload is declared;
 * otherwise the image, by its reference. A workload from the API has no file, so it has only a logical
 * location (§3.28.3). GitHub hides results without a line, so an unknown line is replaced by the first.
 * Columns are in UTF-16 units, as in the finding.
 */
export function sarifLocation(found: Found, subject: Subject) {
  const { at = {} } = found;
  const { workload } = subject;
  if (at.file === undefined && workload?.at.in === "api") {
    return { logicalLocations: logicalLocations(found, subject) };
  }
  const { file = declaredIn(found, subject), ...position } = at;
  const declared = workload?.at.in === "file" ? { line: workload.at.line } : {};
  const { line = 1, column } = at.file === undefined ? { ...declared, column: undefined } : position;
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(file) },
      region: { startLine: line, startColumn: column },
    },
    logicalLocations: logicalLocations(found, subject),
  };
}

/**
 * Relative URI reference (RFC 3986). The colon of a tag is escaped, since it would make the first segment a
 * scheme.
 */
export function fileUri(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join("/");
}

function declaredIn({ container }: Found, { workload, images, name }: Subject): string {
  const image = images.find((one) => one.container === container) ?? images[0];
  return (workload && declaringFile(workload.at)) ?? image?.reference ?? name;
}

/** Logical locations: the workload, its container, then the field or the path inside the image. */
function logicalLocations({ at = {}, container }: Found, subject: Subject) {
  const { path, layer } = at;
  const inside = [layer, path].filter((part) => part !== undefined).join(" ");
  const application = fullName(subject);
  const names = [
    ...(subject.workload === undefined ? [] : [{ name: subject.name, in: application }]),
    ...(container === undefined ? [] : [{ name: container, in: `${application}/${container}` }]),
    ...(inside === "" ? [] : [{ name: path ?? inside, in: inside }]),
  ];
  if (names.length === 0) return undefined;
  return names.map((one) => ({
    name: visible(one.name),
    fullyQualifiedName: visible(one.in),
    kind: "resource",
  }));
}
