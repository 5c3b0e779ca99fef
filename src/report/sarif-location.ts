import type { Finding } from "../contract/finding.ts";
import { declaringFile } from "../contract/object-location.ts";
import type { Subject } from "../contract/verdict.ts";
import { visible } from "./escape.ts";
import { fullName } from "./subject.ts";

type Found = Pick<Finding, "at" | "container">;

/**
 * Where a finding stands: its line in the user's file; else the line on which its workload is
 * declared; else the image, under its reference. A workload of the API has no file: it is named, not
 * placed (a result of SARIF may have logical locations alone, §3.28.3). GitHub shows no result without a line, so what has
 * none stands on the first. Columns are those of the finding: UTF-16 units.
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

/** A relative URI reference (RFC 3986): the colon of a tag would make its first segment a scheme. */
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

/** The workload, its container, then the field or the path inside the image. */
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
