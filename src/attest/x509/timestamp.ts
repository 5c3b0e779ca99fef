// Timestamp tokens: RFC 3161, section 2.4, inside a SignedData of CMS (RFC 5652, section 5).

import {
  childrenOf,
  type Der,
  DerError,
  derTimeOf,
  expectTag,
  oidOf,
  parseDer,
  sequenceOf,
  TAG,
} from "./der.ts";

/** Content of a timestamp token; nothing is verified. */
export interface TimestampToken {
  /** Object identifier of the hash, and the hash of the bytes that are dated. */
  readonly hashAlgorithm: string;
  readonly hash: Buffer;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Number chosen by the request; absent if the request had none. */
  readonly nonce?: Buffer;
  /** Bytes that the attributes hash. */
  readonly content: Buffer;
  readonly signers: readonly TimestampSigner[];
  /** Certificates inside the token, DER; any of them may be unrelated. */
  readonly certificates: readonly Buffer[];
}

/** Signature of a token. */
export interface TimestampSigner {
  /** Object identifiers of the attributes' hash and of the signature's algorithm. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  /** Attributes by object identifier; each has exactly one value. */
  readonly attributes: ReadonlyMap<string, Der>;
  /** Bytes that are signed: the attributes as a SET. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const OID = { signedData: "1.2.840.113549.1.7.2", tstInfo: "1.2.840.113549.1.9.16.1.4" } as const;
const SET = 0x31;

/**
 * Token of a response with PKIStatus granted (0 or 1).
 *
 * @throws DerError
 */
export function parseTimestamp(response: Uint8Array): TimestampToken {
  const [status, token, ...others] = sequenceOf(parseDer(response));
  const code = expectTag(sequenceOf(status)[0], TAG.integer).content;
  if (code.length !== 1 || (code[0] !== 0 && code[0] !== 1) || others.length > 0)
    throw new DerError("no token");
  const [type, explicit] = sequenceOf(token);
  if (oidOf(type) !== OID.signedData) throw new DerError("no SignedData");
  const fields = sequenceOf(childrenOf(expectTag(explicit, 0xa0))[0]);
  const [, , encapsulated, ...rest] = fields;
  const [innerType, inner] = sequenceOf(encapsulated);
  if (oidOf(innerType) !== OID.tstInfo) throw new DerError("no TSTInfo");
  const { content } = expectTag(childrenOf(expectTag(inner, 0xa0))[0], TAG.octetString);
  const certificates = rest.find(({ tag }) => tag === 0xa0);
  return {
    ...tstInfoOf(parseDer(content)),
    content,
    certificates: certificates === undefined ? [] : childrenOf(certificates).map(({ whole }) => whole),
    signers: childrenOf(expectTag(rest.at(-1), SET)).map(signerOf),
  };
}

function tstInfoOf(info: Der): Pick<TimestampToken, "hashAlgorithm" | "hash" | "time" | "nonce"> {
  const [, , imprint, , genTime, ...rest] = sequenceOf(info);
  const [algorithm, hash] = sequenceOf(imprint);
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  return {
    hashAlgorithm: oidOf(sequenceOf(algorithm)[0]),
    hash: expectTag(hash, TAG.octetString).content,
    time: derTimeOf(expectTag(genTime, TAG.generalizedTime)),
    ...(nonce === undefined ? {} : { nonce: nonce.content }),
  };
}

function signerOf(info: Der): TimestampSigner {
  const [, , digest, attributes, algorithm, signature] = sequenceOf(info);
  const list = expectTag(attributes, 0xa0);
  return {
    digestAlgorithm: oidOf(sequenceOf(digest)[0]),
    signatureAlgorithm: oidOf(sequenceOf(algorithm)[0]),
    attributes: attributesOf(list),
    signed: Buffer.concat([Buffer.from([SET]), list.whole.subarray(1)]),
    signature: expectTag(signature, TAG.octetString).content,
  };
}

/** @throws DerError if an attribute is there twice, or has not exactly one value */
function attributesOf(list: Der): ReadonlyMap<string, Der> {
  const attributes = new Map<string, Der>();
  for (const attribute of childrenOf(list)) {
    const [type, values] = sequenceOf(attribute);
    const [value, ...others] = childrenOf(expectTag(values, SET));
    const oid = oidOf(type);
    if (value === undefined || others.length > 0 || attributes.has(oid)) throw new DerError("attribute");
    attributes.set(oid, value);
  }
  return attributes;
}
