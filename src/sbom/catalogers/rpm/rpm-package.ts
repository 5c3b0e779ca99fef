import type { PackageFacts } from "../../../contract/package-facts.ts";
import { RpmHeader, TAG } from "./header.ts";

/** Name of entries that are trusted keys, not packages. */
const KEY = "gpg-pubkey";

/** A package of rpm's database. */
export interface RpmPackage {
  /** Facts of the package; empty for a key. */
  readonly facts: readonly PackageFacts[];
  /**
   * Absolute paths of the package's files; valid until the next package is read.
   *
   * @throws Error if the header is damaged
   */
  readonly files: Iterable<string>;
}

/** Package of a header in rpm's database. @throws Error if it is damaged */
export function rpmPackage(bytes: Buffer): RpmPackage {
  const header = new RpmHeader(bytes);
  const [name, version, release] = [TAG.name, TAG.version, TAG.release].map((tag) => header.text(tag));
  if (name === undefined || version === undefined || release === undefined) throw new Error("no name");
  const facts = rpmFacts({
    name,
    version,
    release,
    epoch: header.number(TAG.epoch)?.toString(),
    architecture: header.text(TAG.architecture),
    license: header.text(TAG.license),
    vendor: header.text(TAG.vendor),
    module: header.text(TAG.modularityLabel),
    sourceRpm: header.text(TAG.sourceRpm),
  });
  return { facts, files: filesOf(header) };
}

/** Files of the package. Since rpm 4, a file is a name with the index of its folder. */
function* filesOf(header: RpmHeader): Generator<string> {
  yield* header.texts(TAG.oldFileNames);
  const directories = header.texts(TAG.directoryNames).toArray();
  let at = 0;
  for (const name of header.texts(TAG.baseNames)) {
    const directory = directories[header.numberAt(TAG.directoryIndexes, at++)];
    if (directory === undefined) throw new Error("a file in no directory");
    yield directory + name;
  }
}

interface RpmFields {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch: string | undefined;
  readonly architecture: string | undefined;
  readonly vendor: string | undefined;
  readonly sourceRpm: string | undefined;
  readonly license?: string | undefined;
  readonly module?: string | undefined;
}

/** Facts from rpm's fields; empty for a key. */
export function rpmFacts(fields: RpmFields): readonly PackageFacts[] {
  const { name, epoch, architecture, license = "", vendor = "", module = "" } = fields;
  if (name === KEY) return [];
  const release = `${fields.version}-${fields.release}`;
  const source = sourceOf(fields.sourceRpm);
  const isItsOwn = source === undefined || (source.name === name && source.version === release);
  return [
    {
      type: "rpm",
      name,
      version: epoch === undefined ? release : `${epoch}:${release}`,
      ...(architecture === undefined ? {} : { architecture }),
      ...(isItsOwn ? {} : { source }),
      ...(license === "" ? {} : { licenses: [license] }),
      ...(module === "" ? {} : { qualifiers: { rpmmod: module } }),
      ...(vendor === "" ? {} : { supplier: vendor }),
    },
  ];
}

/** Source package in `bash-5.2.26-3.el9.src.rpm`: name, and version with release, without epoch. */
function sourceOf(file: string | undefined): PackageFacts["source"] {
  const [, stem] = /^(.{1,1000})\.(?:no)?src\.rpm$/.exec(file ?? "") ?? [];
  const release = stem?.lastIndexOf("-") ?? -1;
  const version = stem?.lastIndexOf("-", release - 1) ?? -1;
  if (stem === undefined || version <= 0) return undefined;
  return { name: stem.slice(0, version), version: stem.slice(version + 1) };
}
