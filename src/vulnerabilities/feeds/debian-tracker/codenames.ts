/** Versions by the tracker's codenames (https://www.debian.org/releases/); sid has none. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ["etch", "4"],
  ["lenny", "5"],
  ["squeeze", "6"],
  ["wheezy", "7"],
  ["jessie", "8"],
  ["stretch", "9"],
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["forky", "14"],
  ["duke", "15"],
  ["sid", "sid"],
]);

/** Version of a release: `trixie` → `13`; undefined for an unknown codename. */
export function debianVersion(codename: string): string | undefined {
  return VERSIONS.get(codename);
}
