import { type Cataloger, DamagedList } from "../../cataloger/cataloger.ts";
import { gemIn } from "./gems.ts";

/**
 * Gems that Bundler took from git: `bundler/gems/NAME-COMMIT/NAME.gemspec`, which Bundler rewrites in
 * RubyGems' form. Without that, the gem's version is unknown.
 */
export const GIT_GEMS: Cataloger = {
  name: "git-gems",
  version: 1,
  names: [".gemspec"],
  reads: (path) => FORM.test(path),
  packages({ bytes, path }) {
    const [, name = ""] = FORM.exec(path) ?? [];
    const gem = gemIn(bytes);
    if (gem !== undefined) return [gem];
    throw new DamagedList(`no name and version in ${path}`, [{ type: "gem", name, version: "" }]);
  },
};

/**
 * Path of a gemspec. A repository may contain several gems, which Bundler searches in its folder and two
 * levels below.
 */
const FORM =
  /\/bundler\/gems\/[^/]{1,200}-[0-9a-f]{7,40}\/(?:(?!tests?\/|spec\/|fixtures\/|examples?\/)[^/]{1,200}\/){0,2}([^/]{1,200})\.gemspec$/;
