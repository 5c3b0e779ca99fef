// USER by numbers and by names that look like numbers, with an account of that name in the image's passwd.
// Measured: containerd 1.7 with runc 1.1, Podman 5.4 and umoci run a USER of digits as that uid.

import type { Case, Cases } from "../case.ts";
import { image } from "../given/image.ts";

const ROOT = "root:x:0:0::/:/bin/sh\n";

function user(name: string, accounts: string): Pick<Case, "name" | "given"> {
  return {
    name: `USER ${name} with the account ${accounts.trim()}`,
    given: image({ config: { User: name }, files: { "etc/passwd": `${ROOT}${accounts}` } }),
  };
}

function number(name: string, accounts: string): Case {
  const why = "Engines take digits for a uid, and ask passwd for nothing but its group.";
  return { ...user(name, accounts), expect: { "non-root": "yes" }, trap: true, why };
}

function root(name: string, accounts: string): Case {
  const why = "It is no number to strconv.Atoi, so an account's name, and that account is root.";
  return { ...user(name, accounts), expect: { "non-root": "no" }, why };
}

export const cases: Cases = [
  number("1000", "1000:x:0:0::/:/bin/sh\n"),
  number("1000:1000", "1000:x:0:0::/:/bin/sh\n"),
  number("01000", "01000:x:0:0::/:/bin/sh\n"),
  number("+1000", "+1000:x:0:0::/:/bin/sh\n"),
  root("0x3e8", "0x3e8:x:0:0::/:/bin/sh\n"),
  root("1_000", "1_000:x:0:0::/:/bin/sh\n"),
  root("1e3", "1e3:x:0:0::/:/bin/sh\n"),
  root("4294967296", "4294967296:x:0:0::/:/bin/sh\n"),
  {
    ...user("0", "0:x:1000:1000::/:/bin/sh\n"),
    expect: { "non-root": "no" },
    why: "Digits are a uid, here 0, whatever account has them for its name.",
  },
];
