import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

interface Packed {
  readonly file: string;
  readonly bytes: number;
  readonly integrity: string;
  readonly paths: readonly string[];
}

/** Packs a checkout into a folder, after building it. */
export function pack(root: string, folder: string): Packed {
  const argv = ["pack", "--json", "--pack-destination", folder];
  const said = execFileSync("npm", argv, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  // Output of prepack comes first.
  const [entry] = JSON.parse(said.slice(said.search(/^\[/m)));
  const paths = entry.files.map(({ path }: { path: string }) => path);
  return { file: join(folder, entry.filename), bytes: entry.size, integrity: entry.integrity, paths };
}

/** Tests the package in an empty environment; returns problems. */
export function tryTarball(
  tarball: string,
  folder: string,
  examples: string,
  version: string,
): readonly string[] {
  const prefix = join(folder, "prefix");
  mkdirSync(prefix, { recursive: true });
  const install = [
    "install",
    "--global",
    "--prefix",
    prefix,
    "--no-audit",
    "--no-fund",
    "--offline",
    tarball,
  ];
  execFileSync("npm", install, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const douane = (...argv: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(join(prefix, "bin", "douane"), argv, {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, said: `${stdout}${stderr}`.trim() };
  };
  const problems: string[] = [];
  const { said } = douane("--version");
  if (!said.startsWith(`douane ${version} (`)) problems.push(`--version says: ${said}`);
  if (!/, commit [0-9a-f]{7,40}\)$/.test(said)) problems.push(`--version names no clean commit: ${said}`);
  const refused = douane("check", `oci:${join(examples, "portal", "image")}`);
  if (refused.status !== 1)
    problems.push(`the example is not refused: exit code ${refused.status}, ${refused.said}`);
  return problems;
}
