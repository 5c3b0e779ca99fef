import { type Fields, fieldsOf, listAt, objectAt, objectsAt, textAt, textsAt } from "../../../json/fields.ts";
import { cwesIn, cwesOf } from "../format/cwe.ts";

// Rules of a run (SARIF 2.1.0, 3.19.23, 3.52): rules of the driver and of its extensions. CodeQL has its
// rules in extensions.

/** Rules of one run, found by index or id. */
export class Rules {
  /** Rules of the driver, then of each extension. */
  readonly #components: readonly (readonly Fields[])[];
  readonly #byId = new Map<string, Fields>();
  readonly #invocations: readonly Fields[];

  constructor(run: Fields) {
    const tool = objectAt(run, "tool");
    this.#components = [objectAt(tool, "driver"), ...listAt(tool, "extensions").map(fieldsOf)].map((one) =>
      listAt(one, "rules").map(fieldsOf),
    );
    this.#invocations = objectsAt(run, "invocations");
    for (const rule of this.#components.flat()) this.#byId.set(String(rule["id"]), rule);
  }

  /** Enabled rules: enabled by default, or by the settings of every invocation (3.20.5). */
  get all(): readonly Fields[] {
    const overrides = this.#invocations.map((one) => this.#overrides(one));
    return this.#components.flat().filter((rule) => {
      const byDefault = objectAt(rule, "defaultConfiguration")["enabled"] !== false;
      if (overrides.length === 0) return byDefault;
      return overrides.every((changed) => changed.get(rule) ?? byDefault);
    });
  }

  #overrides(invocation: Fields): ReadonlyMap<Fields, boolean> {
    return new Map(
      objectsAt(invocation, "ruleConfigurationOverrides").flatMap(({ configuration, descriptor }) => {
        const enabled = fieldsOf(configuration)["enabled"];
        return typeof enabled === "boolean" ? [[this.of({ rule: descriptor }), enabled] as const] : [];
      }),
    );
  }

  /** Rule of a result; empty if the run does not describe it. */
  of(result: Fields): Fields {
    const reference = objectAt(result, "rule");
    const index = reference["index"] ?? result["ruleIndex"];
    const extension = objectAt(reference, "toolComponent")["index"];
    const component = this.#components[Number.isSafeInteger(extension) ? Number(extension) + 1 : 0] ?? [];
    const indexed = Number.isSafeInteger(index) ? component[Number(index)] : undefined;
    const id = textAt(reference, "id") ?? textAt(result, "ruleId");
    // An index that leads to a rule of another id is wrong: the id decides.
    if (indexed !== undefined && (id === undefined || isSame(id, String(indexed["id"])))) return indexed;
    return (id === undefined ? undefined : this.#named(id)) ?? {};
  }

  #named(id: string): Fields | undefined {
    const [parent = id] = id.split("/");
    return this.#byId.get(id) ?? this.#byId.get(parent);
  }
}

/** Whether an id is the rule's own, or that of a subordinate rule (`CA1000/1`, SARIF 3.27.5). */
function isSame(id: string, rule: string): boolean {
  return id === rule || id.startsWith(`${rule}/`);
}

/** Weaknesses of a rule or result: tags, properties, relationships, taxa, the page of its help. */
export function cwesAt(one: Fields): readonly number[] {
  const properties = objectAt(one, "properties");
  const relations = [
    ...objectsAt(one, "relationships").map((relation) => objectAt(relation, "target")),
    ...objectsAt(one, "taxa"),
  ];
  return [
    ...cwesIn([...textsAt(properties, "tags"), textAt(one, "helpUri") ?? ""]),
    ...cwesOf(properties["cwe"]),
    ...relations.flatMap((target) => (isCwe(target) ? cwesOf(target["id"]) : [])),
  ];
}

function isCwe(target: Fields): boolean {
  return (
    textAt(objectAt(target, "toolComponent"), "name")?.toLowerCase() === "cwe" ||
    cwesIn([String(target["id"])]).length > 0
  );
}
