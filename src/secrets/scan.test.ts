import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  checkedToken,
  ENCRYPTED_KEY,
  HEX,
  jwt,
  KEY,
  noise,
  opensshKey,
  SEC1_KEY,
} from "../../test/fixtures/secrets.ts";
import { maskText, scanFile } from "./scan.ts";

function scan(text: string, path = "/app/config.txt") {
  return scanFile(path, Buffer.from(text));
}

function kinds(text: string, path?: string) {
  return scan(text, path).map(({ kind, confidence }) => `${kind} ${confidence}`);
}

const AWS_ID = `AKIA${noise(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
const BASIC = Buffer.from(`robot:${noise(24)}`).toString("base64");
const GCP = JSON.stringify({ type: "service_account", private_key: KEY, client_email: "a@b" });

describe("secrets known by their content", () => {
  test.each<[string, string]>([
    ["private-key confirmed", KEY],
    ["private-key confirmed", SEC1_KEY],
    ["private-key confirmed", opensshKey("none")],
    ["private-key confirmed", JSON.stringify({ key: KEY })],
    [
      "private-key confirmed",
      `const key = ${KEY.trim()
        .split("\n")
        .map((line) => JSON.stringify(`${line}\n`))
        .join(" +\n  ")};`,
    ],
    ["encrypted-private-key likely", ENCRYPTED_KEY],
    ["encrypted-private-key likely", opensshKey("aes256-ctr")],
    [
      "private-key confirmed",
      `-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n${Buffer.concat([Buffer.from([0x95]), Buffer.from(noise(200))]).toString("base64")}\n=aB3d\n-----END PGP PRIVATE KEY BLOCK-----`,
    ],
    [
      "private-key confirmed",
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n${noise(44)}\n`,
    ],
    ["gcp-service-account confirmed", GCP],
    ["age-key confirmed", `AGE-SECRET-KEY-1${noise(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`],
    [
      "aws-access-key confirmed",
      `[default]\naws_access_key_id = ${AWS_ID}\naws_secret_access_key = ${noise(40)}\n`,
    ],
    ["aws-access-key confirmed", `{"secretAccessKey": "${noise(40)}"}`],
    [
      "azure-storage-key confirmed",
      `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${noise(86)}==;EndpointSuffix=core.windows.net`,
    ],
    [
      "azure-shared-access-key confirmed",
      `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${noise(43)}=`,
    ],
    ["github-token confirmed", checkedToken("ghp_")],
    ["github-token confirmed", checkedToken("ghs_")],
    ["github-token confirmed", `github_pat_${noise(22)}_${noise(59)}`],
    ["gitlab-token confirmed", `glpat-${noise(20)}`],
    ["gitlab-token confirmed", `glpat-${noise(40)}.01.${noise(9, HEX)}`],
    ["gitlab-token confirmed", `glptt-${noise(40, HEX)}`],
    ["gitlab-token confirmed", `gldt-${noise(20)}`],
    ["gitlab-token confirmed", `glrt-${noise(20)}`],
    ["gitlab-token confirmed", `GR1348941${noise(20)}`],
    ["npm-token confirmed", checkedToken("npm_")],
    ["npm-registry-token confirmed", `npmAuthToken: "${noise(36)}"`],
    ["pypi-token confirmed", `password = pypi-AgEIcHlwaS5vcmc${noise(120)}`],
    ["docker-hub-token confirmed", `dckr_pat_${noise(27)}`],
    ["slack-token confirmed", `xoxb-${noise(12, "0123456789")}-${noise(13, "0123456789")}-${noise(24)}`],
    [
      "slack-webhook confirmed",
      `https://hooks.slack.com/services/T${noise(9, "ABC0123456789")}/B${noise(9, "ABC0123456789")}/${noise(24)}`,
    ],
    ["stripe-live-key confirmed", `sk_live_${noise(32)}`],
    ["sendgrid-key confirmed", `SG.${noise(22)}.${noise(43)}`],
    ["brevo-key confirmed", `xkeysib-${noise(64, HEX)}-${noise(16)}`],
    ["twilio-token confirmed", `TWILIO_AUTH_TOKEN=${noise(32, HEX)}`],
    ["sentry-token confirmed", `sntrys_eyJ${noise(90)}`],
    ["sentry-token confirmed", `sntryu_${noise(64, HEX)}`],
    ["vault-token confirmed", `hvs.${noise(24)}`],
    ["sonar-token confirmed", `sqp_${noise(40, HEX)}`],
    ["grafana-token confirmed", `glsa_${noise(32)}_${noise(8, HEX)}`],
    ["google-oauth-secret confirmed", `GOCSPX-${noise(28)}`],
    ["ai-provider-key confirmed", `sk-ant-api03-${noise(93)}`],
    ["docker-config-auth confirmed", `{"auths":{"r.example":{"auth":"${BASIC}"}}}`],
    [
      "kubeconfig-key confirmed",
      `users:\n- user:\n    client-key-data: ${Buffer.from(SEC1_KEY).toString("base64")}\n`,
    ],
    ["kubeconfig-token confirmed", `kind: Config\nusers:\n- name: ci\n  user:\n    token: ${noise(40)}\n`],
    ["nuget-password confirmed", `<add key="ClearTextPassword" value="${noise(20)}" />`],
    ["jwt likely", `Bearer ${jwt({ alg: "HS256" }, { sub: "ci" })}`],
    ["url-password confirmed", `DATABASE=postgres://app:${noise(14)}@db.prod.gouv.fr:5432/app`],
    ["url-password confirmed", `url = https://oauth2:${noise(20)}@git.example.gouv.fr/x.git`],
    ["local-url-password likely", `postgres://app:${noise(14)}@localhost:5432/app`],
    ["local-url-password likely", `amqp://app:${noise(14)}@rabbitmq:5672`],
    ["connection-string-password likely", `Server=sql.gouv.fr;Database=x;User Id=app;Password=${noise(12)};`],
    ["connection-string-password likely", `jdbc:postgresql://sql.gouv.fr/x?user=app&password=${noise(12)}`],
  ])("%s", (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  test("with the line and a mask, never the value", () => {
    const token = `glpat-${noise(20)}`;
    expect(scan(`# comment\n\nTOKEN=${token}\n`)).toEqual([
      {
        kind: "gitlab-token",
        confidence: "confirmed",
        line: 3,
        masked: "glpa…(26)",
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  test("in binary files, too, where nothing else would look like one by chance", () => {
    expect(
      kinds(`SQLite format 3\0\0 ${checkedToken("ghp_")} ${KEY} postgres://a:${noise(14)}@db.gouv.fr`),
    ).toEqual(["github-token confirmed", "private-key confirmed", "url-password confirmed"]);
  });

  test("once each, however often a file repeats them; two values are two secrets", () => {
    const token = `glpat-${noise(20)}`;
    expect(scan(`${token}\n${token}\nglpat-${noise(21).slice(1)}`)).toHaveLength(2);
  });

  test("the id changes with the place and the value, and nothing else", () => {
    const token = `glpat-${noise(20)}`;
    const [first] = scan(token, "/app/a");
    expect(scan(`\n\n${token}`, "/app/a")[0]?.id).toBe(first?.id);
    expect(scan(token, "/app/b")[0]?.id).not.toBe(first?.id);
  });
});

describe("secrets known by the file's name", () => {
  test.each<[string, string, string]>([
    ["/root/.netrc", "netrc-password confirmed", "machine git.gouv.fr login robot password hunter22\n"],
    ["/root/.pgpass", "pgpass-password confirmed", "db.gouv.fr:5432:app:app:hunter22\n"],
    ["/root/.my.cnf", "mysql-password confirmed", "[client]\npassword = hunter22\n"],
    ["/root/.m2/settings.xml", "maven-password confirmed", "<server><password>hunter22</password></server>"],
    ["/app/.npmrc", "npm-registry-token confirmed", `//registry.npmjs.org/:_authToken=${noise(36)}\n`],
    ["/app/.npmrc", "npm-registry-token confirmed", `_auth=${BASIC}\n`],
    ["/root/.git-credentials", "url-password confirmed", `https://robot:${noise(20)}@git.gouv.fr\n`],
    ["/app/.env", "named-secret likely", "PORT=3000\nSESSION_SECRET=correct-horse-battery\n"],
    ["/app/.env.production", "named-secret likely", 'export DB_PASSWORD="Tr0ub4dor&3"\n'],
    ["/app/.env", "named-secret likely", "MOT=x\nDB_MDP=Tr0ub4dor\n"],
    ["/app/application-prod.properties", "named-secret likely", "spring.datasource.password=Tr0ub4dor\n"],
    ["/app/application.yml", "named-secret likely", "spring:\n  datasource:\n    password: Tr0ub4dor\n"],
    ["/app/appsettings.Production.json", "named-secret likely", '{\n  "ApiKey": "Tr0ub4dor",\n}'],
  ])("%s: %s", (path, kind, text) => {
    expect(kinds(text, path)).toEqual([kind]);
  });

  test("a key of several lines in .env is one secret", () => {
    expect(kinds(`A=1\nPRIVATE_KEY="${KEY}"\n`, "/app/.env")).toEqual(["private-key confirmed"]);
  });

  test("a PKCS#12 store with a key bag", () => {
    const store = Buffer.concat([
      Buffer.from("308209d002010330", "hex"),
      Buffer.alloc(50),
      Buffer.from("2a864886f70d010c0a0102", "hex"),
    ]);
    expect(scanFile("/app/keystore.p12", store)).toMatchObject([
      { kind: "pkcs12-key", confidence: "likely" },
    ]);
    expect(scanFile("/app/truststore.p12", store.subarray(0, 58))).toEqual([]);
    expect(scanFile("/app/notes.p12", Buffer.from("not a store"))).toEqual([]);
  });
});

describe("whatever the file is called", () => {
  const java = (magic: string, tag: number) =>
    Buffer.from(`${magic}00000002000000010000000${tag}0001610000018b00000000`, "hex");
  const der = (type: "pkcs8" | "sec1") => createPrivateKey(KEY).export({ type, format: "der" });
  const wide = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  test.each<[string, string, Uint8Array | string]>([
    [
      "pkcs12-key likely",
      "a PKCS#12 store",
      Buffer.concat([
        Buffer.from("308209d002010330", "hex"),
        Buffer.alloc(50),
        Buffer.from("2a864886f70d010c0a0102", "hex"),
      ]),
    ],
    ["java-keystore-key likely", "a JKS store", java("feedfeed", 1)],
    ["java-keystore-key likely", "a JCEKS store with a secret key", java("cececece", 3)],
    ["private-key confirmed", "PKCS#8 in DER", der("pkcs8")],
    ["private-key confirmed", "SEC 1 in DER", der("sec1")],
    [
      "encrypted-private-key likely",
      "encrypted PKCS#8 in DER",
      createPrivateKey(KEY).export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "p" }),
    ],
    ["private-key confirmed", "PEM in UTF-16", wide(KEY)],
    ["private-key confirmed", "PEM in UTF-16, the other way round", wide(KEY).swap16()],
    ["private-key confirmed", "PEM in UTF-16 without its mark", wide(KEY).subarray(2)],
    ["gitlab-token confirmed", "a token in UTF-16", wide(`TOKEN=glpat-${noise(20)}\r\n`)],
    ["private-key confirmed", "PEM in base64", Buffer.from(KEY).toString("base64")],
    [
      "private-key confirmed",
      "PEM in base64, in lines",
      (
        Buffer.from(KEY)
          .toString("base64")
          .match(/.{1,64}/g) ?? []
      ).join("\n"),
    ],
    [
      "encrypted-private-key likely",
      "encrypted PEM in base64",
      Buffer.from(ENCRYPTED_KEY).toString("base64"),
    ],
    ["private-key confirmed", "PEM in a program", `\x7fELF\x02\0\0${KEY}`],
    ["private-key confirmed", "PEM behind a picture", `\x89PNG\r\n\x1a\n\0\0${KEY}`],
    [
      "kubernetes-secret likely",
      "a Secret's data",
      `apiVersion: v1\ndata:\n  password: ${Buffer.from(noise(12)).toString("base64")}\nkind: Secret\n`,
    ],
    [
      "kubernetes-secret likely",
      "a Secret's text",
      `kind: Secret\nstringData:\n  password: "${noise(12)}"\n`,
    ],
    [
      "kubernetes-secret likely",
      "a Secret in JSON",
      JSON.stringify({ kind: "Secret", data: { p: Buffer.from(noise(12)).toString("base64") } }),
    ],
    [
      "kubernetes-secret likely",
      "a Secret in JSON, in lines",
      JSON.stringify({ data: { p: Buffer.from(noise(12)).toString("base64") }, kind: "Secret" }, null, 2),
    ],
    [
      "kubernetes-secret likely",
      "a Secret behind another document",
      `kind: Service\n---\nkind: "Secret"\nstringData:\n  password: ${noise(12)}\n`,
    ],
  ])("%s: %s", (kind, _, content) => {
    const found = scanFile("/app/static/logo.png", Buffer.from(content as string, "latin1"));
    expect(found.map(({ kind: seen, confidence }) => `${seen} ${confidence}`)).toEqual([kind]);
  });

  test("certificates alone are none, in DER or in a store", () => {
    const store = Buffer.concat([java("feedfeed", 2), Buffer.from("0005582e353039000000023000", "hex")]);
    expect(scanFile("/app/ca.jks", store)).toEqual([]);
    expect(scanFile("/app/key.der", createPublicKey(KEY).export({ type: "spki", format: "der" }))).toEqual(
      [],
    );
    expect(scanFile("/app/table", Buffer.from("0102".repeat(400), "hex"))).toEqual([]);
  });
});

describe("where packages install", () => {
  test("keys are looked for everywhere, tokens that a checksum proves in little text, and no more", () => {
    const token = checkedToken("ghp_");
    const kindsAt = (path: string, text: string) =>
      scanFile(path, Buffer.from(text), "keys").map(({ kind }) => kind);
    expect(kindsAt("/app/node_modules/x/a.js", `${KEY} ${token}`)).toEqual(["private-key", "github-token"]);
    expect(kindsAt("/app/node_modules/x/a.json", token)).toEqual(["github-token"]);
    expect(kindsAt("/app/node_modules/x/config", token)).toEqual(["github-token"]);
    expect(kindsAt("/app/node_modules/x/a.js", token)).toEqual([]);
    expect(kindsAt("/app/node_modules/x/a.json", `postgres://app:${noise(14)}@db.gouv.fr/app`)).toEqual([]);
  });
});

describe("maskText", () => {
  test("masks every secret and nothing else", () => {
    const token = `glpat-${noise(20)}`;
    expect(maskText(`é curl -H "T: ${token}" https://a:${noise(14)}@x.gouv.fr/ ${token} fin`)).toBe(
      'é curl -H "T: glpa…(26)" https://a:…(14)@x.gouv.fr/ glpa…(26) fin',
    );
  });

  test("masks what only the file's name betrays", () => {
    expect(maskText("A=1\nDB_PASSWORD=Tr0ub4dor # old\n", "/app/.env")).toBe("A=1\nDB_PASSWORD=…(9) # old\n");
  });

  test("leaves a text without secrets as it is", () => {
    expect(maskText("PORT=3000\n")).toBe("PORT=3000\n");
  });
});
