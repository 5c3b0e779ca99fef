import { expect, test } from "vitest";
import { CatalogerIndex, isReleaseFile } from "../cataloger-index.ts";
import { redisVersion } from "./redis-version.ts";
import { RUNTIMES } from "./runtimes.ts";

/** Names of the files of each runtime in its publisher's builds and in distributions, and names like them. */
const FILES: Readonly<Record<string, { readonly own: string; readonly others: string }>> = {
  node: {
    own: "node nodejs libnode.so libnode.so.127",
    others: "xnode node.js node20 libnode.sox xlibnode.so libnode.so.x",
  },
  python: {
    own: "python3.13 python3.14t libpython3.13.so.1.0 libpython3.14t.so.1.0",
    others: "xpython3.13 python3 python3.13-config libpython3.13.so libpython3.13.so.1.0.x python3.13x",
  },
  php: {
    own: "php php8.4 php-fpm php-fpm8.4 php-cgi php-cgi8.4 libphp.so libphp8.4.so",
    others: "xphp php-config phpize php.ini libphp.so.1 php-fpmx",
  },
  ruby: {
    own: "ruby ruby3.4 libruby.so libruby.so.3.4 libruby-3.4.so.3.4.5",
    others: "xruby ruby-build rubyx libruby.a",
  },
  openjdk: { own: "libjvm.so", others: "xlibjvm.so libjvm.so.1 libjvmxso" },
  nginx: { own: "nginx", others: "xnginx nginx-debug" },
  postgresql: { own: "postgres", others: "xpostgres postgresql" },
  apache: { own: "httpd apache2", others: "xhttpd httpd-foreground apache2ctl xapache2" },
  memcached: { own: "memcached", others: "xmemcached memcached-tool" },
  mariadb: { own: "mariadbd mysqld", others: "xmariadbd mariadbd-safe mysqld_safe xmysqld" },
  haproxy: { own: "haproxy", others: "xhaproxy haproxy-systemd" },
};

test("every runtime has its files, and no other", () => {
  expect(RUNTIMES.map(({ name }) => name)).toEqual(Object.keys(FILES));
});

test.each(RUNTIMES.map((runtime) => [runtime.name, runtime] as const))("%s", (name, { file }) => {
  const { own = "", others = "" } = FILES[name] ?? {};
  expect(own.split(" ").filter((one) => !file.test(one))).toEqual([]);
  expect(others.split(" ").filter((one) => file.test(one))).toEqual([]);
});

test.each(["redis", "valkey"])("%s is one program of four names", (name) => {
  const versionOf = (file: string) => {
    const search = redisVersion(file);
    search?.push(Buffer.from("\x008.0.2\x008.0.2build-1789404730\0"));
    return search?.end();
  };
  const found = [{ type: "generic", name, version: "8.0.2" }];
  for (const part of ["server", "sentinel", "check-rdb", "check-aof"])
    expect(versionOf(`${name}-${part}`)).toEqual(found);
  for (const other of [`x${name}-server`, `${name}-serverx`, `${name}-cli`, `${name}-check-x`, name])
    expect(versionOf(other)).toBeUndefined();
});

test("of Redis, the hundred builds named first count", () => {
  const versionOf = (count: number) => {
    const search = redisVersion("redis-server");
    const others = Array.from({ length: count }, (_, index) => `\x009.9.${String(index).padStart(10, "0")}`);
    search?.push(Buffer.from(`\x008.0.2${others.join("")}\x008.0.2build-1789404730\0`));
    return search?.end().map(({ version }) => version);
  };
  expect([versionOf(99), versionOf(100)]).toEqual([["8.0.2"], []]);
});

test.each([
  ["openjdk-release", true],
  ["go-toolchain", true],
  ["erlang-release", true],
  ["perl-config", true],
  ["runtime", false],
])("%s reads a file that distributions have, too: %s", (cataloger, expected) => {
  expect(isReleaseFile(cataloger)).toBe(expected);
});

