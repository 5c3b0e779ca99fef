// Row 17: the tag under which a workload names its image.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";

const DIGEST = `sha256:${"4b1f".repeat(16)}`;

export const cases: Cases = [
  tag("no", ":latest", "« Ne jamais utiliser le tag latest. »"),
  tag("no", "", "Without a tag it is latest."),
  tag("no", ":LATEST", "Another spelling of the same floating word."),
  tag("no", ":1", "A one-part version moves with every release."),
  tag("no", ":v2", "A one-part version moves with every release."),
  tag("no", ":1.4", "A two-part version moves with every patch."),
  tag("no", ":main", "A branch moves."),
  tag("no", ":master", "A branch moves."),
  tag("no", ":develop", "A branch moves."),
  tag("no", ":prod", "An environment's name moves."),
  tag("no", ":stable", "A known floating word."),
  tag("no", ":edge", "A known floating word."),
  tag("no", ":nightly", "A known floating word."),
  tag("yes", ":1.4.2", "A three-part version."),
  tag("yes", ":v1.2.3", "The contract's own example."),
  tag("yes", ":1.4.2-alpine", "A three-part version with its flavour."),
  tag("yes", ":1.4.2-rc.1", "A version before a release is one version."),
  tag("yes", ":2026.6.15", "A three-part calendar version."),
  tag("yes", ":3f5c2a1", "A commit: seven hexadecimal digits."),
  tag("yes", ":sha-3f5c2a19bd", "A commit, as GitHub's metadata action writes it."),
  tag("yes", ":deadbeef", "Eight hexadecimal digits: the table asks for no other sign of a commit."),
  tag("yes", ":main-defaced", "Seven hexadecimal digits, whatever word they make."),
  tag("yes", ":1.4-facade1", "A partial version with a commit."),
  tag("unproven", ":1234567", "Digits alone: a build's number."),
  tag("unproven", ":20260615", "Digits alone: a date."),
  tag("unproven", ":build-20260615123000", "A time."),
  tag("yes", ":sha-1234567", "A commit that is announced as one."),
  tag("unproven", ":facade", "Six letters: too short for a commit, and a word."),
  tag("yes", ":main-3f5c2a19bd", "A branch with its commit names the commit."),
  tag("yes", `@${DIGEST}`, "A digest cannot move."),
  tag("yes", `:latest@${DIGEST}`, "The digest counts, the tag is a remark."),
  ...["1.2.3-dev", "1.2.3-edge", "1.2.3-staging", "stable-1.2.3", "prod-1.2.3", "1.2.3-recette"].map((name) =>
    tag("unproven", `:${name}`, "A floating word beside a version: nobody can tell."),
  ),
  ...["1.2.3-alpine-edge", "v1.2.3-DEV", "2024.06.1-qualif", "1.2.3-pre-prod"].map((name) =>
    tag("unproven", `:${name}`, "A channel or an environment beside a version: nobody can tell."),
  ),
  ...["1.2.3-beta", "1.2.3-dev.5", "1.2.3-dev-1a2b3c4", "2.462.1-lts-jdk17"].map((name) =>
    tag("yes", `:${name}`, "A full version, which this word, counter or commit does not unsettle."),
  ),
  ...["1.2.3-nonroot", "1.2.3-headless", "developer-1.2.3", "24.11.1-alpine3.22"].map((name) =>
    tag("yes", `:${name}`, "A full version, and a word that is no channel."),
  ),
  ...["1.2.3-SNAPSHOT", "1.2.3-nightly", "1.2.3-latest"].map((name) =>
    tag("no", `:${name}`, "It moves by definition."),
  ),
  tag("no", ":qualif", "An environment's name moves, in French too."),
  tag("unproven", ":portail", "A word that is not known to float, and shows no version."),
  tag("unproven", ":build-42", "A build's number is no version and no commit: nobody can tell."),
  {
    name: "a registry with a port and no tag",
    given: manifests(web({ image: "registry.example:5000/aides/web" })),
    expect: { "immutable-tag": "no" },
    why: "The port is no tag.",
  },
  {
    name: "a sidecar that is latest",
    given: manifests(
      web(
        {},
        {
          initContainers: [],
          containers: [
            { name: "web", image: "registry.example/a:1.2.3" },
            { name: "side", image: "registry.example/b:latest" },
          ],
        },
      ),
    ),
    expect: { "immutable-tag": "no" },
    why: "The worst container counts.",
  },
  {
    name: "an init container without a tag",
    given: manifests(web({}, { initContainers: [{ name: "init", image: "busybox" }] })),
    expect: { "immutable-tag": "no" },
    why: "An init container is an image of the workload, too.",
  },
];

function tag(answer: Answer, suffix: string, why: string): Case {
  return {
    name: `an image named ${suffix === "" ? "without a tag" : suffix.replace(DIGEST, "sha256:…")}`,
    given: manifests(web({ image: `registry.example/aides/web${suffix}` })),
    expect: { "immutable-tag": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
