import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { VERSION } from "../../src/cli/process/version.ts";
import { CONTRACT } from "../../src/contract/edition.ts";
import {
  emptyImage,
  type ImageValue,
  withConfig,
  withFields,
  withLayer,
} from "../../test/fixtures/image/image.ts";
import { type LayerValue, layerOf } from "../../test/fixtures/image/layer.ts";
import { bundleComponents, bundleSbom, nodeComponents } from "./bundle-sbom.ts";
import { addDebian, RUNTIME, TRIAL } from "./debian.ts";
import { filesBelow } from "./files-below.ts";
import { withSbom } from "./sbom.ts";
import { Tree } from "./tree.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const HOME = "opt/douane";
const NODE = "usr/local/bin/node";
/** Uid of the unprivileged user, as in distroless images. */
const USER = 65_532;

/**
 * douane as an image for this machine's architecture: Debian packages that Node needs, npm's Node, the
 * bundle; without shell or package manager. Reproducible from the same packages and commit.
 */
export function douaneImage(): ImageValue {
  const created = lastCommit("%cI");
  let image = emptyImage(process.arch === "arm64" ? "linux/arm64" : "linux/amd64");
  image = withFields(image, { created });
  image = withLayer(image, debianLayer(), step("Debian packages"));
  image = withLayer(image, layerOf(node()), step(`Node ${process.versions.node}`));
  image = withLayer(image, layerOf(application()), step(`douane ${VERSION}`));
  return withConfig(image, {
    User: `${USER}:${USER}`,
    Env: ["PATH=/usr/local/bin:/usr/sbin:/usr/bin", "HOME=/tmp"],
    Entrypoint: [`/${NODE}`, `/${HOME}/bin/douane.cjs`],
    Cmd: ["--help"],
    WorkingDir: "/",
    Labels: {
      "org.opencontainers.image.title": "douane",
      "org.opencontainers.image.description":
        "Decides whether a container image may enter the Atlas platform.",
      "org.opencontainers.image.version": VERSION,
      "org.opencontainers.image.revision": lastCommit("%H"),
      "org.opencontainers.image.created": created,
      "org.opencontainers.image.licenses": "Apache-2.0",
      "douane.contract": CONTRACT,
    },
  });
}

/** The image with an SBOM as its last layer. */
export function describedImage(image: ImageValue): ImageValue {
  const within = [...nodeComponents(`/${NODE}`), ...bundleComponents(bundleFiles())];
  return withSbom(image, lastCommit("%ct"), step("SBOM"), within);
}

/** The image with host programs for trials: runc, and a shell, which GitLab jobs need, too. */
export function trialImage(image: ImageValue): ImageValue {
  return withLayer(image, layerOf(trialTools()), step("Debian packages for trials"));
}

function step(what: string) {
  return { created: lastCommit("%cI"), created_by: `scripts/image: ${what}`, author: `douane/${VERSION}` };
}

/** The lowest layer: Debian packages that Node needs, and accounts. */
export function debianLayer(): LayerValue {
  const tree = new Tree();
  for (const name of ["bin", "lib", "lib64", "sbin"]) tree.link(name, `usr/${name}`);
  addDebian(tree, RUNTIME);
  tree.link("etc/os-release", "../usr/lib/os-release");
  tree.write(
    "etc/passwd",
    `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${USER}:${USER}::/tmp:/sbin/nologin\n`,
  );
  tree.write("etc/group", `root:x:0:\nnonroot:x:${USER}:\n`);
  tree.directory("tmp", 0o1777);
  tree.directory("run");
  tree.directory("root", 0o700);
  return layerOf(tree.entries());
}

function trialTools() {
  const tree = new Tree();
  addDebian(tree, TRIAL);
  return tree.entries();
}

function node() {
  const tree = new Tree();
  tree.copy(process.execPath, NODE);
  const terms = `node_modules/node/node_modules/node-linux-${process.arch}/LICENSE`;
  tree.copy(join(ROOT, terms), "usr/share/doc/node/LICENSE");
  return tree.entries();
}

function application() {
  const tree = new Tree();
  for (const folder of ["bin", "dist"]) {
    for (const name of filesBelow(join(ROOT, folder)))
      tree.copy(join(ROOT, folder, name), `${HOME}/${folder}/${name}`);
  }
  for (const name of ["package.json", "LICENSE", "THIRD-PARTY-NOTICES"])
    tree.copy(join(ROOT, name), `${HOME}/${name}`);
  tree.write(`${HOME}/douane.cdx.json`, bundleSbom(bundleFiles()));
  tree.link("usr/local/bin/douane", `/${HOME}/bin/douane.cjs`);
  return tree.entries();
}

/** Files of the bundle in the image. */
function bundleFiles(): readonly string[] {
  return filesBelow(join(ROOT, "dist")).map((name) => `/${HOME}/dist/${name}`);
}

function lastCommit(format: string): string {
  return execFileSync("git", ["log", "-1", `--format=${format}`], { cwd: ROOT, encoding: "utf8" }).trim();
}
