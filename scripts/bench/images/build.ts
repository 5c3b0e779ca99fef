import {
  copyFileSync,
  cpSync,
  globSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { zipOf } from "../../../test/fixtures/zip.ts";
import { madeOnce } from "../cache.ts";
import { run } from "../run.ts";
import { minbaseTar } from "./minbase.ts";

/** Storage format of an image, by its name in the report. */
export type Form = "gzip layout" | "zstd layout" | "docker-archive";

/** The same image in each form, as `douane check` takes it. */
export type ImageForms = Readonly<Record<Form, string>>;

const NODE_PACKAGES = [
  "next@16.4.6",
  "react@19.3.1",
  "react-dom@19.3.1",
  "express@5.3.0",
  "typescript@7.0.2",
];

/** Trees of 2,000 packages, 60 jars, and a program of Go. */
const MIXED_PACKAGES = [
  "react-scripts@5.0.1",
  "gatsby@5.14.6",
  "@nestjs/cli@11.0.10",
  "allure-commandline@2.13.0",
  "@esbuild/linux-x64@0.17.0",
];

/** Debian minbase in one layer: some 125 MB of tar, 6,000 entries. */
export function minbaseImage(): ImageForms {
  return buildImage("minbase", () => undefined);
}

/** A JRE, Python with SciPy, Node and a Next.js tree on top of it: 1.2 GB of tar in five layers. */
export function largeImage(): ImageForms {
  return buildImage(
    "large",
    addApplication,
    [process.version, ...NODE_PACKAGES, addApplication.toString()].join(" "),
  );
}

/** npm's packages by the thousand, jars, some of them within another, Python and Go on top of minbase. */
export function mixedImage(): ImageForms {
  return buildImage("mixed", addPackages, [...MIXED_PACKAGES, addPackages.toString()].join(" "));
}

function addPackages(context: string): void {
  const app = join(context, "app");
  const jars = join(context, "jars");
  mkdirSync(app);
  mkdirSync(jars);
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--legacy-peer-deps"];
  run("npm", ["install", ...options, ...MIXED_PACKAGES], app);
  const found = globSync("node_modules/allure-commandline/dist/**/*.jar", { cwd: app }).toSorted();
  for (const [index, jar] of found.entries()) {
    renameSync(join(app, jar), join(jars, `${index}-${jar.slice(jar.lastIndexOf("/") + 1)}`));
  }
  const nested = globSync("*.jar", { cwd: jars })
    .toSorted()
    .slice(0, 20)
    .map((jar) => ({ name: `BOOT-INF/lib/${jar}`, content: readFileSync(join(jars, jar)), method: 0 }));
  writeFileSync(join(jars, "portal.jar"), zipOf(nested));
}

function addApplication(context: string): void {
  copyFileSync(process.execPath, join(context, "node"));
  const app = join(context, "app");
  mkdirSync(app);
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...NODE_PACKAGES], app);
  // Stands for a team's own code (19 MB), which is searched for secrets, as dependencies are not.
  cpSync(join(app, "node_modules/next/dist/server"), join(app, "src"), { recursive: true });
  writeFileSync(join(app, "server.js"), 'require("express")().listen(8080);\n');
}

function buildImage(name: string, fill: (context: string) => void, ingredients = ""): ImageForms {
  const dockerfile = join(import.meta.dirname, `${name}.Dockerfile`);
  const recipe = `${readFileSync(dockerfile, "utf8")}${ingredients}`;
  const directory = madeOnce(name, recipe, (made) => {
    const context = join(made, "context");
    mkdirSync(context);
    linkSync(minbaseTar(), join(context, "minbase.tar"));
    fill(context);
    buildForms(made, dockerfile, context);
    rmSync(context, { recursive: true });
  });
  return {
    "gzip layout": `oci:${join(directory, "gzip")}`,
    "zstd layout": `oci:${join(directory, "zstd")}`,
    "docker-archive": `docker-archive:${join(directory, "archive.tar")}`,
  };
}

/**
 * buildah's own storage, so that nothing is left in the machine's; its mounts end with the command,
 * however that ends, since they are made in a namespace of its own.
 */
function buildForms(directory: string, dockerfile: string, context: string): void {
  const storage = join(directory, "storage");
  const buildah = (...args: readonly string[]) =>
    run("unshare", [
      "--mount",
      "buildah",
      "--root",
      join(storage, "root"),
      "--runroot",
      join(storage, "run"),
      ...args,
    ]);
  const options = ["--isolation", "chroot", ...ulimits(), "--layers", "--tag", "bench"];
  buildah("build", ...options, "--file", dockerfile, context);
  for (const format of ["gzip", "zstd"]) {
    buildah("push", "--quiet", "--compression-format", format, "bench", `oci:${join(directory, format)}`);
  }
  buildah("push", "--quiet", "bench", `docker-archive:${join(directory, "archive.tar")}:bench:1`);
  rmSync(storage, { recursive: true });
}

/** buildah raises these limits by default, which fails where even root may not. */
function ulimits(): readonly string[] {
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits: Record<"max_user_processes" | "open_files", { hard: number | "unlimited" }>;
  };
  const limit = ({ hard }: { hard: number | "unlimited" }) => (hard === "unlimited" ? "-1" : `${hard}`);
  const processes = limit(userLimits.max_user_processes);
  const files = limit(userLimits.open_files);
  return ["--ulimit", `nproc=${processes}:${processes}`, "--ulimit", `nofile=${files}:${files}`];
}
