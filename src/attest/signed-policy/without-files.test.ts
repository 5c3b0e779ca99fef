import { expect, test } from "vitest";
import { withoutFiles } from "./without-files.ts";

test("names of files go where their content is there, and nothing else does", () => {
  const policy = {
    file: "own",
    attestations: {
      signers: [
        { id: "a", keys: [{ file: "a.pub", pem: "A", notAfter: "2027-01-01" }, { pem: "B" }] },
        { id: "b", keys: [], identities: [{ authority: "x" }] },
      ],
      authorities: [{ id: "x", trustedRoot: { file: "root.json", json: "{}" } }],
      unread: { file: "c.pub" },
    },
    list: [[], [1, null]],
  };
  expect(withoutFiles(policy)).toEqual({
    file: "own",
    attestations: {
      signers: [
        { id: "a", keys: [{ pem: "A", notAfter: "2027-01-01" }, { pem: "B" }] },
        { id: "b", identities: [{ authority: "x" }] },
      ],
      authorities: [{ id: "x", trustedRoot: { json: "{}" } }],
      unread: { file: "c.pub" },
    },
    list: [[], [1, null]],
  });
});
