import type { Algorithm } from "./signature-algorithm.ts";

/** Ed25519 (RFC 8032), which hashes the message itself. */
export const ED25519: Algorithm = { name: "Ed25519", hash: null, accepted: [null] };
