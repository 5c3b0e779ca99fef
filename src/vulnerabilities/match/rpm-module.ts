import type { PackageFacts } from "../../contract/package-facts.ts";
import type { Advisory } from "../advisory.ts";
import type { AffectedRange, AffectedVersions } from "../ranges/affected-versions.ts";

/**
 * Builds that a record is about: `these`: builds of the installed kind; `others`: only builds of the other
 * kind; `untold`: unknown.
 */
export type Concerned = "these" | "others" | "untold";

/** Release of a module's build: `1.module+el8.8.0+19757+8ca87034`, `1.module_el8.8.0+3613+1a7e9d6e`. */
const MODULE_BUILD = /\.module[+_]el\d/;

/**
 * Part of a record about builds of the installed kind. Builds of a module and other builds are separate
 * packages, whatever their versions (https://docs.fedoraproject.org/en-US/modularity/).
 *
 * @returns undefined if the record is only about the other kind
 */
export function affectedBuilds(
  affected: AffectedVersions,
  facts: PackageFacts,
  version: string,
): AffectedVersions | undefined {
  const { ranges } = affected;
  if (facts.type !== "rpm" || ranges === undefined) return affected;
  const isOfModule = MODULE_BUILD.test(version) || moduleOf(facts) !== undefined;
  const alike = ranges.filter((range) => isAlike(range, isOfModule));
  if (alike.length === ranges.length) return affected;
  const listed = affected.versions ?? [];
  return alike.length === 0 && listed.length === 0 ? undefined : { ...affected, ranges: alike };
}

/** Whether a range is about builds of this kind; a range that names no build is about all. */
function isAlike({ events }: AffectedRange, isOfModule: boolean): boolean {
  const builds = events.filter(({ event, version }) => event !== "introduced" && version.includes("-"));
  return builds.length === 0 || builds.some(({ version }) => MODULE_BUILD.test(version) === isOfModule);
}

/**
 * Whether a record about builds of modules is about the installed stream. OSV has no field for the stream:
 * the titles of Red Hat, AlmaLinux and Rocky Linux name it (`Important: nodejs:16 security update`).
 */
export function concernedStream({ affected, summary = "" }: Advisory, facts: PackageFacts): Concerned {
  if (facts.type !== "rpm" || !isOfModules(affected)) return "these";
  const installed = moduleOf(facts);
  if (installed === undefined) return "untold";
  const named = streamsIn(summary).filter(({ name }) => name === installed.name);
  if (named.length === 0) return "untold";
  return named.some(({ stream }) => stream === installed.stream) ? "these" : "others";
}

function isOfModules({ ranges = [] }: AffectedVersions): boolean {
  return ranges.some(({ events }) => events.some(({ version }) => MODULE_BUILD.test(version)));
}

interface ModuleStream {
  readonly name: string;
  readonly stream: string;
}

/** Module stream from rpm's label: `nodejs:16:8080020230906091750:63b34585`. */
function moduleOf({ qualifiers }: PackageFacts): ModuleStream | undefined {
  const [name = "", stream = ""] = (qualifiers?.["rpmmod"] ?? "").split(":");
  return name === "" || stream === "" ? undefined : { name, stream };
}

function streamsIn(title: string): readonly ModuleStream[] {
  return title.split(/[\s,;()]/).flatMap((word) => {
    const [name = "", stream = "", ...more] = word.split(":");
    return name === "" || stream === "" || more.length > 0 ? [] : [{ name, stream }];
  });
}
