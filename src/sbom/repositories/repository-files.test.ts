import { expect, test } from "vitest";
import { repositoryReader } from "./repository-files.ts";

function foreign(path: string, text: string): readonly string[] | undefined {
  return repositoryReader(path)?.(text).map(({ manager, address }) => `${manager} ${address}`);
}

test.each([
  ["/etc/apt/sources.list", true],
  ["/etc/apt/sources.list.d/a.list", true],
  ["/etc/apt/sources.list.d/a.sources", true],
  ["/etc/apk/repositories", true],
  ["/etc/apk/repositories.d/a.list", true],
  ["/etc/yum.repos.d/a.repo", true],
  ["/etc/zypp/repos.d/a.repo", true],
  ["/app/etc/apt/sources.list", false],
  ["/app/etc/apk/repositories", false],
  ["/app/etc/apt/sources.list.d/a.list", false],
  ["/etc/apt/sources.list.d/a.list.bak", false],
  ["/etc/apt/sources.list.d/a/b.list", false],
  ["/etc/apt/sources", false],
])("%s holds repositories: %s", (path, holds) => {
  expect(repositoryReader(path) !== undefined).toBe(holds);
});

const LIST = "/etc/apt/sources.list";

test.each<[string, readonly string[]]>([
  ["deb http://deb.debian.org/debian trixie main", []],
  ["deb [arch=amd64] https://security.debian.org/debian-security trixie-security main contrib", []],
  ["deb http://fr.archive.ubuntu.com/ubuntu/ noble universe", []],
  ["deb http://mirror.example.com/debian trixie-updates main", []],
  [
    "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.com/a/debian trixie main",
    [],
  ],
  [
    "deb [signed-by=/etc/apt/keyrings/x.asc] http://mirror.example.com/debian trixie main",
    ["apt mirror.example.com/debian"],
  ],
  ["deb [trusted=yes] http://mirror.example.com/debian trixie main", ["apt mirror.example.com/debian"]],
  ["deb http://mirror.example.com/debian trixie own", ["apt mirror.example.com/debian"]],
  ["deb http://mirror.example.com/debian ./", ["apt mirror.example.com/debian"]],
  ["deb https://user:word@apt.example.com:8443/pub/ trixie-pgdg main # x", ["apt apt.example.com:8443/pub"]],
  ["deb http://deb.debian.org.example.com/debian x y", ["apt deb.debian.org.example.com/debian"]],
  ["deb file:/srv/debs ./", ["apt file:/srv/debs"]],
  ["deb\nrpm http://a.example.com\n# deb http://b.example.com x y", []],
])("%s", (text, expected) => {
  expect(foreign(LIST, `${text}\n`)).toEqual(expected);
});

/** Domains of the distributions' own packages. */
const OWN_HOSTS = [
  "debian.org",
  "archive.ubuntu.com",
  "security.ubuntu.com",
  "ports.ubuntu.com",
  "alpinelinux.org",
  "wolfi.dev",
  "fedoraproject.org",
  "centos.org",
  "redhat.com",
  "almalinux.org",
  "rockylinux.org",
  "opensuse.org",
  "suse.com",
  "amazonlinux.com",
  "yum.oracle.com",
];

test.each(OWN_HOSTS)(
  "%s is a distribution's, with its subdomains and ports, and no look-alike is",
  (host) => {
    const own = [host, `dl.${host}`, host.toUpperCase(), `${host}:8443`, `user:word@${host}`];
    expect(own.filter((one) => foreign("/etc/apk/repositories", `https://${one}/x`)?.length !== 0)).toEqual(
      [],
    );
    const others = [`my-${host}`, `${host}.example.com`, `example.com/${host}`];
    expect(foreign("/etc/apk/repositories", others.map((one) => `https://${one}`).join("\n"))).toEqual(
      others.map((one) => `apk ${one}`),
    );
  },
);

