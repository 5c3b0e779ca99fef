import type { DistributionDecision } from "../../../contract/vulnerability-facts.ts";
import type { Advisory, StatedSeverity } from "../../advisory.ts";
import type { AffectedRange, AffectedVersions } from "../../ranges/affected-versions.ts";
import { type EventRow, eventRow, rangeEvent } from "./event-row.ts";
import { releaseOf, statedName } from "./keys.ts";
import { type SeverityRow, severityRow, statedSeverity } from "./severity-row.ts";

/** A record's statements about one package in all releases of a distribution; equal statements are merged. */
export type AdvisoryRow = readonly [
  id: string,
  aliases: readonly string[],
  severities: readonly SeverityRow[],
  summary: string,
  published: string,
  modified: string,
  isMalware: 0 | 1,
  ...releases: ReleaseRow[],
];

type ReleaseRow = readonly [
  releases: readonly string[],
  ranges: readonly RangeRow[],
  versions: readonly string[],
  decision: DistributionDecision | "",
  severities: readonly SeverityRow[],
  /** Name as in the record, if the key loses upper case. */
  name?: string,
];

type RangeRow = readonly [type: AffectedRange["type"], ...events: EventRow[]];

/** @param advisories advisories of one record for one package, at least one */
export function advisoryRow(advisories: readonly [Advisory, ...Advisory[]]): string {
  const [first] = advisories;
  const own = advisories.every(({ severities }) => isSame(severities, first.severities));
  const releases = new Map<string, string[]>();
  for (const advisory of advisories) {
    const content = JSON.stringify(contentOf(advisory, own));
    const known = releases.get(content);
    if (known === undefined) releases.set(content, [releaseOf(advisory.ecosystem)]);
    else known.push(releaseOf(advisory.ecosystem));
  }
  const head = JSON.stringify([
    first.id,
    first.aliases,
    own ? first.severities.map(severityRow) : [],
    first.summary ?? "",
    first.published ?? "",
    first.modified ?? "",
    first.isMalware === true ? 1 : 0,
  ]);
  const tail = [...releases].map(([content, names]) => `[${JSON.stringify(names)},${content.slice(1)}`);
  return `${head.slice(0, -1)},${tail.join(",")}]`;
}

/** Advisories of a row for an ecosystem such as `Debian:13`; for all releases if the ecosystem names none. */
export function advisoriesOfRow(row: AdvisoryRow, feed: string, ecosystem: string, name: string): Advisory[] {
  const [id, aliases, severities, summary, published, modified, isMalware, ...releases] = row;
  const release = releaseOf(ecosystem);
  return releases.flatMap(([names, ranges, versions, decision, own, stated = name]): readonly Advisory[] => {
    if (!names.includes(release)) return [];
    return [
      {
        id,
        aliases,
        feed,
        ecosystem,
        package: stated,
        affected: affectedOf(ranges, versions),
        severities: [...severities, ...own].map(statedSeverity),
        ...(decision === "" ? {} : { decision }),
        ...(summary === "" ? {} : { summary }),
        ...(published === "" ? {} : { published }),
        ...(modified === "" ? {} : { modified }),
        ...(isMalware === 1 ? { isMalware: true } : {}),
      },
    ];
  });
}

function contentOf(
  { ecosystem, package: name, affected, decision, severities }: Advisory,
  isShared: boolean,
): unknown[] {
  const { ranges = [], versions = [] } = affected;
  const rows = ranges.map(({ type, events }) => [type, ...events.map(eventRow)]);
  const stated = statedName(ecosystem, name);
  return [
    rows,
    versions,
    decision ?? "",
    isShared ? [] : severities.map(severityRow),
    ...(stated === undefined ? [] : [stated]),
  ];
}

function affectedOf(ranges: readonly RangeRow[], versions: readonly string[]): AffectedVersions {
  return {
    ...(versions.length === 0 ? {} : { versions }),
    ...(ranges.length === 0
      ? {}
      : { ranges: ranges.map(([type, ...events]) => ({ type, events: events.map(rangeEvent) })) }),
  };
}

function isSame(left: readonly StatedSeverity[], right: readonly StatedSeverity[]): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
