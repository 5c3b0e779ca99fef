// Dockerfiles made by a grammar, built by Buildah: the image's config equals our reading. Without RUN:
// nothing is fetched or run.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseDockerfile } from "../../../src/dockerfile/parse-dockerfile.ts";
import type { Answers, Oracle } from "./oracle.ts";

const word = fc.constantFrom("1000", "0", "app", "root", "1000:0", "/srv", "a b", "", "x=y");
const variable = fc.constantFrom("UID", "APP", "HOME_DIR");
const value = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  word.filter((text) => !text.includes(" ")),
  variable.map((name) => `$${name}`),
  variable.map((name) => `\${${name}}`),
  fc
    .tuple(
      variable,
      word.filter((text) => !/[ =]/.test(text)),
    )
    .map(([name, text]) => `\${${name}:-${text}}`),
  fc
    .tuple(
      variable,
      word.filter((text) => !/[ =]/.test(text)),
    )
    .map(([name, text]) => `\${${name}:+${text}}`),
);
const used = value.filter((text) => text !== "" && text !== '""');
const json = fc.array(fc.constantFrom("/app/server", "--host", "$APP", "a b", "sh", "-c", "exec x"), {
  minLength: 1,
  maxLength: 3,
});
const command = fc.oneof(
  json.map((words) => JSON.stringify(words)),
  fc.constantFrom("/app/server --port 1", "exec /app/server $APP", 'echo "a" && /app/server', "[not json"),
);
const line = fc.oneof(
  used.map((text) => `USER ${text}`),
  fc.tuple(variable, value).map(([name, text]) => `ENV ${name}=${text === "" ? '""' : text}`),
  fc
    .tuple(
      variable,
      word.filter((text) => text !== ""),
    )
    .map(([name, text]) => `ENV ${name} ${text}`),
  fc.tuple(variable, value).map(([name, text]) => `ARG ${name}=${text}`),
  fc.constantFrom(
    "WORKDIR /srv",
    "WORKDIR app",
    "WORKDIR $HOME_DIR/x",
    "STOPSIGNAL SIGQUIT",
    "STOPSIGNAL 15",
  ),
  command.map((text) => `CMD ${text}`),
  command.map((text) => `ENTRYPOINT ${text}`),
  fc.constantFrom(
    "# USER root",
    "LABEL a=b \\\n  c=d",
    "EXPOSE 8080",
    "user 1001",
    "USER \\\n  1002",
    "# x\n\n\nUSER 1003",
  ),
);
const stage = fc.array(line, { maxLength: 7 });

// An ARG of the stage below is BuildKit's to inherit: Buildah does not know it.
const below = stage.map((lines) => lines.filter((one) => !one.startsWith("ARG")));
const before = fc.array(
  variable.map((name) => `ARG ${name}=1000`),
  { maxLength: 2 },
);

const dockerfile = fc
  .oneof(
    fc.tuple(before, stage).map(([args, lines]) => [...args, "FROM scratch AS one", ...lines]),
    fc.tuple(below, stage).map(([lines, last]) => ["FROM scratch AS one", ...lines, "FROM one", ...last]),
  )
  // An image has to have something.
  .map((lines) => [...lines, "LABEL made=yes", ""].join("\n"));

/** Fields known to both readers. */
interface Config {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  readonly stopSignal: string;
  readonly env: Readonly<Record<string, string>>;
}

export const dockerfiles: Oracle = {
  name: "Dockerfiles, and Buildah",
  programs: ["buildah"],
  inputs: dockerfile,
  compare: (texts, folder) =>
    texts.map(
      (text, index): Answers => ({
        input: text,
        ours: own(text),
        theirs: built(text, join(folder, String(index))),
      }),
    ),
};

function own(text: string): Config | "refused" {
  const { final, refused } = parseDockerfile(text, { file: "Dockerfile" });
  if (final === undefined || refused.length > 0) return "refused";
  const { user, entrypoint, cmd, workingDir, stopSignal, env } = final;
  return {
    user: user?.elsewhere ?? user?.value ?? "",
    entrypoint: entrypoint?.words ?? [],
    cmd: cmd?.words ?? [],
    workingDir,
    stopSignal: stopSignal?.value ?? "",
    env: byName(env.map(({ name, value: set }) => [name, set])),
  };
}

function built(text: string, folder: string): Config | "refused" {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Dockerfile"), text);
  const storage = [
    "--storage-driver",
    "vfs",
    "--root",
    join(folder, "root"),
    "--runroot",
    join(folder, "run"),
  ];
  const target = join(folder, "image");
  const argv = [
    ...storage,
    "build",
    "--isolation",
    "chroot",
    "--format",
    "oci",
    "-q",
    "-t",
    `oci:${target}:t`,
    folder,
  ];
  const { status } = spawnSync("buildah", argv, { encoding: "utf8" });
  const config = status === 0 ? configOf(target) : "refused";
  rmSync(folder, { recursive: true, force: true });
  return config;
}

interface Built {
  readonly User?: string;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
  readonly Env?: readonly string[];
}

function configOf(layout: string): Config {
  const read = (digest: string) =>
    JSON.parse(readFileSync(join(layout, "blobs", digest.replace(":", "/")), "utf8"));
  const index = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
  const { config } = read(read(index.manifests[0].digest).config.digest) as { readonly config: Built };
  const { User = "", Entrypoint, Cmd, WorkingDir = "/", StopSignal = "", Env = [] } = config;
  const env = Env.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)] as const);
  return {
    user: User,
    entrypoint: Entrypoint ?? [],
    cmd: Cmd ?? [],
    workingDir: WorkingDir,
    stopSignal: StopSignal,
    // Buildah sets PATH by default.
    env: byName(env.filter(([name]) => name !== "PATH")),
  };
}

function byName(variables: readonly (readonly [string, string])[]): Config["env"] {
  return Object.fromEntries(variables.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
