import type { PackageFacts } from "../../../contract/package-facts.ts";
import { type Fields, isFields, textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { CatalogedFile, Cataloger } from "../../cataloger/cataloger.ts";
import { packageOf } from "./package-manifest.ts";

/**
 * Manifests outside node_modules, which count only if a link in node_modules leads to their folder
 * (workspaces, `npm link`, Bazel), or if the package was published.
 */
export const LINKED_MANIFEST: Cataloger = {
  name: "node-linked",
  version: 1,
  names: ["package.json"],
  reads: (path) => !path.includes("/node_modules/"),
  packages: stated,
};

/** Packages of a manifest, except templates and packages in stores, which other catalogers read. */
function stated({ bytes }: CatalogedFile): readonly PackageFacts[] {
  let manifest: Fields;
  try {
    manifest = jsonObject(bytes);
  } catch {
    // Test fixtures and settings of other tools have this file name, too.
    return [];
  }
  const [name, version] = [textOf(manifest["name"]), textOf(manifest["version"])];
  if (name === undefined || version === undefined || !NAME.test(name)) return [];
  const facts = packageOf(manifest, name, version);
  return [isPublished(manifest) ? facts : { ...facts, qualifiers: UNPUBLISHED }];
}

/** Valid name of a package: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name */
const NAME = /^(?:@[\w.~-]{1,100}\/)?[\w.~-]{1,214}$/;

/** Mark that is used only while layers are merged (src/evidence/layers/merge/own-manifests.ts). */
const UNPUBLISHED: Readonly<Record<string, string>> = { unpublished: "true" };

/**
 * Whether a manifest may be a package of npm's registry. An application's name may be taken there by an
 * unrelated package.
 */
function isPublished(manifest: Fields): boolean {
  if (manifest["private"] === true) return false;
  if (isFields(manifest["publishConfig"])) return true;
  const { repository, homepage, bugs } = manifest;
  const address = textOf(isFields(repository) ? repository["url"] : repository) ?? "";
  return PUBLIC.test(address) && (homepage !== undefined || bugs !== undefined);
}

/** Hosts of public code, including npm's short forms. */
const PUBLIC =
  /(?:^|[/@.:])(?:github\.com|gitlab\.com|bitbucket\.org)[/:]|^(?:github:|gitlab:)?[\w.-]+\/[\w.-]+$/;
