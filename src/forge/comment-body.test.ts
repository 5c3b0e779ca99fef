import { describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { commentBody, markerOf } from "./comment-body.ts";

const MARKER = markerOf("douane");

test("no name ends the marker, or begins another", () => {
  expect(markerOf("a --> <b> -- é")).toBe("<!-- douane: a ___ _b_ __ _ -->");
});

describe("a report that becomes a comment", () => {
  test("gives no command to GitLab, whose own token would do it", () => {
    const body = commentBody("/merge\n  /approve\n> /close\nsee /etc/passwd\n/tmp\n", MARKER, [], "en");
    expect(body).toBe(`${MARKER}\n\\/merge\n  \\/approve\n> /close\nsee /etc/passwd\n\\/tmp\n`);
  });

  test("shows neither the token nor what is recognised as a secret", () => {
    const secret = ["ghp", "_", "16C7e42F292c6912E7710c838347Ae178B4a"].join("");
    const body = commentBody(`token-1234 and ${secret}\n`, MARKER, ["token-1234", ""], "en");
    expect(body).not.toContain(secret);
    expect(body).toContain("… and ");
  });

  test.each([
    ["en", "is cut here"],
    ["fr", "est coupé ici"],
  ] as const)("has no more than commentCharacters, and says so (%s)", (lang, says) => {
    const long = `<details>\n\n\`\`\`\n${"a line of the report\n".repeat(10_000)}\`\`\`\n</details>\n`;
    const body = commentBody(long, MARKER, [], lang);
    expect(body.length).toBeLessThanOrEqual(LIMITS.commentCharacters);
    expect(body).toContain(says);
    expect(body.match(/^```/gm)).toHaveLength(2);
    expect(body.split("<details>").length).toBe(body.split("</details>").length);
  });

  test("of one line that is too long nothing is left but the word", () => {
    const body = commentBody("a".repeat(100_000), MARKER, [], "en");
    expect(body.length).toBeLessThan(1_000);
  });
});
