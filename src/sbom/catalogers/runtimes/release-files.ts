import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { CatalogedFile, Cataloger } from "../../cataloger/cataloger.ts";

/** OpenJDK of any vendor: the `release` file beside `bin` and `lib` states the version (JEP 223). */
const OPENJDK: Cataloger = {
  name: "openjdk-release",
  version: 1,
  names: ["release"],
  reads: () => true,
  packages: stating("generic", "openjdk", /^JAVA_VERSION="([\w.+-]{1,60})"$/m),
};

/** Go's toolchain: `VERSION` beside its `bin` and `src`. */
const GO_TOOLCHAIN: Cataloger = {
  name: "go-toolchain",
  version: 1,
  names: ["VERSION"],
  reads: (path) => /\/go(?:-\d[\d.]{0,10})?\/VERSION$/.test(path),
  packages: stating("golang", "go", /^go(\d[\w.]{0,40})$/m),
};

/** Erlang/OTP: `releases/27/OTP_VERSION`. */
const ERLANG: Cataloger = {
  name: "erlang-release",
  version: 1,
  names: ["OTP_VERSION"],
  reads: (path) => /\/releases\/\d{1,3}\/OTP_VERSION$/.test(path),
  packages: stating("generic", "erlang", /^(\d{1,3}(?:\.\d{1,4}){1,5})\s*$/),
};

/** Perl's own configuration; `perl -v` refuses to load the configuration of another version. */
const PERL: Cataloger = {
  name: "perl-config",
  version: 1,
  names: ["Config.pm"],
  reads: (path) => path.includes("/perl") && !path.endsWith("/Encode/Config.pm"),
  packages: stating("generic", "perl", /^ {4}version => '(5\.\d{1,3}\.\d{1,3})',$/m),
};

/** Runtimes whose files are also part of distributions' packages. */
export const RELEASE_FILES: readonly Cataloger[] = [OPENJDK, GO_TOOLCHAIN, ERLANG, PERL];

/** Reader of a version; empty for unrelated files of the same name. */
function stating(type: PackageFacts["type"], name: string, form: RegExp) {
  return ({ bytes }: CatalogedFile): readonly PackageFacts[] => {
    const version = form.exec(bytes.toString("latin1", 0, 65_536))?.[1];
    return version === undefined ? [] : [{ type, name, version }];
  };
}
