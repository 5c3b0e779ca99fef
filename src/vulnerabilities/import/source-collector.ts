import type { Advisory } from "../advisory.ts";
import { advisoryRow } from "../database/rows/advisory-row.ts";
import { cveRow } from "../database/rows/cve-row.ts";
import { endOfLifeRow, type StatedEnd } from "../database/rows/end-of-life-row.ts";
import { advisoryKey, cveKey, endOfLifeKey, familyOf, groupsKey } from "../database/rows/keys.ts";
import { TableBuilder } from "../database/table/table-builder.ts";
import type { TableAbout } from "../database/table/table-format.ts";
import type { CveFacts } from "../database.ts";
import type { FeedName, FeedSink } from "../feed/feed.ts";
import { RecordDates } from "./record-dates.ts";

/** A source that was read: metadata of its table, and its rows. */
export interface CollectedSource {
  readonly about: Omit<TableAbout, "content">;
  /** Time at which the content was current, if stated: ISO 8601. */
  readonly date?: string;
  /** Latest possible time, by the CVEs in the content: ISO 8601. */
  readonly notAfter?: string;
  readonly rows: TableBuilder;
}

/** A part of a feed: an ecosystem of OSV, a year of CVEs, a branch of Alpine. */
interface Part {
  readonly rows: TableBuilder;
  /** Number of records about the part. */
  records: number;
  readonly ecosystems: Map<string, number>;
  /** Maven packages whose groups are indexed by artifact. */
  readonly grouped: Set<string>;
}

/** Indexes a Maven package by artifact, for jars whose group is unknown. */
function addGroup({ rows, grouped }: Part, name: string): void {
  if (grouped.has(name)) return;
  const colon = name.indexOf(":");
  if (grouped.size === 0) rows.add(groupsKey(""), "1");
  grouped.add(name);
  if (colon > 0) rows.add(groupsKey(name.slice(colon + 1)), JSON.stringify(name.slice(0, colon)));
}

/** Tolerance for differing clocks. */
const CLOCK_MS = 24 * 60 * 60 * 1_000;

/** Maximum number of malformed records that are named. */
const NAMED = 5;

/** Collects the facts that one import reads from one feed, and turns them into sources. */
export class SourceCollector implements FeedSink {
  readonly feed: FeedName;
  readonly now: string;
  /** Latest valid date: a record dated in the future must not make old data look fresh. */
  readonly #latest: string;
  readonly #parts = new Map<string, Part>();
  #records = 0;
  /** Number of records about a package or a CVE; other records are withdrawn or only about commits. */
  #placed = 0;
  #malware = 0;
  #within = "";
  readonly #dates = new RecordDates();
  #made = "";
  /** Newest year of a CVE. */
  #newestYear = 0;
  /** Number of dates in the future. */
  future = 0;
  malformedRecords = 0;
  readonly malformedNames: string[] = [];

  constructor(feed: FeedName, now: Date) {
    this.feed = feed;
    this.now = now.toISOString();
    this.#latest = new Date(now.getTime() + CLOCK_MS).toISOString();
  }

  get records(): number {
    return this.#records;
  }

  advisories(found: readonly Advisory[], modified: string): void {
    this.#records++;
    this.#seen(modified);
    for (const { id } of found) this.#seenYear(id);
    if (found.some(({ isMalware }) => isMalware === true)) this.#malware++;
    const families = Map.groupBy(found, ({ ecosystem, package: name }) => advisoryKey(ecosystem, name));
    const parts = new Set<Part>();
    const counted = new Set<string>();
    for (const [key, [first, ...others]] of families) {
      if (first === undefined) continue;
      const part = this.#part(this.#labelOf(first));
      part.rows.add(key, advisoryRow([first, ...others]));
      if (familyOf(first.ecosystem) === "Maven") addGroup(part, first.package);
      parts.add(part);
      for (const { ecosystem, isMalware } of [first, ...others]) {
        const counts = isMalware !== true && this.feed !== "node-core";
        const isMore = counts && !counted.has(ecosystem);
        if (isMore) counted.add(ecosystem);
        part.ecosystems.set(ecosystem, (part.ecosystems.get(ecosystem) ?? 0) + (isMore ? 1 : 0));
      }
    }
    for (const part of parts) part.records++;
    if (parts.size > 0) this.#placed++;
  }

  within(part: string): void {
    this.#within = part;
  }

  cve(id: string, facts: CveFacts, modified: string): void {
    this.#records++;
    this.#placed++;
    this.#seen(modified);
    const isByYear = this.feed === "cve-list" || this.feed === "nvd";
    const part = this.#part(isByYear ? id.slice(4, 8) : "");
    part.records++;
    part.rows.add(cveKey(id), cveRow(facts));
  }

