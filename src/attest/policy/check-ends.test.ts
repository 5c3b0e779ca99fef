import { describe, expect, test } from "vitest";
import { AT, POLICY, REPOSITORY, statedProvenance, statedScan } from "../../../test/fixtures/attested.ts";
import { judgeImageAttestations } from "./image-attestations.ts";
import type { SignedStatement } from "./signers.ts";

const DAY_MS = 86_400_000;
/** Scans of 2026-06-15, which count for 90 days: wholly until 2026-09-12. */
const WHOLE = [statedProvenance(), statedScan("sast"), statedScan("dast")];

function ends(at: number, statements: readonly SignedStatement[] = WHOLE) {
  const image = { statements, sources: [], unverified: [], imageSigners: [], repository: REPOSITORY };
  const { checks } = judgeImageAttestations(image, POLICY, at);
  return Object.fromEntries(checks.flatMap(({ id, until }) => (until === undefined ? [] : [[id, until]])));
}

describe("the end of what attestations prove", () => {
  test("is said in its last fourteen days", () => {
    expect(ends(AT)).toEqual({});
    expect(ends(Date.parse("2026-08-29T23:59:59Z"))).toEqual({});
    const until = "2026-09-12";
    expect(ends(Date.parse("2026-08-30T00:00:00Z"))).toEqual({ sast: until, injections: until, dast: until });
    expect(ends(Date.parse("2026-09-12T12:00:00Z"))).toMatchObject({ dast: until });
    expect(ends(Date.parse("2026-09-13T09:00:00Z"))).toMatchObject({ dast: "2026-09-13" });
    expect(ends(Date.parse("2026-09-13T09:06:00Z"))).toEqual({});
  });

  test("is that of the statement that counts longest", () => {
    const newer = statedScan("dast", { finishedOn: "2026-08-01T00:00:00Z" });
    expect(ends(Date.parse("2026-09-01T00:00:00Z"), [...WHOLE, newer])).not.toHaveProperty("dast");
  });

  test("is the last day of a key, too", () => {
    const day = new Date(AT + 3 * DAY_MS).toISOString().slice(0, 10);
    const ending = WHOLE.map((one) => ({
      ...one,
      signers: one.signers.map((signer) => ({ ...signer, notAfter: day })),
    }));
    expect(ends(AT, ending)).toEqual(
      Object.fromEntries(["provenance", "source", "sast", "injections", "dast"].map((id) => [id, day])),
    );
  });
});
