import { expect, test } from "vitest";
import { buildValues } from "./build-values.ts";

const NAMES = new Set(["VITE_API_URL", "VITE_ID"]);

function read(text: string, dockerfile = "Dockerfile", file = ".github/workflows/ci.yml"): readonly string[] {
  return buildValues([{ file, text }], NAMES, dockerfile).map(
    ({ name, value, at }) => `${at.line} ${name}=${value}`,
  );
}

test.each([
  [
    "build-args of an action",
    "jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          build-args: |\n            VITE_API_URL=https://a.exemple.fr\n            VITE_ID=${{ vars.ID }}\n            OTHER=x\n          push: true\n          VITE_ID: no",
    ["7 VITE_API_URL=https://a.exemple.fr", "8 VITE_ID=${{ vars.ID }}"],
  ],
  ["on one line", "build-args: VITE_ID=a", ["1 VITE_ID=a"]],
  ["a list", "build_args:\n  - VITE_ID=a\n  - 'VITE_API_URL=b c'", ["2 VITE_ID=a", "3 VITE_API_URL=b c"]],
  ["a list at the margin of its key", "x:\n  build_args:\n    - VITE_ID=a", ["3 VITE_ID=a"]],
  [
    "a mapping, quotes, a comment",
    "args:\n  VITE_ID: \"a\" # one\n  VITE_API_URL: 'b'",
    ["2 VITE_ID=a", "3 VITE_API_URL=b"],
  ],
  ["HCL", 'target "web" {\n  args = {\n    VITE_ID = "a"\n  }\n}', ["3 VITE_ID=a"]],
  [
    "options",
    "docker build --build-arg VITE_ID=a --build-arg=VITE_API_URL=b .",
    ["1 VITE_ID=a", "1 VITE_API_URL=b"],
  ],
  [
    "quoted options",
    "docker build --build-arg \"VITE_ID=a b\" --build-arg 'VITE_API_URL=c'",
    ["1 VITE_ID=a b", "1 VITE_API_URL=c"],
  ],
  ["options of buildctl", "--opt build-arg:VITE_ID=a \\", ["1 VITE_ID=a"]],
  ["an expression with spaces", "--build-arg VITE_ID=${{ vars.ID }} .", ["1 VITE_ID=${{ vars.ID }}"]],
  ["an option without a value", "--build-arg VITE_ID .", ["1 VITE_ID=$VITE_ID"]],
  [
    "GitLab's variables by job",
    "prod:\n  variables:\n    VITE_API_URL: https://a.exemple.fr\nstg:\n  variables:\n    VITE_API_URL: https://b.exemple.fr\n.build:\n  script:\n    - docker build --build-arg VITE_API_URL=$VITE_API_URL .",
    ["3 VITE_API_URL=https://a.exemple.fr", "6 VITE_API_URL=https://b.exemple.fr"],
  ],
  [
    "a matrix",
    "matrix:\n  include:\n    - url: https://a.exemple.fr\n    - url: https://b.exemple.fr\nsteps:\n  - run: docker build --build-arg VITE_API_URL=${{ matrix.url }} .",
    ["3 VITE_API_URL=https://a.exemple.fr", "4 VITE_API_URL=https://b.exemple.fr"],
  ],
  [
    "GITHUB_ENV",
    'steps:\n  - run: echo "ID=a" >> $GITHUB_ENV\n  - run: docker build --build-arg VITE_ID=${{ env.ID }} .',
    ["2 VITE_ID=a"],
  ],
  ["a variable that is itself", "VITE_ID: $VITE_ID\n--build-arg VITE_ID=$VITE_ID", ["2 VITE_ID=$VITE_ID"]],
  ["trap: the environment of a test", "env:\n  VITE_API_URL: http://localhost", []],
  ["trap: comments", "# --build-arg VITE_ID=a\n// --build-arg VITE_ID=a\nargs:\n  # VITE_ID: a\n  X: 1", []],
  ["trap: what stands behind the block", "args:\n  X: a\nenv:\n  VITE_ID: a", []],
])("%s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ["the same file", "apps/web/Dockerfile", "file: ./apps/web/Dockerfile", 1],
  ["another file", "apps/web/Dockerfile", "file: apps/api/Dockerfile", 0],
  ["the folder that is built", "apps/web/Dockerfile", "context: apps/web", 1],
  ["another folder", "apps/web/Dockerfile", "context: ./apps/api", 0],
  ["the whole repository", "apps/web/Dockerfile", "context: .", 1],
  ["a variable", "apps/web/Dockerfile", "file: apps/${{ matrix.app }}/Dockerfile", 1],
])("a step is another Dockerfile's: %s", (_, dockerfile, line, count) => {
  const other = "    - uses: x\n      with:\n        file: other/Dockerfile\n";
  const text = `steps:\n${other}    - uses: y\n      with:\n        ${line}\n        build-args: VITE_ID=a\n${other}`;
  expect(read(text, dockerfile)).toHaveLength(count);
});

test.each([
  ["docker build -f apps/api/Dockerfile --build-arg VITE_ID=a .", 0],
  ["docker build -f apps/web/Dockerfile --build-arg VITE_ID=a .", 1],
  ["docker build --file=Dockerfile --build-arg VITE_ID=a apps/web", 1],
])("%s", (text, count) => {
  expect(read(text, "apps/web/Dockerfile")).toHaveLength(count);
});

test("a value says what it stands in", () => {
  const text =
    "jobs:\n  build:\n    environment: build-production\n    steps:\n      - with:\n          build-args: VITE_ID=a";
  expect(buildValues([{ file: "x.yml", text }], NAMES, "Dockerfile")).toMatchObject([
    { within: ["jobs", "build", "environment build-production", "steps", "with"] },
  ]);
});

test("a reusable workflow's input has the values of its callers", () => {
  const files = [
    { file: "build.yml", text: "steps:\n  - with:\n      build-args: VITE_API_URL=${{ inputs.api_url }}" },
    { file: "prod.yml", text: "with:\n  api_url: https://a.exemple.fr" },
    { file: "stg.yml", text: "with:\n  api_url: https://b.exemple.fr" },
  ];
  const values = buildValues(files, NAMES, "Dockerfile");
  expect(values.map(({ value, at }) => `${at.file} ${value}`)).toEqual([
    "prod.yml https://a.exemple.fr",
    "stg.yml https://b.exemple.fr",
  ]);
});
