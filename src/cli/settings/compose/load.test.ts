import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { composeDependencies } from "./load.ts";

describe("services of a compose file", () => {
  let [top, folder] = ["", ""];
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), "douane-compose-"));
    folder = join(top, "clone");
    mkdirSync(folder);
  });
  afterEach(() => rmSync(top, { recursive: true }));

  async function read(
    text: string,
    {
      services = ["db"],
      env = {},
      files = {},
    }: { services?: string[]; env?: Record<string, string>; files?: Record<string, string> } = {},
  ) {
    for (const [name, content] of Object.entries({ "compose.yaml": text, ...files })) {
      writeFileSync(join(folder, name), content);
    }
    return composeDependencies({ services }, folder, new Map(Object.entries(env)));
  }

  const service = (fields: string): string => `services: { db: { ${fields} } }`;

  test("are dependencies, in the order in which they are named", async () => {
    const text = `
x-common: &common { restart: always, logging: { driver: none } }
services:
  app: { build: . }
  db:
    <<: *common
    image: postgres:\${VERSION:-17}
    environment: { POSTGRES_USER: app, POSTGRES_PASSWORD: "\${PASSWORD}", EMPTY: , NUMBER: 5 }
    volumes: ["data:/var/lib/postgresql/data", "/var/cache"]
    ports: ["127.0.0.1:15432:5432", "53:53/udp"]
    healthcheck: { test: pg_isready -U app, interval: 10s, retries: 12, start_period: 1m }
    deploy: { resources: { limits: { memory: 512M } } }
  redis:
    image: redis:8
    entrypoint: redis-server --save "" --loglevel 'warning'
    command: [--appendonly, "no", "$$HOME"]
    expose: ["6379"]
    healthcheck: { test: [CMD, redis-cli, ping] }
    depends_on: [db]
    mem_limit: 1g
volumes: { data: }
`;
    const found = await read(text, {
      services: ["redis", "db"],
      files: { ".env": "export PASSWORD='old' \nVERSION=16 # old\n" },
      env: { PASSWORD: "s3cr et" },
    });
    expect(found).toEqual([
      {
        name: "redis",
        image: "redis:8",
        command: ["redis-server", "--save", "", "--loglevel", "warning"],
        args: ["--appendonly", "no", "$$HOME"],
        ports: [6379],
        ready: { exec: ["redis-cli", "ping"], timeout: 90 },
        memory: "1Gi",
      },
      {
        name: "db",
        confidential: true,
        secrets: [
          ["PASSWORD", "s3cr et"],
          ["VERSION", "16"],
        ],
        image: "postgres:16",
        env: { POSTGRES_USER: "app", POSTGRES_PASSWORD: "s3cr et", NUMBER: "5" },
        ports: [5432],
        ready: { exec: ["/bin/sh", "-c", "pg_isready -U app"], timeout: 180 },
        memory: "512Mi",
      },
    ]);
  });

  test("take variables from lists, files and what the caller lists", async () => {
    const fields = "image: db, env_file: [own.env], environment: [A=1, B, C], healthcheck: { disable: true }";
    const [found] = await read(service(fields), {
      env: { B: "2" },
      files: { "own.env": "A=0\nD=4\n# E=5\n" },
    });
    const env = { A: "1", B: "2", D: "4" };
    expect(found).toEqual({ name: "db", image: "db", env, confidential: true, secrets: [["B", "2"]] });
  });

  test.each([
    ["build: ., image: db", 'compose.yaml:1:26: service "db": "build": build the image, and name it'],
    [
      "image: db, volumes: [./init.sql:/docker-entrypoint-initdb.d/init.sql]",
      '"volumes": what comes from the disk is not mounted',
    ],
    [
      "image: db, volumes: [{ type: bind, source: data, target: /data }]",
      '"volumes": what comes from the disk',
    ],
    [
      "image: db, secrets: [password]",
      '"secrets": a trial cannot do it: describe this service in trial.dependencies',
    ],
    ["image: db, user: '0'", '"user": a trial cannot do it'],
    ["image: 'db:${TAG}'", 'the variable "TAG" has no value; write it, or give it in the file .env'],
    ["image: db, command: '${TAG}'", 'the variable "TAG" has no value; give it in the file .env'],
    ["image: 'db:${TAG:?say which}'", 'the variable "TAG" has no value'],
    ["image: 'db:${TAG:-${OTHER}}'", "variables within variables"],
    ["ports: [1]", "this service has no image"],
    ["image: { x: y }", "a list or a mapping is given where compose expects a text"],
    ["image: db, environment: { A: { x: y } }", "a list or a mapping is given where compose expects a text"],
    ["image: db, environment: [{ A: b }]", "a list or a mapping is given where compose expects a text"],
    ["image: db, command: [[a]]", "a list or a mapping is given where compose expects a text"],
    ["image: db, mem_limit: '${SIZE:-lots}'", '"${SIZE:-lots}" is not an amount of memory'],
    ["image: db, mem_limit: lots", '"lots" is not an amount of memory such as 512m'],
  ])("%s is refused with what to do", async (fields, says) => {
    await expect(read(service(fields))).rejects.toMatchObject({
      code: "settings-invalid",
      text: { en: expect.stringContaining(says) },
    });
  });

  test("a name that is none is told with the nearest", async () => {
    await expect(read(service("image: db"), { services: ["dv"] })).rejects.toMatchObject({
      text: { en: expect.stringContaining('no service "dv". Did you mean db?') },
    });
    await expect(read("services: []")).rejects.toMatchObject({
      text: { en: expect.stringContaining('no service "db"') },
    });
  });

  test("of included files are named as not read, where one is missing", async () => {
    const text = { en: expect.stringMatching(/no service "db".*Files of include are not read/) };
    await expect(read("include: [db.yaml]\nservices: { app: { image: a } }")).rejects.toMatchObject({
      text,
    });
  });

  describe("are confidential where a value is not in the compose file", () => {
    test.each([
      ["image: db, environment: { A: b }", false],
      ["image: 'db:${TAG:-1}'", false],
      ["image: 'db:${SET}'", true],
      ["image: db, environment: [SET]", true],
      ["image: db, environment: [UNSET]", false],
      ["image: db, environment: { A: '${SET:+x}' }", true],
      ["image: db, env_file: own.env", true],
      ["image: db, command: 'echo $SET'", true],
    ])("%s: %s", async (fields, expected) => {
      const files = { ".env": "SET=1\n", "own.env": "A=1\n" };
      const [found] = await read(service(fields), { files });
      expect(found?.confidential === true).toBe(expected);
    });
  });

  describe("get nothing else of the judge", () => {
    test.each([
      "image: db, command: '${HOME}'",
      "image: db, environment: { A: '${PATH}' }",
      "image: db, environment: { A: '${constructor}' }",
      "image: db, environment: { A: '${__proto__}' }",
      "image: db, environment: { A: '${toString}' }",
    ])("no variable: %s", async (fields) => {
      await expect(read(service(fields))).rejects.toMatchObject({
        code: "settings-invalid",
        text: { en: expect.stringMatching(/has no value; .* --compose-env/) },
      });
    });

    test.each([
      ["image: 'registry.example.org/x:${TOKEN}'", "image"],
      ["image: '${TOKEN}.example.org/x:1'", "image"],
      ["image: 'oci:$TOKEN'", "image"],
      ["image: 'db:${TOKEN:-1}'", "image"],
      ["image: 'db:${TOKEN:+1}'", "image"],
      ["image: 'db:${DB_PASSWORD}'", "image"],
      ["image: db, env_file: ['${TOKEN}']", "env_file"],
      ["image: db, env_file: [{ path: 'x/${TOKEN}' }]", "env_file"],
      ["image: db, mem_limit: '${TOKEN}'", "mem_limit"],
      ["image: db, deploy: { resources: { limits: { memory: '${TOKEN}' } } }", "mem_limit"],
      ["image: db, ports: ['80:${TOKEN}']", "ports"],
      ["image: db, ports: ['${TOKEN}']", "ports"],
      ["image: db, ports: [{ target: '${TOKEN}' }]", "ports"],
      ["image: db, expose: ['${TOKEN}']", "ports"],
    ])("no place outside the container for a secret: %s", async (fields, field) => {
      const env = { TOKEN: "Zk9qXw7LmPt3RvB2" };
      const files = { ".env": "TOKEN=public\nDB_PASSWORD=Zk9qXw7LmPt3RvB2\n" };
      const refused = read(service(fields), { env, files });
      await expect(refused).rejects.toMatchObject({
        code: "settings-invalid",
        text: { en: expect.stringContaining(`"${field}": the variable "`) },
      });
      const said = await refused.catch((error: unknown) => JSON.stringify(error) + String(error));
      expect(said).not.toContain("Zk9q");
    });

    test.each([
      "image: db, environment: { A: '${TOKEN}' }",
      "image: db, environment: [TOKEN]",
      "image: db, command: 'serve --key ${TOKEN}'",
      "image: db, entrypoint: [serve, '${TOKEN}']",
      "image: db, healthcheck: { test: [CMD, ping, -a, '${TOKEN}'] }",
    ])("a secret in the container, which is masked in what the trial tells: %s", async (fields) => {
      const [found] = await read(service(fields), { env: { TOKEN: "Zk9qXw7LmPt3RvB2" } });
      expect(found).toMatchObject({ confidential: true, secrets: [["TOKEN", "Zk9qXw7LmPt3RvB2"]] });
    });

    test.each([
      ["image: 'db:${VERSION}'", { image: "db:17-alpine" }],
      ["image: 'db:${VERSION}', ports: ['${PORT}:5432']", { image: "db:17-alpine", ports: [5432] }],
      ["image: db, ports: ['127.0.0.1:${PORT:-1}:5432/tcp']", { ports: [5432] }],
      ["image: db, mem_limit: '${SIZE}'", { memory: "1Gi" }],
      ["image: db, env_file: '${FILE}'", { env: { A: "1" } }],
    ])("a setting of .env anywhere, and any variable in a published port: %s", async (fields, given) => {
      const files = { ".env": "VERSION=17-alpine\nSIZE=1g\nFILE=own.env\n", "own.env": "A=1\n" };
      const [found] = await read(service(fields), { env: { PORT: "15432" }, files });
      expect(found).toMatchObject(given);
    });

    test("a variable without a value in a place that the judge's environment does not reach", async () => {
      await expect(read(service("image: 'db:${TAG}'"))).rejects.toMatchObject({
        text: { en: expect.stringMatching(/"TAG" has no value; write it, or give it in the file \.env/) },
      });
    });

    test("a name alone gives nothing of the environment", async () => {
      const [found] = await read(service("image: db, environment: [HOME, PATH, constructor]"));
      expect(found).toEqual({ name: "db", image: "db" });
    });

    test("names of objects are names", async () => {
      const files = { ".env": "__proto__=a\nconstructor=b\n" };
      const fields = "image: db, environment: ['__proto__', 'A=${constructor}']";
      const [found] = await read(service(fields), { files });
      expect(Object.entries(found?.env ?? {})).toEqual([
        ["__proto__", "a"],
        ["A", "b"],
      ]);
    });

    test.each([
      ["/etc/hostname", () => {}],
      ["../outside.env", (folder: string) => writeFileSync(join(folder, "../outside.env"), "A=1")],
      ["/proc/self/environ", () => {}],
      ["link.env", (folder: string) => symlinkSync("/etc/hostname", join(folder, "link.env"))],
      [".git/config", putGitConfig],
      [
        "config.env",
        (folder: string) => {
          putGitConfig(folder);
          symlinkSync(".git/config", join(folder, "config.env"));
        },
      ],
      ["zero.env", (folder: string) => symlinkSync("/dev/zero", join(folder, "zero.env"))],
    ])("no file: %s", async (file, make) => {
      make(folder);
      await expect(read(service(`image: db, env_file: ${file}`))).rejects.toMatchObject({
        code: "file-unreadable",
        text: {
          en: expect.stringMatching(/leads out of the folder|not a regular file|folder of version control/),
        },
      });
    });

    test(".env that leads elsewhere", async () => {
      symlinkSync("/etc/hostname", join(folder, ".env"));
      await expect(read(service("image: db"))).rejects.toMatchObject({ code: "file-unreadable" });
    });

    test("a compose file elsewhere", async () => {
      await expect(
        composeDependencies({ file: "/etc/hostname", services: ["db"] }, folder, new Map()),
      ).rejects.toMatchObject({ code: "file-unreadable" });
    });
  });
});

function putGitConfig(folder: string): void {
  mkdirSync(join(folder, ".git"), { recursive: true });
  writeFileSync(join(folder, ".git/config"), "A=token\n");
}