test.each([
  "main contrib non-free non-free-firmware",
  "main restricted universe multiverse",
  "main",
  "contrib",
  "non-free",
  "non-free-firmware",
  "restricted",
  "universe",
  "multiverse",
])("a mirror may have the components %s", (components) => {
  expect(foreign(LIST, `deb http://a.example.com/debian trixie ${components}`)).toEqual([]);
});

test.each([
  ["http://a.example.com/debian trixie main", true],
  ["http://a.example.com/debian-security trixie-security main", true],
  ["http://a.example.com/ubuntu noble main", true],
  ["http://a.example.com/ubuntu-ports noble main", true],
  ["http://a.example.com/debian/ trixie-backports main", true],
  ["http://a.example.com/debian trixie/updates main", true],
  ["http://a.example.com/debian trixie-proposed main", true],
  ["[signed-by=/usr/share/keyrings/ubuntu-archive-keyring.pgp] http://a.example.com/ubuntu noble main", true],
  ["[ Signed-By=/a/debian-archive-keyring.asc ] http://a.example.com/debian trixie main", true],
  ["[trusted=no] http://a.example.com/debian trixie main", true],
  ["http://a.example.com/my-debian trixie main", false],
  ["http://a.example.com/debian/x trixie main", false],
  ["http://a.example.com/debian trixie", false],
  ["http://a.example.com/debian", false],
  ["http://a.example.com/debian trixie main own", false],
  ["http://a.example.com/debian trixie-own main", false],
  ["http://a.example.com/debian x main", false],
  ["[signed-by=/a/my-debian-archive-keyring.gpg] http://a.example.com/debian trixie main", false],
  ["[signed-by=/a/debian-archive-keyring.gpg.x] http://a.example.com/debian trixie main", false],
  ["[arch=amd64 trusted=yes] http://a.example.com/debian trixie main", false],
])("deb %s is of a mirror of the distribution: %s", (source, isMirror) => {
  for (const kind of ["deb", "deb-src", "deb\t"])
    expect(foreign(LIST, `${kind} ${source}`)?.length).toBe(isMirror ? 0 : 1);
});

test.each(["debx http://a.example.com/x y z", "deb", "deb [a=b", "#deb http://a.example.com/x y z"])(
  "%s is no source",
  (line) => {
    expect(foreign(LIST, line)).toEqual(line === "deb [a=b" ? ["apt [a=b"] : []);
  },
);

test("fields of a paragraph have names and values in any case", () => {
  const source = "uris: http://a.example.com/debian\nSUITES: trixie\ncomponents: main\n";
  const read = (more: string) => foreign("/etc/apt/sources.list.d/a.sources", `${source}${more}`);
  expect(read("")).toEqual([]);
  expect(read("Trusted: YES\n")).toHaveLength(1);
  expect(read("Trusted: no\n")).toEqual([]);
  expect(read("Signed-By: /etc/apt/keyrings/own.gpg\n")).toHaveLength(1);
  expect(read("Enabled: No\nTrusted: yes\n")).toEqual([]);
  expect(read("Enabled: yes\nTrusted: yes\n")).toHaveLength(1);
  expect(foreign("/etc/apt/sources.list.d/a.sources", "URIs: http://a.example.com/debian\n")).toHaveLength(1);
  const two = "URIs: http://a.example.com/x\n# a comment\n\thttp://b.example.com/y\n";
  expect(foreign("/etc/apt/sources.list.d/a.sources", two)).toEqual([
    "apt a.example.com/x",
    "apt b.example.com/y",
  ]);
});

