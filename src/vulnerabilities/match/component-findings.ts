import type { PackageFacts } from "../../contract/package-facts.ts";
import type {
  UncertainReason,
  VulnerabilityFinding,
  VulnerableComponent,
} from "../../contract/vulnerability-facts.ts";
import type { Advisory } from "../advisory.ts";
import type { CveFacts, VulnerabilityDatabase } from "../database.ts";
import { ecosystemOf } from "../ecosystems/ecosystem.ts";
import type { UnknownAffectedness } from "../ranges/affected-versions.ts";
import { affectedness } from "../ranges/affectedness.ts";
import { type InstalledVersion, installedVersion } from "../ranges/installed-version.ts";
import { severityOf } from "../severity/severity-of.ts";
import { withCommonFix } from "./common-fix.ts";
import type { LookUp } from "./look-ups.ts";
import type { RecordsOf } from "./records-of.ts";
import { affectedBuilds, concernedStream } from "./rpm-module.ts";
import { byVulnerability, cveOf, type NamedVulnerability } from "./vulnerability-names.ts";

export interface AskedComponent {
  readonly facts: PackageFacts;
  readonly purl: string;
  readonly lookUps: readonly LookUp[];
  /** Set if the source package is looked up. */
  readonly isSource?: true;
}

/** A record that affects the component, or may. */
interface Hit extends Pick<Advisory, "id" | "aliases"> {
  readonly record: Advisory;
  readonly fixedIn?: string;
  readonly uncertain?: UncertainReason;
  /** Group that is assumed for the component if the record is about it. */
  readonly group?: string;
}

/** One finding per vulnerability of the component, from all records that affect it; without the component's place. */
export function findingsOf(
  asked: AskedComponent,
  records: RecordsOf,
  data: Pick<VulnerabilityDatabase, "cve">,
): readonly VulnerabilityFinding[] {
  const hits = asked.lookUps.flatMap((lookUp) => hitsOf(lookUp, asked.facts, records));
  if (hits.length === 0) return [];
  const component = componentOf(asked);
  const found = byVulnerability(hits)
    .filter(({ records: about }) => !isNotAffected(about))
    .map((vulnerability) => ({
      finding: findingOf(vulnerability, component, data),
      records: vulnerability.records.map(({ record }) => record),
    }));
  return withCommonFix(found);
}

function hitsOf(lookUp: LookUp, facts: PackageFacts, records: RecordsOf): readonly Hit[] {
  const { ecosystem, name, version, group, isLowered } = lookUp;
  const found = records.of(ecosystem, name);
  if (found.length === 0) return [];
  const known = ecosystemOf(ecosystem);
  const installed = installedVersion(version, known?.scheme);
  const isOwn = (record: Advisory) => known?.letterCase === undefined || record.package === name;
  const isAnother = known?.letterCase === "packages" || found.some(isOwn);
  return found.flatMap((record): readonly Hit[] => {
    const isOthers = !isOwn(record);
    if (isOthers && isAnother && isLowered === undefined) return [];
    const doubt = isOthers && known?.letterCase === "packages" ? "letter-case" : doubtOf(lookUp);
    // For malware, records of similar names do not count, since others used the name as an alias before
    // (string-width-cjs), for another package.
    if (record.isMalware === true && (doubt === "other-name" || doubt === "letter-case")) return [];
    const hits = hitOf(record, installed, facts);
    if (doubt === undefined) return hits;
    if (group !== undefined) return hits.map((hit) => ({ ...hit, uncertain: doubt, group }));
    return hits.map((hit) => ({ ...hit, uncertain: hit.uncertain ?? doubt }));
  });
}

/** Reason why records of a look-up may be about another package. */
function doubtOf({ isAlias, isEnclosing, group }: LookUp): UncertainReason | undefined {
  if (group !== undefined) return "group";
  if (isAlias === true) return "other-name";
  return isEnclosing === true ? "enclosing-module" : undefined;
}

function hitOf(record: Advisory, installed: InstalledVersion, facts: PackageFacts): readonly Hit[] {
  const { id, aliases } = record;
  const affected = affectedBuilds(record.affected, facts, installed.text);
  if (affected === undefined) return [];
  const found = affectedness(affected, installed);
  if (found.status === "not-affected") return [];
  if (found.status === "unknown") return [{ id, aliases, record, uncertain: reasonOf(found.why) }];
  const concerned = concernedStream({ ...record, affected }, facts);
  if (concerned === "others") return [];
  if (concerned === "untold") return [{ id, aliases, record, uncertain: "module-stream" }];
  const { fixedIn } = found;
  return [{ id, aliases, record, ...(fixedIn === undefined ? {} : { fixedIn }) }];
}

function reasonOf({ kind }: UnknownAffectedness): UncertainReason {
  return kind === "commits" ? "nothing-stated" : kind;
}

/** Whether the distribution states that its own build is not affected. */
function isNotAffected(hits: readonly Hit[]): boolean {
  return hits.some(({ record }) => record.decision === "not-affected");
}

function findingOf(
  { id, aliases, records: hits }: NamedVulnerability<Hit>,
  component: VulnerableComponent,
  data: Pick<VulnerabilityDatabase, "cve">,
): VulnerabilityFinding {
  const cve = cveOf(id);
  const known: Partial<CveFacts> = (cve === undefined ? undefined : data.cve(cve)) ?? {};
  const records = hits.map(({ record }) => record);
  const [first] = records;
  const ecosystem = first?.ecosystem ?? "";
  const decision = records.find((record) => record.decision !== undefined)?.decision;
  const stated = [...records.flatMap(({ severities }) => severities), ...(known.severities ?? [])];
  const summary = records.find((record) => record.summary !== undefined)?.summary;
  const published = earliest([known.published, ...records.map((record) => record.published)]);
  const uncertain = hits.every((hit) => hit.uncertain !== undefined) ? hits[0]?.uncertain : undefined;
  const group = uncertain === "group" ? hits[0]?.group : undefined;
  return {
    id,
    aliases,
    component: group === undefined ? component : { ...component, namespace: group },
    ecosystem,
    fixedIn: [...new Set(hits.flatMap(({ fixedIn }) => fixedIn ?? []))],
    ...(uncertain === undefined ? {} : { uncertain }),
    severity: severityOf({ ecosystem, stated, ...(decision === undefined ? {} : { decision }) }),
    exploited: known.exploited ?? [],
    ...(known.epss === undefined ? {} : { epss: known.epss }),
    ...(records.some(({ isMalware }) => isMalware) ? { isMalware: true } : {}),
    ...(decision === undefined ? {} : { decision }),
    ...(summary === undefined ? {} : { summary }),
    ...(published === undefined ? {} : { published }),
    ...(known.isRejected === true ? { isRejected: true } : {}),
  };
}

function earliest(dates: readonly (string | undefined)[]): string | undefined {
  return dates.filter((date) => date !== undefined).toSorted()[0];
}

function componentOf({ facts, purl, isSource }: AskedComponent): VulnerableComponent {
  const { type, namespace, name, version, source } = facts;
  return {
    purl,
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    version,
    ...(isSource === undefined || source === undefined ? {} : { source }),
  };
}
