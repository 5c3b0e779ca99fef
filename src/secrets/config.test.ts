import { describe, expect, test } from "vitest";
import { checkedToken, KEY, noise } from "../../test/fixtures/secrets.ts";
import { type ConfigText, maskConfig } from "./config.ts";

const NOTHING: ConfigText = {
  env: [],
  labels: {},
  history: [],
  entrypoint: [],
  cmd: [],
  healthcheck: [],
  others: {},
};

function mask(raw: Partial<ConfigText>) {
  return maskConfig({ ...NOTHING, ...raw });
}

describe("finds and masks", () => {
  test("a literal secret in ENV, with its name", () => {
    const { masked, secrets } = mask({ env: ["PATH=/bin", "DB_PASSWORD=Tr0ub4dor&3"] });
    expect(masked.env).toEqual(["PATH=/bin", "DB_PASSWORD=…(11)"]);
    expect(secrets).toEqual([
      {
        kind: "named-secret",
        confidence: "likely",
        at: { in: "env", name: "DB_PASSWORD" },
        masked: "…(11)",
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  test.each(["db:5432", "postgres", "redis-master:6379", "pg.prod.svc.cluster.local"])(
    "the password of a URL to %s, a service of the cluster",
    (host) => {
      const { secrets } = mask({ env: [`DATABASE_URL=postgres://portal:Tr0ub4dor@${host}/portal`] });
      expect(secrets).toMatchObject([{ kind: "url-password", at: { name: "DATABASE_URL" } }]);
    },
  );

  test.each(["localhost:5432", "127.0.0.1", "[::1]:5432", "0.0.0.0"])(
    "the password of a URL to %s, the container itself",
    (host) => {
      const { secrets } = mask({ env: [`DATABASE_URL=postgres://portal:Tr0ub4dor@${host}/portal`] });
      expect(secrets).toMatchObject([{ kind: "local-url-password" }]);
    },
  );

  test("a key or token in ENV, whatever its name, under its own kind", () => {
    const token = checkedToken("ghp_");
    const { masked, secrets } = mask({ env: [`GITHUB_TOKEN=${token}`, `X=${KEY}`] });
    expect(secrets).toMatchObject([
      { kind: "github-token", at: { name: "GITHUB_TOKEN" } },
      { kind: "private-key", at: { name: "X" } },
    ]);
    expect(JSON.stringify(masked)).not.toContain(token.slice(6));
  });

  test("a build argument in BuildKit's history: RUN |1 NPM_TOKEN=abc /bin/sh -c …", () => {
    const { masked, secrets } = mask({
      history: ["FROM x", "RUN |2 NODE_ENV=production NPM_TOKEN=azertyuiop /bin/sh -c npm ci # buildkit"],
    });
    expect(masked.history[1]).toBe("RUN |2 NODE_ENV=production NPM_TOKEN=…(10) /bin/sh -c npm ci # buildkit");
    expect(secrets).toMatchObject([{ kind: "named-secret", at: { in: "history", step: 1 } }]);
  });

  test("a build argument whose value holds spaces, up to the shell", () => {
    const { masked } = mask({ history: ["|1 DB_PASSWORD=my secret words /bin/sh -c make"] });
    expect(masked.history).toEqual(["|1 DB_PASSWORD=…(15) /bin/sh -c make"]);
  });

  test("an assignment in a command of the history", () => {
    const { masked } = mask({
      history: ["/bin/sh -c export API_KEY='azerty uiop' && DB_PASSWORD=qsdfghjklm make"],
    });
    expect(masked.history).toEqual(["/bin/sh -c export API_KEY='…(11)' && DB_PASSWORD=…(10) make"]);
  });

  test("an ENV that stands in the history unquoted: reported once, masked in both", () => {
    const { masked, secrets } = mask({
      env: ["DB_PASSWORD=correct horse"],
      history: ["ENV DB_PASSWORD=correct horse", "RUN |1 DB_PASSWORD=correct horse /bin/sh -c x"],
    });
    expect(JSON.stringify(masked)).not.toContain("horse");
    expect(secrets).toHaveLength(1);
  });

  test("labels", () => {
    const { masked, secrets } = mask({
      labels: {
        "x.api-key": "Tr0ub4dor",
        "org.opencontainers.image.source": `https://ci:${noise(20)}@git.gouv.fr/a`,
      },
    });
    expect(masked.labels["x.api-key"]).toBe("…(9)");
    expect(secrets).toMatchObject([{ at: { in: "label", name: "x.api-key" } }, { kind: "url-password" }]);
  });

  test("the command, in one argument or two, and the health check", () => {
    const { masked, secrets } = mask({
      entrypoint: ["/app", "--db-password=Tr0ub4dor"],
      cmd: ["--api-key", "azertyuiop", "serve"],
      healthcheck: ["CMD-SHELL", "TOKEN=wxcvbnqsdf curl x"],
    });
    expect(masked).toMatchObject({
      entrypoint: ["/app", "--db-password=…(9)"],
      cmd: ["--api-key", "…(10)", "serve"],
      healthcheck: ["CMD-SHELL", "TOKEN=…(10) curl x"],
    });
    expect(secrets.map(({ at }) => at)).toEqual([
      { in: "command" },
      { in: "command" },
      { in: "field", name: "config.healthcheck" },
    ]);
  });
});

test("more secrets than the bound are an error that names it", () => {
  const env = Array.from({ length: 201 }, (_, index) => `A${index}_TOKEN=azertyuiop-${index}`);
  expect(() => mask({ env })).toThrow("secretsPerConfig");
  expect(mask({ env: env.slice(1) }).secrets).toHaveLength(200);
});

describe("traps: stays silent on", () => {
  test.each<[string, Partial<ConfigText>]>([
    [
      "package pins `libcrypto3=3.1.4`",
      {
        history: [
          "RUN /bin/sh -c apk add libcrypto3=3.1.4-r5 libsecret=0.21.4-r0 py3-token=2.0 pass=1.7.4-r5 # buildkit",
        ],
      },
    ],
    [
      "GPG_KEY, PYTHON_SHA256 and NODE_*_SHASUM fingerprints",
      {
        env: [
          "GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305",
          `PYTHON_SHA256=${noise(64, "0123456789abcdef")}`,
          "NODE_24_SHASUM=abc123def456",
        ],
      },
    ],
    [
      "*_FILE and *_PATH variables",
      {
        env: [
          "DB_PASSWORD_FILE=/run/secrets/db",
          "TOKEN_PATH=/x/y",
          "GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/gcp.json",
        ],
      },
    ],
    [
      "SECRET_KEY_BASE_DUMMY=1",
      {
        env: ["SECRET_KEY_BASE_DUMMY=1"],
        history: ["RUN /bin/sh -c SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile"],
      },
    ],
    [
      "placeholders for the build",
      {
        env: [
          "SECRET_KEY=dummy-for-build",
          "JWT_SECRET=changeme",
          "DATABASE_PASSWORD=placeholder",
          "TRUSTSTORE_PASSWORD=changeit",
        ],
      },
    ],
    ["empty values", { env: ["DB_PASSWORD=", "TOKEN"] }],
    [
      "build secrets by mount",
      {
        history: [
          'RUN --mount=type=secret,id=npm_token /bin/sh -c NPM_TOKEN="$(cat /run/secrets/npm_token)" npm ci',
          "RUN /bin/sh -c API_TOKEN=$TOKEN make",
        ],
      },
    ],
    [
      "names that only sound alike",
      {
        env: [
          "KEYBOARD=azerty-fr",
          "MONKEY=some-value",
          "PASSWORD_MIN_LENGTH=12",
          "TOKEN_EXPIRY=3600",
          "NEXTAUTH_URL=https://a.gouv.fr",
          "OLDPWD=/some/where",
        ],
      },
    ],
  ])("%s", (_, raw) => {
    const { masked, secrets } = mask(raw);
    expect(secrets).toEqual([]);
    expect(masked).toEqual({ ...NOTHING, ...raw });
  });
});