test.each([
  ["baseurl=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["mirrorlist=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["metalink=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["BaseURL = https://a.example.com/x https://b.example.com", ["rpm a.example.com/x"]],
  ["baseurl=https://a.example.com/x,https://b.example.com", ["rpm a.example.com/x"]],
  [
    "baseurl=https://a.example.com/x\nmirrorlist=https://b.example.com",
    ["rpm a.example.com/x", "rpm b.example.com"],
  ],
  ["enabled=0\nbaseurl=https://a.example.com/x", []],
  ["enabled = no\nbaseurl=https://a.example.com/x", []],
  ["enabled=FALSE\nbaseurl=https://a.example.com/x", []],
  ["enabled=1\nbaseurl=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["enabled=no1\nbaseurl=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["xenabled=0\nbaseurl=https://a.example.com/x", ["rpm a.example.com/x"]],
  ["baseurl=", []],
  ["baseurl", []],
  ["other=https://a.example.com", []],
])("a section of rpm with %j has %j", (lines, expected) => {
  expect(foreign("/etc/yum.repos.d/a.repo", `[a]\n${lines}\n`)).toEqual(expected);
  const other = "[b]\nbaseurl=https://z.example.com\n";
  expect(foreign("/etc/yum.repos.d/a.repo", `[a]\n${lines}\n${other}`)).toEqual([
    ...expected,
    "rpm z.example.com",
  ]);
});

test.each([
  ["https://u:p@a.example.com/x?token=1#y", "a.example.com/x"],
  ["https://u:p@x@a.example.com", "a.example.com"],
  ["https://a.example.com/@x/", "a.example.com/@x"],
  ["  /srv/apks ", "/srv/apks"],
  ["/srv/apks/", "/srv/apks/"],
  ["file:///srv/debs", "/srv/debs"],
])("the address %s is shown as %s", (address, shown) => {
  expect(foreign("/etc/apk/repositories", address)).toEqual([`apk ${shown}`]);
});

test.each([
  ["/etc/apt/sources.list.d/a.list", "deb http://a.example.com x y", 1],
  ["/etc/apt/sources.list.d/a.sources", "deb http://a.example.com x y", 0],
  ["/etc/apk/repositories.d/a.list", "http://a.example.com", 1],
  ["/etc/zypp/repos.d/a.repo", "[a]\nbaseurl=http://a.example.com", 1],
  ["/etc/apt/sources.list.d/a.list.bak", "", undefined],
  ["/etc/apt/sources.list.d/a/b.list", "", undefined],
  ["/etc/yum.repos.d/a.txt", "", undefined],
  ["/etc/apk/repositories.bak", "", undefined],
])("%s with %j names %s", (path, text, count) => {
  expect(foreign(path, text)?.length).toBe(count);
});

test("paragraphs of apt, continued lines and what is switched off", () => {
  const text = `# a comment
Types: deb
URIs: https://deb.debian.org/debian
 https://apt.example.com/x?token=abc
Suites: trixie
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----

Enabled: no
URIs: https://off.example.com

URIs: https://mirror.example.com/debian
Trusted: yes
Suites: trixie
Components: main
`;
  expect(foreign("/etc/apt/sources.list.d/a.sources", text)).toEqual([
    "apt apt.example.com/x",
    "apt mirror.example.com/debian",
  ]);
});

test("apk's and rpm's", () => {
  const apk =
    "https://dl-cdn.alpinelinux.org/alpine/v3.22/main\n@x https://apk.example.com/y\n#http://z\n/srv/apks\n";
  expect(foreign("/etc/apk/repositories", apk)).toEqual(["apk apk.example.com/y", "apk /srv/apks"]);
  expect(foreign("/etc/apk/repositories.d/own.list", apk)).toHaveLength(2);
  const rpm = `[base]
baseurl=https://cdn-ubi.redhat.com/content/$basearch
[own]
baseurl = https://u:p@rpm.example.com/$releasever/
[mirror]
metalink=https://mirrors.fedoraproject.org/metalink?repo=fedora
[off]
enabled=0
baseurl=https://off.example.com
`;
  expect(foreign("/etc/yum.repos.d/own.repo", rpm)).toEqual(["rpm rpm.example.com/$releasever"]);
  expect(foreign("/etc/zypp/repos.d/own.repo", rpm)).toHaveLength(1);
});

test.each(["/etc/apt/sources.list.d/a.txt", "/app/etc/apt/sources.list", "/etc/passwd"])(
  "%s is none",
  (path) => {
    expect(foreign(path, "")).toBeUndefined();
  },
);
