import type { Finding } from "../contract/finding.ts";
import type { Subject } from "../contract/verdict.ts";
import { visible } from "./escape.ts";

/**
 * Where a finding stands: the user's file; else the image, under its reference. GitHub shows no
 * result without a line, so what has none stands on the first.
 */
export function sarifLocation({ at = {}, container }: Pick<Finding, "at" | "container">, subject: Subject) {
  const { file, line = 1, column, path, layer } = at;
  const inside = [layer, path].filter((part) => part !== undefined).map(visible);
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(file ?? imageReference(subject, container)) },
      region: { startLine: line, startColumn: column },
    },
    ...(inside.length === 0
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: inside.join(" "), kind: "resource" }] }),
  };
}

/** A relative URI reference (RFC 3986): the colon of a tag would make its first segment a scheme. */
export function fileUri(path: string): string {
  return path
    .split("/")
    .map((segment) => encodeURIComponent(segment.toWellFormed()))
    .join("/");
}

function imageReference({ images, name }: Subject, container: string | undefined): string {
  const image = images.find((one) => one.container === container) ?? images[0];
  return image?.reference ?? name;
}
