// References are led to the same places as by containers/image, in the same order: skopeo's debug log names them.

import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { DEADLINE_MS } from "../../../test/fixtures/deadline.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { formatReference, parseReference } from "../reference.ts";
import { placesOf } from "./places.ts";

const CONF = `
unqualified-search-registries = ["search.test"]
[[registry]]
prefix = "docker.io"
location = "docker-upstream.test/"
[[registry.mirror]]
location = "hub-mirror.test/cache"
[[registry]]
location = "plain.test"
[[registry.mirror]]
location = "m1.test:5000"
[[registry.mirror]]
location = "m2.test/ns"
pull-from-mirror = "digest-only"
[[registry.mirror]]
location = "m3.test"
pull-from-mirror = "tag-only"
[[registry]]
prefix = "plain.test/team/"
location = "team.test/other"
mirror-by-digest-only = true
[[registry.mirror]]
location = "m4.test"
[[registry]]
prefix = "*.wild.test"
[[registry.mirror]]
location = "wild-mirror.test"
[[registry]]
prefix = "*.deep.wild.test"
location = "deep.test"
[[registry]]
location = "never.test"
blocked = true
[[registry.mirror]]
location = "instead.test"
[[registry]]
prefix = "to-never.test"
location = "never.test/x"
[[registry]]
location = "ported.test"
[[registry.mirror]]
location = "ported-mirror.test"
[[registry]]
prefix = "exact.test/repo"
location = "exact-to.test/r"
[[registry]]
prefix = "twice.test"
location = "first.test"
[[registry]]
prefix = "twice.test"
location = "second.test"
[[registry]]
prefix = "dropped.test"
location = "before.test"
`;
const DROP_IN = `
[[registry]]
prefix = "dropped.test"
location = "after.test"
[[registry]]
prefix = "exact.test/repo/new"
location = "new.test/n"
`;
const DIGEST = `sha256:${"a".repeat(64)}`;

const REFERENCES = [
  "nginx:1.27",
  "docker.io/nginx:1.27",
  "docker.io/team/app:1",
  `docker.io/library/nginx@${DIGEST}`,
  "plain.test/app:1",
  `plain.test/app@${DIGEST}`,
  "plain.test/team/app:1",
  `plain.test/team/app@${DIGEST}`,
  "plain.test/teamwork/app:1",
  "plain.test/team:1",
  "a.wild.test/app:1",
  "wild.test/app:1",
  "b.a.wild.test/app:1",
  "x.deep.wild.test/app:1",
  "deep.wild.test/app:1",
  "a.wild.test:5000/app:1",
  "other.test/a.wild.test/app:1",
  "a.wild.test.evil.test/app:1",
  "never.test/app:1",
  `never.test/app@${DIGEST}`,
  "to-never.test/app:1",
  "ported.test:5000/app:1",
  "ported.test/app:1",
  "exact.test/repo:1",
  "exact.test/repo/sub:1",
  "exact.test/repo2:1",
  "exact.test/repo/new:1",
  "exact.test/repo/new/app:1",
  "twice.test/app:1",
  "dropped.test/app:1",
  "unknown.test/app:1",
  "localhost:1/app:1",
];

test("each reference is led to the places that skopeo tries", { timeout: DEADLINE_MS }, async () => {
  const home = temporaryDirectory();
  const settings = join(home, ".config", "containers");
  mkdirSync(join(settings, "registries.conf.d"), { recursive: true });
  writeFileSync(join(settings, "registries.conf"), CONF);
  writeFileSync(join(settings, "registries.conf.d", "10.conf"), DROP_IN);
  writeFileSync(join(settings, "registries.conf.d", "20.other"), "no TOML at all");
  const places = placesOf({ HOME: home });
  const ours = REFERENCES.map((reference) =>
    places.sources(parseReference(reference)).map((source) => formatReference(source.reference)),
  );
  const theirs: (readonly string[])[] = [];
  for (const reference of REFERENCES) theirs.push(await triedBySkopeo(reference, home));
  expect(ours).toEqual(theirs);
});

/** References that skopeo tries. Nothing answers: requests go to a proxy that is not there. */
async function triedBySkopeo(reference: string, home: string): Promise<readonly string[]> {
  const proxy = "http://127.0.0.1:9";
  const env = { HOME: home, PATH: process.env["PATH"], HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
  const run = promisify(execFile)("skopeo", ["--debug", "inspect", "--raw", `docker://${reference}`], {
    env,
  });
  const log = await run.then(
    ({ stderr }) => stderr,
    (error: { readonly stderr: string }) => error.stderr,
  );
  return [...log.matchAll(/Trying to access \\"([^"\\]+)\\"/g)].map(([, tried = ""]) => tried);
}
