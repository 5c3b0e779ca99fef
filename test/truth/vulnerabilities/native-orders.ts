import { CAMPAIGN_ORACLES } from "../versions/campaign-oracles.ts";
import { ORACLES } from "../versions/oracles.ts";
import { type Order, type Pair, signOf } from "../versions/version-oracle.ts";

/** Pairs for one process: arguments of a command line are bounded. */
const MOST = 2_000;

/** Orders of versions by a scheme's own program, each pair asked once. */
export class NativeOrders {
  readonly #known = new Map<string, Order>();
  readonly #wanted = new Map<string, Pair>();
  readonly #scheme: string;

  /** @param scheme name of a version scheme: `dpkg`, `apk` */
  constructor(scheme: string) {
    this.#scheme = scheme;
  }

  /** Order of two versions; undefined where either is none, or as long as the pair has not been asked. */
  of(a: string, b: string): Order {
    const key = `${a}\t${b}`;
    if (!this.#known.has(key)) this.#wanted.set(key, [a, b]);
    return this.#known.get(key);
  }

  /** Asks for the pairs that were wanted. @returns whether there were any */
  ask(): boolean {
    const pairs = [...this.#wanted.values()];
    this.#wanted.clear();
    for (let at = 0; at < pairs.length; at += MOST) {
      const some = pairs.slice(at, at + MOST);
      const orders = ordersBy(this.#scheme, some);
      for (const [index, [a, b]] of some.entries()) this.#known.set(`${a}\t${b}`, orders[index]);
    }
    return pairs.length > 0;
  }
}

function ordersBy(scheme: string, pairs: readonly Pair[]): readonly Order[] {
  const own = OWN.get(scheme);
  if (own !== undefined) return pairs.map(([a, b]) => own(a, b));
  const oracle = [...ORACLES, ...CAMPAIGN_ORACLES].find((one) => one.scheme.name === scheme);
  if (oracle === undefined) throw new Error(`no program for ${scheme}`);
  // OSV and package URLs write Go's versions without and with their `v`; the program wants it.
  const spelt: readonly Pair[] =
    scheme === "Go" ? pairs.map(([a, b]) => [`v${a.replace(/^v/, "")}`, `v${b.replace(/^v/, "")}`]) : pairs;
  const orders = oracle.orders(spelt);
  if (orders.length !== spelt.length)
    throw new Error(`${scheme}: ${orders.length} orders of ${spelt.length}`);
  return orders;
}

/** Orders where no program is at hand, written from the specifications and apart from src/. */
const OWN = new Map<string, (a: string, b: string) => Order>([
  ["apk", apkOrder],
  ["NuGet", nugetOrder],
]);

const APK_SUFFIXES = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
const APK = /^(\d+)((?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(\d+))?$/;

/** A token of an apk version, by its place in the order (apk-tools, doc/apk-package.5.scd). */
type ApkPart = readonly [kind: number, value: string];

function apkParts(text: string): readonly ApkPart[] | undefined {
  const [, first, more = "", letter = "", suffixes = "", revision] = APK.exec(text) ?? [];
  if (first === undefined) return undefined;
  const suffix = (one: string): readonly ApkPart[] => {
    const [, word = "", number = ""] = /^([a-z]+)(\d*)$/.exec(one) ?? [];
    return [[3, String(APK_SUFFIXES.indexOf(word))], ...(number === "" ? [] : [[4, number] as const])];
  };
  return [
    [0, first],
    ...more
      .split(".")
      .slice(1)
      .map((digits) => [1, digits] as const),
    ...(letter === "" ? [] : [[2, letter] as const]),
    ...suffixes.split("_").slice(1).flatMap(suffix),
    ...(revision === undefined ? [] : [[6, revision] as const]),
    [7, ""],
  ];
}

function apkOrder(a: string, b: string): Order {
  const [ours, theirs] = [apkParts(a), apkParts(b)];
  if (ours === undefined || theirs === undefined) return undefined;
  for (const [index, [kind, value]] of ours.entries()) {
    const [other = 7, text = ""] = theirs[index] ?? [];
    if (kind !== other) {
      // A suffix before a release is less than none, one after it is more.
      if (kind === 3 && Number(value) < 4) return -1;
      if (other === 3 && Number(text) < 4) return 1;
      return kind > other ? -1 : 1;
    }
    // Digits after a dot with a zero in front are compared as texts.
    const isText = kind === 2 || (kind === 1 && (value.startsWith("0") || text.startsWith("0")));
    if (value !== text) {
      const order = isText ? signOf(value < text ? -1 : 1) : signOf(Number(value) - Number(text));
      if (order !== 0) return order;
    }
  }
  return 0;
}

const NUGET = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** https://learn.microsoft.com/nuget/concepts/package-versioning: SemVer 2 with a fourth number, without case. */
function nugetOrder(a: string, b: string): Order {
  const [one, other] = [NUGET.exec(a), NUGET.exec(b)];
  if (one === null || other === null) return undefined;
  for (const at of [1, 2, 3, 4]) {
    const difference = Number(one[at] ?? 0) - Number(other[at] ?? 0);
    if (difference !== 0) return signOf(difference);
  }
  const [left, right] = [one[5]?.toLowerCase().split("."), other[5]?.toLowerCase().split(".")];
  if (left === undefined || right === undefined)
    return signOf(Number(left === undefined) - Number(right === undefined));
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x, y] = [left[at], right[at]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [isX, isY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (isX && isY && Number(x) !== Number(y)) return signOf(Number(x) - Number(y));
    if (isX !== isY) return isX ? -1 : 1;
    if (!isX && x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