test.each([
  ["nodejs.org/download/release/v24.21.0/", "node", "24.21.0"],
  ["\x003.14.0rc2\0", "python", "3.14.0rc2"],
  ["\x003.14.0a1\0", "python", "3.14.0a1"],
  ["\x003.14.0x\0", "python", undefined],
  ["X-Powered-By: PHP/8.4.1-dev", "php", "8.4.1"],
  ["\0ruby 2.7.8p225 (2023", "ruby", "2.7.8"],
  ["\0ruby 3.4.5 [x86]", "ruby", undefined],
  [" JRE (21.0.5+11-LTS)", "openjdk", "21.0.5"],
  [" JRE (17.0.9)", "openjdk", "17.0.9"],
  [" JRE (17.0.9-Debian)", "openjdk", "17.0.9"],
  [" JRE (x)", "openjdk", undefined],
  ["nginx version: nginx/1.27.0 (x)", "nginx", "1.27.0"],
  ["postgres (PostgreSQL) 17.12 (Debian", "postgresql", "17.12"],
  ["Apache/2.4.65 (Unix)", "apache", "2.4.65"],
  ["Apache/2.4.65x", "apache", undefined],
  ["memcached 1.6.38", "memcached", "1.6.38"],
  ["\0MariaDB 11.8.9\0", "mariadb", "11.8.9"],
  [" version 3.0.11-1a2b,", "haproxy", "3.0.11"],
  [" version 3.0.11,", "haproxy", "3.0.11"],
  [" version 3.0.11 ", "haproxy", undefined],
])("the text %j of %s has the version %s", (text, name, expected) => {
  const runtime = RUNTIMES.find((one) => one.name === name);
  expect(runtime?.version.exec(text)?.[1]).toBe(expected);
  expect(runtime?.version.exec(`x${text}`)).toBeNull();
  expect(text.includes(runtime?.mark ?? "?")).toBe(true);
});

test.each([
  ["/usr/local/go/VERSION", "go1.24.4\n", "1.24.4"],
  ["/opt/go-1.24/VERSION", "go1.24rc1\n", "1.24rc1"],
  ["/usr/local/go/VERSION", "xgo1.24.4\n", ""],
  ["/usr/local/go/VERSION", "go1.24.4 x\n", ""],
  ["/usr/local/gox/VERSION", "go1.24.4\n", undefined],
  ["/usr/local/go/VERSION/a/VERSION", "go1.24.4\n", undefined],
  ["/opt/java/release", 'A="1"\nJAVA_VERSION="21.0.8"\n', "21.0.8"],
  ["/opt/java/release", 'MY_JAVA_VERSION="21.0.8"\n', ""],
  ["/opt/java/release", 'JAVA_VERSION="21.0.8" #\n', ""],
  ["/usr/lib/erlang/releases/27/OTP_VERSION", "27.3.4.1\n", "27.3.4.1"],
  ["/usr/lib/erlang/releases/27/OTP_VERSION", "x27.3\n", ""],
  ["/usr/lib/erlang/releases/27/OTP_VERSION", "27.3 x\n", ""],
  ["/usr/lib/erlang/releases/x/OTP_VERSION", "27.3\n", undefined],
  ["/usr/lib/perl5/Config.pm", "    version => '5.40.1',\n", "5.40.1"],
  ["/usr/lib/perl5/Config.pm", "x    version => '5.40.1',\n", ""],
  ["/usr/lib/perl5/Config.pm", "    version => '5.40.1', #\n", ""],
  ["/usr/lib/perl5/Encode/Config.pm", "    version => '5.40.1',\n", undefined],
])("%s with %j states %j", (path, content, expected) => {
  const found = new CatalogerIndex().of(path)?.packages({ path, bytes: Buffer.from(content) });
  expect(found === undefined ? undefined : (found[0]?.version ?? "")).toBe(expected);
});
