import { type Fields, fieldsOf, isFields, stringOf } from "../../../json/fields.ts";
import type { Advisory, StatedSeverity } from "../../advisory.ts";
import type { FeedFormat, FeedSink } from "../../feed/feed.ts";
import { firstLine, wordOf } from "../../feed/feed-texts.ts";
import { debianVersion } from "./codenames.ts";

/**
 * Debian's security tracker (https://security-tracker.debian.org/tracker/data/json): the state of each
 * release, by source package and CVE.
 */
export const debianTracker: FeedFormat = {
  feed: "debian-tracker",
  recognises: (document) => {
    const [first] = Object.values(document);
    return (
      isFields(first) &&
      Object.entries(first)
        .slice(0, 1)
        .some(([id, issue]) => isIssue(id, issue))
    );
  },
  read(document, sink) {
    for (const [name, issues] of Object.entries(document)) readPackage(wordOf(name), fieldsOf(issues), sink);
  },
};

function isIssue(id: string, issue: unknown): boolean {
  return /^(?:CVE|TEMP|DSA|DLA)-/.test(id) && isFields(issue) && isFields(issue["releases"]);
}

function readPackage(name: string, issues: Fields, sink: FeedSink): void {
  for (const [id, issue] of Object.entries(issues)) {
    if (name === "" || !isIssue(id, issue)) sink.malformed(`${name} ${id}`);
    else sink.advisories(advisoriesOf(name, wordOf(id), fieldsOf(issue)), "");
  }
}

function advisoriesOf(name: string, id: string, issue: Fields): readonly Advisory[] {
  const summary = firstLine(stringOf(issue["description"]));
  return Object.entries(fieldsOf(issue["releases"])).flatMap(([codename, stated]) => {
    const version = debianVersion(codename);
    const release = fieldsOf(stated);
    const state = stateOf(release);
    if (version === undefined || state === undefined) return [];
    return [
      {
        id,
        aliases: [],
        feed: "debian-tracker",
        ecosystem: `Debian:${version}`,
        package: name,
        severities: severitiesOf(release),
        ...(summary === "" ? {} : { summary }),
        ...state,
      },
    ];
  });
}

/**
 * State of a release. `resolved` with version `0`: never affected; `open`: no fix; `undetermined`: possibly
 * affected, counted as affected. `nodsa_reason` and the urgency express Debian's decision.
 */
function stateOf(release: Fields): Pick<Advisory, "affected" | "decision"> | undefined {
  const status = stringOf(release["status"]);
  const fixed = wordOf(release["fixed_version"]);
  const isRepaired = status === "resolved" && fixed !== "";
  if (!isRepaired && status !== "open" && status !== "undetermined") return undefined;
  const decision = isRepaired && fixed === "0" ? "not-affected" : decisionOf(release);
  const introduced = { event: "introduced", version: "0" } as const;
  const events = isRepaired ? [introduced, { event: "fixed", version: fixed } as const] : [introduced];
  return {
    affected: { ranges: [{ type: "ECOSYSTEM", events }] },
    ...(decision === undefined ? {} : { decision }),
  };
}

function decisionOf(release: Fields): Advisory["decision"] | undefined {
  const urgency = stringOf(release["urgency"]);
  if (urgency === "end-of-life" || urgency === "unimportant") return urgency;
  const reason = stringOf(release["nodsa_reason"]);
  if (reason === "ignored" || reason === "postponed") return reason;
  return undefined;
}

function severitiesOf(release: Fields): readonly StatedSeverity[] {
  const word = stringOf(release["urgency"]).replaceAll("*", "").toLowerCase();
  return ["low", "medium", "high", "unimportant"].includes(word) ? [{ by: "Debian", word }] : [];
}
