import type { Cataloger } from "../cataloger.ts";
import { artifactOf } from "./jar.ts";
import { pomProperties } from "./pom-properties.ts";

/** What a jar that was unpacked still says of itself: Java runs classes where they lie. */
export const UNPACKED_JAR: Cataloger = {
  name: "java",
  version: 1,
  names: ["pom.properties"],
  // What a build leaves beside its classes is about the application that it built.
  reads: (path) => !path.endsWith("/maven-archiver/pom.properties"),
  packages: ({ bytes }) => artifactOf(pomProperties(bytes)),
};
