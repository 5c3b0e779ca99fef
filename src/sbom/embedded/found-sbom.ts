import type { FoundSbom } from "../../contract/sbom-facts.ts";
import type { EmbeddedSbom } from "./embedded-sbom.ts";

/** Reported facts of a document in or beside an image. */
export function foundSbom(
  { bytes, format, problem, subject, packages }: Omit<EmbeddedSbom, "state">,
  { at, state, about }: Pick<FoundSbom, "at" | "state" | "about">,
): FoundSbom {
  return {
    at,
    bytes,
    ...(format === undefined ? {} : { format }),
    state,
    ...(problem === undefined ? {} : { problem }),
    components: packages.length,
    about,
    ...(subject === undefined || subject.name === "" ? {} : { subject: subject.name }),
  };
}
