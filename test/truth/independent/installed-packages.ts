import type { Cases } from "../case.ts";
import { image } from "../given/image.ts";
import { installed } from "../given/installed.ts";

/**
 * Published npm packages, byte for byte as installed for this project, in the image of a program on Alpine:
 * files of a package are no secret and no environment of the application.
 */
export const cases: Cases = [
  ...each(
    "ajv",
    "ajv-formats",
    "ajv-formats-draft2019",
    "argparse",
    "axe-core",
    "chai",
    "commander",
    "entities",
    "es-module-lexer",
    "expect-type",
    "extend",
    "fast-uri",
    "jiti",
    "js-yaml",
    "json-schema-traverse",
    "magic-string",
    "markdown-it",
    "moo",
    "nanoid",
    "nearley",
    "picomatch",
    "postcss",
    "publint",
    "randexp",
    "railroad-diagrams",
    "saxes",
    "smol-toml",
    "smtp-address-parser",
    "spdx-license-ids",
    "undici",
    "uri-js",
    "vite",
    "yaml",
    "@cyclonedx/cyclonedx-library",
    "@types/node",
    "@vitest/mocker",
  ),
];

function each(...packages: readonly string[]): Cases {
  return packages.map((name) => ({
    name,
    given: image({ files: installed(name) }),
    expect: {
      "non-root": "yes",
      "no-baked-state": "yes",
      minimal: "yes",
      "immutable-tag": "yes",
      "no-dockerfile": "no",
    },
    why: "uid 1000, every byte is the publisher's own, Alpine is minimal by design, 1.4.2 has three parts; the layer was made by a COPY of a Dockerfile",
  }));
}
