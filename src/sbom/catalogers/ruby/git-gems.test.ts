import { expect, test } from "vitest";
import { DamagedList } from "../../cataloger/cataloger.ts";
import { GIT_GEMS } from "./git-gems.ts";

const FOLDER = "/app/vendor/bundle/ruby/3.3.0/bundler/gems";
const PATH = `${FOLDER}/src-ae87d3bf0eac/hello.gemspec`;
/** Specification that Bundler rewrites when it checks out a repository. */
const WRITTEN = `# -*- encoding: utf-8 -*-
# stub: hello 1.2.3 ruby lib

Gem::Specification.new do |s|
  s.name = "hello".freeze
  s.version = "1.2.3".freeze
  s.licenses = ["MIT".freeze]
end
`;

test("a gem by what Bundler wrote", () => {
  expect(GIT_GEMS.packages({ path: PATH, bytes: Buffer.from(WRITTEN) })).toEqual([
    { type: "gem", name: "hello", version: "1.2.3", licenses: ["MIT"] },
  ]);
});

function errorOf(read: () => unknown): DamagedList | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof DamagedList) return error;
  }
  return undefined;
}

test("of one that was left as people wrote it, the name counts and the version is not known", () => {
  const bytes = Buffer.from(
    'Gem::Specification.new do |s|\n  s.name = "hello"\n  s.version = Hello::VERSION\nend\n',
  );
  const damaged = errorOf(() => GIT_GEMS.packages({ path: PATH, bytes }));
  expect(damaged?.readable).toEqual([{ type: "gem", name: "hello", version: "" }]);
});

test.each([
  [PATH, true],
  [`${FOLDER}/rails-0123456789ab/activerecord/activerecord.gemspec`, true],
  [`${FOLDER}/rails-0123456789ab/test/fixtures/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/spec/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/tests/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/example/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/examples/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/a/fixtures/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/specs/x.gemspec`, true],
  [`${FOLDER}/rails-0123456789ab/a/b/x.gemspec`, true],
  [`${FOLDER}/rails-0123456789ab/a/b/c/x.gemspec`, false],
  [`${FOLDER}/rails-0123456/x.gemspec`, true],
  [`${FOLDER}/rails-012345/x.gemspec`, false],
  [`${FOLDER}/rails-${"0".repeat(40)}/x.gemspec`, true],
  [`${FOLDER}/rails-${"0".repeat(41)}/x.gemspec`, false],
  [`${FOLDER}/rails-0123456789ab/x.gemspec.txt`, false],
  [`${FOLDER}/rails-0123456789ab/.gemspec`, false],
  [`${FOLDER}/rails/rails.gemspec`, false],
  ["/app/hello.gemspec", false],
])("%s: %s", (path, reads) => {
  expect(GIT_GEMS.reads(path)).toBe(reads);
});
