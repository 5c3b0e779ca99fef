import { describe, expect, test } from "vitest";
import { jwt, noise } from "../../test/fixtures/secrets.ts";
import { scanFile } from "./scan.ts";
import { isRemoteUrlInCode } from "./validation.ts";

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

describe("a password for a host of one word", () => {
  const url = `x http://app:${PW}@db/x`;
  test.each([
    ..."/a/x.md /a/x.markdown /a/x.rst /a/x.adoc /a/x.txt /a/x.html /a/x.htm /a/x.css /a/README.MD".split(
      " ",
    ),
    ..."test tests __tests__ __mocks__ mock mocks spec specs fixture fixtures testdata example examples"
      .split(" ")
      .map((name) => `/a/${name}/x.conf`),
    ..."exemple exemples sample samples doc docs e2e cypress Tests"
      .split(" ")
      .map((name) => `/a/${name}/x.conf`),
    ..."/a/x.test.js /a/x_spec.rb /a/x-stories.ts /a/x.SPEC.tsx /a/test_x.py /a/conftest.py /a/test_.py".split(
      " ",
    ),
    ..."/a/x_test.go /a/x_test.rb /a/x_test.py /a/x_test.rs".split(" "),
  ])("in %s is an example's", (path) => {
    expect(kinds(url, path)).toEqual(["local-url-password"]);
    expect(kinds(url.replace("@db", "@db.site.fr"), path)).toEqual(["url-password"]);
  });

  test.each([
    ..."/a/x.mdx /a/xmd /a/x.md/x /a/x.cssx /a/attests/x.conf /a/tests.conf /a/mockst/x.conf".split(" "),
    ..."/a/x.testing.conf /a/xtest.js /a/x.test.jsonl /a/mytest_x.py /a/test_x.pyc /a/xconftest.py".split(
      " ",
    ),
    ..."/a/x_test.gooooo /a/xtest.go /a/document/x.conf".split(" "),
  ])("in %s is a service's", (path) => {
    expect(kinds(url, path)).toEqual(["url-password"]);
  });
});

describe("a password in a URL, at its edges", () => {
  test.each([
    ["X://app:azerty@x.fr", ["url-password"]],
    ["9://app:azerty@x.fr", ["url-password"]],
    ["http://app:abcd@x.fr", ["url-password"]],
    ["cvs://anonymous:anoncvs@x.fr", []],
    ["ftp://ftp:anonymous@x.fr", []],
    ["cvs://:pserver:anoncvs@x.fr", []],
    ["http://app:xanoncvs@x.fr", ["url-password"]],
    ["http://app:anoncvsx@x.fr", ["url-password"]],
  ])("%s", (text, found) => {
    expect(kinds(`a ${text}`)).toEqual(found);
  });

  test.each([
    ["aB3dE6gH", ["url-password"]],
    ["aB3dE6g", []],
    ["aBcDzYxW", []],
    ["12121213", []],
  ])("in code, %s", (password, found) => {
    expect(kinds(`x http://app:${password}@x.fr`, "/app/x.js")).toEqual(found);
  });

  test("in code, an address that is no name is one", () => {
    expect(kinds("x http://app:azerty@[2001:db8::1]", "/app/x.js")).toEqual(["url-password"]);
  });
});

describe("a password in the URL of a program", () => {
  const isRemote = (url: string): boolean => {
    const match = /:\/\/(?<user>[^:]*):(?<secret>[^@]*)@(?<host>.*)/.exec(url);
    return match !== null && isRemoteUrlInCode(match.groups?.["secret"] ?? "", match);
  };

  test.each(["http://app:aB3dE6gH@x.fr", "http://:aB3dE6gH@db", "http://app:a%40B3dE6gH@x.fr"])(
    "%s",
    (url) => {
      expect(isRemote(url)).toBe(true);
    },
  );

  test.each([
    "http://app:aB3dE6gH@example.com",
    "http://app:aB3dE6gH@127.0.0.1",
    "http://aB3dE6gH:aB3dE6gH@x.fr",
    "http://app:xxxxaB3dE6gH@x.fr",
    "http://app:aBcDzYxW@x.fr",
    "http://app:not-re%40l-aBcD@x.fr",
    "http://app:not-re%4Al-aBcD@x.fr",
    "http://app:a1a1a1@x.fr",
  ])("%s holds none", (url) => {
    expect(isRemote(url)).toBe(false);
  });
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

  test("whose claims are no object is none", () => {
    const part = (text: string) => Buffer.from(text).toString("base64url");
    const made = (claims: string) => `x ${part('{"alg":"HS256"}')}.${part(claims)}.${noise(43)}`;
    expect(kinds(made('{"sub":"ci"}'))).toEqual(["jwt"]);
    expect(kinds(made('{"sub":\n"ci"}'))).toEqual(["jwt"]);
    expect(kinds(made('{"sub":"ci"} and'))).toEqual([]);
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
    ..."Hostname;Address;Initial Catalog;User Id;UserId;Username;User;Uid;uid "
      .split(";")
      .map((name) => `${name}=x;Password=${PW}`),
    `redis:6379,password=${PW}`,
    `redis:80,ssl=true,abort Connect=false,password=${PW},x=y`,
    `"Password=${PW};Server=x"`,
    `x='Password=${PW};a=b;Uid=x'`,
    `connection=Password=${PW};Server=x`,
    `psycopg2.connect("host=db user=app password=${PW} dbname=portail")`,
    `PG="user = app password = ${PW}"`,
    `Server=${"x".repeat(480)};Password=${PW}`,
    `Password=${PW};Server=x`.replace("Password", 'a="Password'),
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
    `Server=${"x".repeat(500)};Password=${PW}`,
    `redis:6,password=${PW}`,
    `redis,password=${PW}`,
    `redis:6379,a-b=c,password=${PW}`,
    `redis:6379,x password=${PW}`,
    `"Password=${PW};Name=x"`,
    `"Password=${PW}","Server=x"`,
    `"Password=${PW}\n;Server=x"`,
    `"Password=${PW};\nServer=x"`,
    `(Password=${PW};Server=x)`,
    `"Password=${PW};${"x".repeat(300)};Server=x"`,
    `Server=x; a Password=${PW}`,
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
