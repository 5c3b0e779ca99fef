import type { Cataloger } from "../../cataloger/cataloger.ts";
import { artifactOf } from "./jar.ts";
import { pomProperties } from "./pom-properties.ts";

/** Metadata of an unpacked jar, whose classes Java can run in place. */
export const UNPACKED_JAR: Cataloger = {
  name: "java",
  version: 1,
  names: ["pom.properties"],
  // Build output describes the application that was built, not a dependency.
  reads: (path) => !path.endsWith("/maven-archiver/pom.properties"),
  packages: ({ bytes }) => artifactOf(pomProperties(bytes)),
};
