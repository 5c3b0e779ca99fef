import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { setuid } from "./1.1-setuid.ts";

test("setuid and setgid programs are noted, never refused", () => {
  const files = ["/bin/su", "/bin/mount", "/a", "/b", "/c", "/d"].map((path, index) => ({
    path,
    mode: index === 0 ? 0o4755 : 0o2755,
  }));
  expect(checkRule(setuid, { image: imageFacts({ files }) })).toMatchObject({
    status: "pass",
    notes: [
      { message: { en: expect.stringMatching(/^6 setuid .*\/bin\/su, \/bin\/mount, \/a, \/b, \/c, …$/) } },
    ],
  });
  const two = checkRule(setuid, { image: imageFacts({ files: files.slice(0, 2) }) });
  expect(two).toMatchObject({
    notes: [{ message: { en: expect.stringMatching(/\/bin\/su, \/bin\/mount$/) } }],
  });
  expect(checkRule(setuid, { image: imageFacts({ files: files.slice(0, 1) }) })).toMatchObject({
    notes: [{ message: { fr: expect.stringMatching(/^1 programme setuid /) } }],
  });
});

test.each([
  ["trap: a setgid directory is no program", { path: "/var/mail", type: "directory", mode: 0o2775 }],
  ["a file that cannot be executed", { path: "/a", mode: 0o4644 }],
  ["a file that a later layer replaced", { path: "/a", mode: 0o4755, hidden: true }],
  ["an ordinary program", { path: "/a", mode: 0o755 }],
] as const)("%s", (_, file) => {
  const outcome = checkRule(setuid, { image: imageFacts({ files: [file] }) });
  expect(outcome.status).toBe("pass");
  expect(outcome.notes).toBeUndefined();
});
