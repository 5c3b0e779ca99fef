import { type Fields, objectsOf, textsOf } from "../../../json/fields.ts";
import { familyOf } from "../../database/rows/keys.ts";
import { wordOf } from "../../feed/feed-texts.ts";
import type { AffectedRange, AffectedVersions, RangeEvent } from "../../ranges/affected-versions.ts";

const EVENTS = ["introduced", "fixed", "last_affected", "limit"] as const;

/** Distributions whose lists of versions the converter derived from ranges. */
const DISTRIBUTIONS: ReadonlySet<string> = new Set(["Debian", "Ubuntu", "Alpine"]);

/** Versions of one entry of `affected`; commits only if there are no versions. */
export function affectedVersions(ecosystem: string, entry: Fields): AffectedVersions {
  const all = objectsOf(entry["ranges"]).flatMap(rangeOf);
  const compared = all.filter(({ type }) => type !== "GIT");
  const listed = textsOf(entry["versions"])
    .map(wordOf)
    .filter((version) => version !== "");
  const isRepeated = compared.length > 0 && DISTRIBUTIONS.has(familyOf(ecosystem));
  const versions = isRepeated ? [] : listed;
  const ranges = compared.length > 0 || versions.length > 0 ? compared : all;
  return {
    ...(versions.length === 0 ? {} : { versions }),
    ...(ranges.length === 0 ? {} : { ranges }),
  };
}

function rangeOf(range: Fields): readonly AffectedRange[] {
  const { type } = range;
  if (type !== "SEMVER" && type !== "ECOSYSTEM" && type !== "GIT") return [];
  const events = objectsOf(range["events"]).flatMap((stated): readonly RangeEvent[] =>
    EVENTS.flatMap((event) => {
      const version = wordOf(stated[event]);
      return version === "" ? [] : [{ event, version }];
    }),
  );
  return events.length === 0 ? [] : [{ type, events }];
}
