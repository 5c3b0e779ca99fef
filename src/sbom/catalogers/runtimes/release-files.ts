import type { Cataloger } from "../cataloger.ts";

/** OpenJDK, whoever built it: `release` beside its `bin` and `lib` says its version (JEP 223). */
export const OPENJDK: Cataloger = {
  name: "openjdk-release",
  names: ["release"],
  reads: () => true,
  packages({ bytes }) {
    const [, version] = /^JAVA_VERSION="([\w.+-]{1,60})"$/m.exec(bytes.toString("latin1")) ?? [];
    // Other things have a file of this name.
    return version === undefined ? [] : [{ type: "generic", name: "openjdk", version }];
  },
};

/** Go's toolchain: `VERSION` beside its `bin` and `src`. */
export const GO_TOOLCHAIN: Cataloger = {
  name: "go-toolchain",
  names: ["VERSION"],
  reads: (path) => /\/go(?:-\d[\d.]{0,10})?\/VERSION$/.test(path),
  packages({ bytes }) {
    const [, version] = /^go(\d[\w.]{0,40})$/m.exec(bytes.toString("latin1", 0, 200)) ?? [];
    return version === undefined ? [] : [{ type: "golang", name: "go", version }];
  },
};
