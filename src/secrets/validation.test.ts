import { describe, expect, test } from "vitest";
import { jwt, noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";

function kinds(text: string, path = "/app/notes.log") {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

const PW = noise(14);

describe("a password in a URL", () => {
  test.each([
    `postgres://app:${PW}@db.site.fr/x`,
    `postgres://app:${PW}@db/x`,
    `redis://:${PW}@cache`,
    `https://a.b@c:${PW}@x.fr`.replace("a.b@c", "a.b"),
    `http://app:${PW}@[2001:db8::1]:80`,
    `http://app:${PW}@10.0.0.1`,
    `http://user:${PW}@x.fr`,
    `http://app:azerty@x.fr`,
  ])("%s", (url) => {
    expect(kinds(`x ${url}`)).toEqual(["url-password"]);
  });

  test.each([
    "localhost",
    "LOCALHOST",
    "localhost.localdomain",
    "127.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
  ])("for this machine, %s, may be known to all", (host) => {
    expect(kinds(`x http://app:${PW}@${host}/x`)).toEqual(["local-url-password"]);
  });

  test.each(["mylocalhost", "localhosts", "localhost.fr", "x.127.0.0.1.fr", "10.0.0.0", "[::11]"])(
    "%s is another machine",
    (host) => {
      expect(kinds(`x http://app:${PW}@${host}/x`)).toEqual(["url-password"]);
    },
  );

  test.each(
    (
      "example.com example.org example.net db.example.com x.example x.invalid x.test example test host hostname " +
      "server domain site url host.com SERVER"
    ).split(" "),
  )("for %s leads nowhere", (host) => {
    expect(kinds(`x http://app:${PW}@${host}/x`)).toEqual([]);
  });

  test.each(["myexample.com", "example.fr", "example.com.fr", "hosts", "my.host", "server.a.fr", "latest"])(
    "for %s leads somewhere",
    (host) => {
      expect(kinds(`x http://app:${PW}@${host}/x`)).toEqual(["url-password"]);
    },
  );

  test.each([
    `://app:${PW}@x.fr`,
    `"://app:${PW}@x.fr`,
    "http://app:app@x.fr",
    "http://app:abc@x.fr",
    "http://app:changeme@x.fr",
    "http://app:key_1234@x.fr",
    "http://user:azerty@x.fr",
    "http://username:azerty@x.fr",
    "http://utilisateur:azerty@x.fr",
    "http://LOGIN:azerty@x.fr",
    "http://app:${X}@x.fr",
    "http://app@x.fr",
    "http://app:@x.fr",
  ])("not in %s", (text) => {
    expect(kinds(`x ${text}`)).toEqual([]);
  });

  test("of a name that only begins so counts", () => {
    expect(kinds("http://users:azerty@x.fr")).toEqual(["url-password"]);
    expect(kinds("http://myuser:azerty@x.fr")).toEqual(["url-password"]);
  });

  test.each("js cjs mjs ts mts jsx tsx map py rb php java go rs md txt htm html css".split(" "))(
    "in .%s, must look drawn",
    (ending) => {
      const path = `/app/x.${ending}`;
      expect(kinds("x http://app:azerty@x.fr", path)).toEqual([]);
      expect(kinds(`x http://app:${PW}@x.fr`, path)).toEqual(["url-password"]);
      expect(kinds("x http://app:azerty@x.fr", `${path}x.bin`)).toEqual(["url-password"]);
    },
  );
});

describe("credentials of a registry", () => {
  const auth = (text: string, outside = '"auths"') =>
    kinds(`{${outside}:{"r":{"auth":"${Buffer.from(text, "latin1").toString("base64")}"}}}`);

  test("are a user and a password", () => {
    expect(auth(`robot:${PW}`)).toEqual(["docker-config-auth"]);
    expect(auth(`robot:${PW}\0\0`)).toEqual(["docker-config-auth"]);
    expect(auth(`ro bot:${PW}:x`)).toEqual(["docker-config-auth"]);
  });

  test.each([
    `robot${PW}`,
    `:${PW}`,
    "robot:",
    "robot:changeme",
    `rob\u0001ot:${PW}`,
    `robot:${PW}\u0001`,
    `robot:${PW}\0x`,
  ])("%j are none", (text) => {
    expect(auth(text)).toEqual([]);
  });

  test("stand under `auths`, or in .dockercfg", () => {
    const text = `{"r":{"auth":"${Buffer.from(`robot:${PW}`).toString("base64")}"}}`;
    expect(kinds(text)).toEqual([]);
    expect(kinds(text, "/root/.dockercfg")).toEqual(["docker-config-auth"]);
    expect(kinds(text, "/root/.dockercfg/x")).toEqual([]);
  });
});

describe("a JWT", () => {
  test.each(["HS256", "RS256", "ES256", "PS256", "EdDSA"])("that %s signs", (alg) => {
    expect(kinds(`x ${jwt({ alg }, { sub: "ci" })}`)).toEqual(["jwt"]);
  });

  test("that nobody signs, or of every tutorial, is none", () => {
    expect(kinds(`x ${jwt({ alg: "none" }, { sub: "ci" })}`)).toEqual([]);
    expect(kinds(`x ${jwt({ typ: "JWT" }, { sub: "ci" })}`)).toEqual([]);
    expect(kinds(`x ${jwt({ alg: "HS256" }, { sub: "1234567890", name: "John Doe" })}`)).toEqual([]);
    expect(kinds(`x-${jwt({ alg: "HS256" }, { sub: "ci" })}`)).toEqual([]);
  });
});

describe("a token of a kubeconfig", () => {
  const token = noise(40);
  test.each(["kind: Config\nusers:\n", '{"kind": "Config", "users":\n', '{"kind":"Config","users":\n'])(
    "%j",
    (head) => {
      expect(kinds(`${head}token: ${token}`)).toEqual(["kubeconfig-token"]);
      expect(kinds(`${head}"token":"${token}"`)).toEqual(["kubeconfig-token"]);
    },
  );

  test.each([
    `kind: Configs\nusers:\ntoken: ${token}`.replace("Configs", "Other"),
    `kind: Config\nclusters:\ntoken: ${token}`,
    `users:\ntoken: ${token}`,
    "kind: Config\nusers:\ntoken: aaaaaaaaaaaaaaaaaaaaaaaa",
  ])("%j holds none", (text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe("a connection string", () => {
  test.each([
    `Server=x;Password=${PW}`,
    `Server=x; password=${PW}`,
    `Data Source=x;Pwd=${PW}`,
    `HOST = x;pwd=${PW}`,
    `Endpoint=x;Password=${PW}`,
    `jdbc:x://y?user=a&password=${PW}`,
    `jdbc:x://y?password=${PW}`,
  ])("%s", (text) => {
    expect(kinds(text)).toEqual(["connection-string-password"]);
  });

  test.each([
    `Server=x Password=${PW}`,
    `Server=x;\nPassword=${PW}`,
    `Name=x;Password=${PW}`,
    "Server=x;Password=changeme",
    "Server=x;Password=abc",
    `Server=x;Passwords=${PW}`,
    "Server=x;Password=$PW_OF_IT",
  ])("%s holds none", (text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe("an AWS secret", () => {
  test("has letters of both cases and digits", () => {
    expect(kinds(`aws_secret_access_key = ${noise(40)}`)).toEqual(["aws-access-key"]);
    expect(kinds(`aws_secret_access_key = ${noise(40, "abcdefghijklmnop0123456789")}`)).toEqual([]);
    expect(kinds(`aws_secret_access_key = ${noise(40, "ABCDEFGHIJKLMNOP0123456789")}`)).toEqual([]);
    expect(kinds(`aws_secret_access_key = ${noise(40, "abcdefghijklmnopABCDEFGHIJKLMNOP")}`)).toEqual([]);
    expect(kinds(`aws_secret_access_key = ${noise(41)}`)).toEqual([]);
    expect(kinds(`aws_secret_access_key = ${noise(39)}`)).toEqual([]);
  });
});
