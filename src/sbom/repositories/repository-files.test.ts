import { expect, test } from "vitest";
import { repositoryReader } from "./repository-files.ts";

function foreign(path: string, text: string): readonly string[] | undefined {
  return repositoryReader(path)?.(text).map(({ manager, address }) => `${manager} ${address}`);
}

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
