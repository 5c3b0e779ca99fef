import { endsInChecksum } from "./checksum.ts";
import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import { hasUserInfo, stopsAt } from "./prefilters.ts";
import { isAwsSecret, isRemoteUrlInCode } from "./validation.ts";

/**
 * Detectors for programs, databases and other binaries. Strings are adjacent there (Go and Rust literals,
 * SQLite columns), so no word boundary delimits a token: only forms of a fixed length are reliable.
 */
export const COMPILED: readonly Detector[] = [
  checked("github-token", ["ghp_", "gho_", "ghs_", "ghu_", "ghr_"], /gh[opsur]_[A-Za-z0-9]{36}/dy),
  checked("npm-token", ["npm_"], /npm_[A-Za-z0-9]{36}/dy),
  drawn("github-token", ["github_pat_"], /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/dy),
  drawn(
    "gitlab-token",
    ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glsoat-"],
    /gl(?:pat|dt|rt|cbt|ptt|ft|imt|soat)-[\w-]{20}/dy,
  ),
  drawn("pypi-token", ["pypi-AgE"], /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\w-]{50,1000}/dy),
  drawn("docker-hub-token", ["dckr_pat_"], /dckr_pat_[\w-]{27}/dy),
  drawn("slack-token", ["xoxb-", "xoxp-"], /xox[bp]-\d{9,14}-[\w-]{10,80}/dy),
  drawn("stripe-live-key", ["sk_live_", "rk_live_"], /[rs]k_live_[A-Za-z0-9]{24}/dy),
  drawn("brevo-key", ["xkeysib-"], /xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}/dy),
  drawn("sentry-token", ["sntrys_eyJ", "sntryu_"], /sntrys_eyJ[\w+/=-]{40,1000}|sntryu_[0-9a-f]{64}/dy),
  drawn("vault-token", ["hvs.C"], /hvs\.C[\w-]{90}/dy),
  drawn("sonar-token", ["squ_", "sqp_", "sqa_"], /sq[apu]_[0-9a-f]{40}/dy),
  drawn("grafana-token", ["glsa_"], /glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}/dy),
  drawn("google-oauth-secret", ["GOCSPX-"], /GOCSPX-[\w-]{28}/dy),
  drawn(
    "ai-provider-key",
    ["sk-ant-", "sk-proj-", "sk-svcacct-"],
    /sk-(?:ant-(?:api|admin)\d\d|proj|svcacct)-[\w-]{70,250}/dy,
  ),
  drawn("age-key", ["AGE-SECRET-KEY-1"], /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/dy),
  drawn("azure-storage-key", ["AccountKey="], /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/dy),
  drawn("azure-shared-access-key", ["SharedAccessKey="], /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)/dy),
  {
    kind: "aws-access-key",
    confidence: "confirmed",
    anchors: ["AKIA", "ASIA"],
    // ID and secret among one function's constants: in a Java class, a Python module or WebAssembly.
    pattern:
      /A[KS]IA[A-Z2-7]{16}[^]{0,300}?(?<![A-Za-z0-9/+=])(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=]{2})/dy,
    valid: isAwsSecret,
  },
  {
    kind: "url-password",
    confidence: "confirmed",
    // The letter before `://` makes an anchor of four characters, with which the search is three times as
    // fast.
    anchors: ["s://", "l://", "b://", "v://", "p://", "e://", "r://"],
    may: hasPassword,
    pattern:
      /[a-z]:\/\/(?<user>[\w.%+-]{0,64}):(?<secret>[\x21-\x2e\x30-\x39\x3b-\x3f\x41-\x7e]{8,128})@(?<host>[\w.-]{1,253})/dy,
    valid: isRemoteUrlInCode,
  },
];

/** Longest user, password and separator, in bytes. */
const USER_INFO_BYTES = 64 + 1 + 128;
const NO_USER_INFO = stopsAt("/", [0, 0x20], [0x7f, 0xff]);

/**
 * Whether a colon and an `@` precede the path of an address, from its `s://` on. Usually, addresses in
 * programs have neither.
 */
function hasPassword(bytes: Uint8Array, anchor: number): boolean {
  return hasUserInfo(bytes, anchor + 4, NO_USER_INFO, USER_INFO_BYTES);
}

function checked(kind: string, anchors: readonly string[], pattern: RegExp): Detector {
  return {
    kind,
    confidence: "confirmed",
    anchors,
    pattern,
    valid: (token) => endsInChecksum(token.slice(4)),
  };
}

function drawn(kind: string, anchors: readonly string[], pattern: RegExp): Detector {
  return { kind, confidence: "confirmed", anchors, pattern, valid: looksRandom };
}
