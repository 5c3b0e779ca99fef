import { expect, test } from "vitest";
import { storePath } from "./store-path.ts";

const HASH = "0c5x9yp2z1f3gh4jk5lm6npq7rsv8wy9";
const OUTPUTS =
  "bin dev lib man doc devdoc info debug static dist data modules py tests terminfo getent cc libgcc";

test.each(OUTPUTS.split(" "))("%s is an output of a package", (output) => {
  const path = `/nix/store/${HASH}-openssl-3.0.13-${output}`;
  expect(storePath(path)).toEqual({
    path,
    facts: { type: "nix", name: "openssl", version: "3.0.13", qualifiers: { outputhash: HASH, output } },
  });
});

test.each([
  ["openssl-3.0.13", "openssl", "3.0.13"],
  ["openssl-3.0.13-other", "openssl", "3.0.13-other"],
  ["a-b-1", "a-b", "1"],
  ["a1-2-3", "a1", "2-3"],
])("%s is %s in version %s, as a file, a folder and what is below", (name, stem, version) => {
  const path = `/nix/store/${HASH}-${name}`;
  for (const one of [path, `${path}/`, `${path}/bin/x`])
    expect(storePath(one)).toEqual({
      path,
      facts: { type: "nix", name: stem, version, qualifiers: { outputhash: HASH } },
    });
});

test.each([
  `/nix/store/${HASH}-hook.sh`,
  `/nix/store/${HASH}-a-b`,
  `/nix/store/${HASH}--1`,
  `/nix/store/${HASH}-a-1.drv`,
  `/nix/store/${HASH}-a 1-2`,
  `/nix/store/e${HASH.slice(1)}-a-1`,
  `/nix/store/${HASH}0-a-1`,
  `/nix/store/${HASH.slice(1)}-a-1`,
  `/x/nix/store/${HASH}-a-1`,
])("%s is no package", (path) => {
  expect(storePath(path)).toBeUndefined();
});
