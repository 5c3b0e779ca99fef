import { type Fields, textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/**
 * Whether the path is that of a record of an installed Conda package: `conda-meta/NAME-VERSION-BUILD.json`.
 */
export function isCondaRecord(path: string): boolean {
  return /\/conda-meta\/[^/]+\.json$/.test(path);
}

/** Packages of Conda, by their records (https://docs.conda.io/projects/conda/en/stable/dev-guide/specs/). */
export const CONDA: Cataloger = {
  name: "conda",
  version: 1,
  names: [".json"],
  reads: isCondaRecord,
  packages({ bytes, path }) {
    const record = jsonObject(bytes);
    const { name: statedName, version: statedVersion, license: statedLicense } = record;
    const [name, version, license] = [statedName, statedVersion, statedLicense].map(textOf);
    if (name === undefined || version === undefined) throw new Error(`no name and version in ${path}`);
    return [
      {
        type: "conda",
        name,
        version,
        ...(license === undefined ? {} : { licenses: [license] }),
        qualifiers: qualifiersOf(record),
      },
    ];
  },
};

/**
 * Qualifiers as the purl type defines them: `build=py36h06a4308_0&channel=main&subdir=linux-64&type=tar.bz2`.
 */
function qualifiersOf(record: Fields): Readonly<Record<string, string>> {
  const { build, channel, subdir, fn } = record;
  const stated = {
    build: textOf(build),
    channel: channelName(textOf(channel), textOf(subdir)),
    subdir: textOf(subdir),
    type: /\.(conda|tar\.bz2)$/.exec(textOf(fn) ?? "")?.[1],
  };
  return Object.fromEntries(
    Object.entries(stated).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * Name of a channel: `https://repo.anaconda.com/pkgs/main/linux-64` → `main`. The rest of the address is
 * omitted, since it may contain a token.
 */
function channelName(channel: string | undefined, subdir: string | undefined): string | undefined {
  const parts = channel?.split("/").filter((part) => part !== "" && part !== subdir);
  return parts?.at(-1);
}