  endOfLife(product: string, cycle: string, end: StatedEnd): void {
    this.#records++;
    this.#placed++;
    const part = this.#part("");
    part.records++;
    part.rows.add(endOfLifeKey(product, cycle), endOfLifeRow(end, "endoflife.date"));
  }

  dated(date: string): void {
    if (date > this.#latest) this.future++;
    else if (date > this.#made) this.#made = date;
  }

  malformed(what: string): void {
    this.malformedRecords++;
    if (this.malformedNames.length < NAMED) this.malformedNames.push(what);
  }

  /**
   * Sources of the import. An export of one ecosystem also contains records that name others: a source is
   * named after the ecosystem common to all records. A mixture becomes a single source, so that a few records
   * of an ecosystem are never mistaken for all of it.
   */
  sources(name: string | undefined): readonly CollectedSource[] {
    const parts = [...this.#parts].toSorted(([left], [right]) => (left < right ? -1 : 1));
    const isApart = this.feed === "alpine-secdb";
    const common = parts.filter(([, part]) => isApart || part.records === this.#placed);
    if (name === undefined && common.length > 0 && this.#malware < this.#placed) {
      return common.map(([label, part]) =>
        this.#source(label === "" ? this.feed : `${this.feed}:${label}`, part.records, [part]),
      );
    }
    const mixed = this.#malware > 0 && this.#malware === this.#placed ? "osv:malware" : this.feed;
    return [
      this.#source(
        name ?? mixed,
        this.#records,
        parts.map(([, part]) => part),
      ),
    ];
  }

  #source(source: string, records: number, parts: readonly Part[]): CollectedSource {
    const rows =
      parts.length === 1 && parts[0] !== undefined
        ? parts[0].rows
        : TableBuilder.of(parts.map((part) => part.rows));
    const ecosystems = new Map<string, number>();
    for (const part of parts) {
      for (const [ecosystem, count] of part.ecosystems) {
        ecosystems.set(ecosystem, (ecosystems.get(ecosystem) ?? 0) + count);
      }
    }
    const sorted = [...ecosystems].toSorted(([left], [right]) => (left < right ? -1 : 1));
    // An export's own date takes precedence over dates of its records.
    const date = this.#made === "" ? this.#dates.newest : this.#made;
    return {
      rows,
      ...(date === "" ? {} : { date }),
      ...(this.#newestYear === 0 ? {} : { notAfter: `${this.#newestYear + 1}-01-31` }),
      about: {
        source,
        feed: this.feed,
        records,
        ecosystems: Object.fromEntries(sorted),
      },
    };
  }

  #labelOf({ ecosystem }: Advisory): string {
    if (this.feed === "osv") return familyOf(ecosystem);
    return this.#within;
  }

  #part(label: string): Part {
    const known = this.#parts.get(label);
    if (known !== undefined) return known;
    const made: Part = { rows: new TableBuilder(), records: 0, ecosystems: new Map(), grouped: new Set() };
    this.#parts.set(label, made);
    return made;
  }

  /**
   * Records the newest CVE's year: a database of 2020 contains no CVE of 2026, whenever its file was copied.
   */
  #seenYear(id: string): void {
    const year = /^CVE-\d{4}-/.test(id) ? Number(id.slice(4, 8)) : 0;
    if (year > this.#newestYear) this.#newestYear = year;
  }

  #seen(modified: string): void {
    if (modified > this.#latest) this.future++;
    else if (modified !== "") this.#dates.add(modified);
  }
}

/** Joins sources of the same name. */
export function joinedSource(first: CollectedSource, others: readonly CollectedSource[]): CollectedSource {
  if (others.length === 0) return first;
  const all = [first, ...others];
  // A small recent file beside a large old one does not make the source recent.
  const largest = Math.max(...all.map(({ about }) => about.records));
  const newest = all
    .filter(({ about }) => about.records * 2 >= largest)
    .flatMap(({ date }) => date ?? [])
    .toSorted()
    .at(-1);
  const notAfter = all
    .flatMap((source) => source.notAfter ?? [])
    .toSorted()
    .at(-1);
  const counts = new Map<string, number>();
  for (const [ecosystem, count] of all.flatMap(({ about }) => Object.entries(about.ecosystems))) {
    counts.set(ecosystem, (counts.get(ecosystem) ?? 0) + count);
  }
  return {
    rows: TableBuilder.of(all.map(({ rows }) => rows)),
    ...(newest === undefined ? {} : { date: newest }),
    ...(notAfter === undefined ? {} : { notAfter }),
    about: {
      ...first.about,
      records: all.reduce((sum, { about }) => sum + about.records, 0),
      ecosystems: Object.fromEntries(counts),
    },
  };
}
