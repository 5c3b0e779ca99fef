import type { OtherContainerEvent } from "../../contract/trial-facts.ts";
import { Gate } from "./gate.ts";
import type { Member } from "./pod.ts";

type Trouble = Omit<OtherContainerEvent, "kind">;

/**
 * The containers that a phase starts. None is examined before all have started, and none is ended
 * before all have been examined: they may need each other. What befalls one, the others are told.
 */
export class Company {
  readonly started: Gate;
  readonly examined: Gate;
  /** Sidecars are ended last. */
  readonly appsEnded: Gate;
  readonly #present = new Set<Member>();
  /** Servers on their way. */
  readonly #starting = new Set<Member>();
  readonly #troubles: Trouble[] = [];

  /** @param members that will come; init containers are gone when the others are there */
  constructor(members: readonly Member[]) {
    const lasting = members.filter(({ plan }) => plan.role !== "init");
    this.started = new Gate(lasting.filter((member) => !isBatch(member)).length);
    this.examined = new Gate(lasting.length);
    this.appsEnded = new Gate(lasting.filter(isApp).length);
  }

  /** Its journal hears from now on what befalls the others, and what has befallen them. */
  enter(member: Member): void {
    for (const trouble of this.#troubles) tell(member, trouble);
    this.#present.add(member);
    if (!isBatch(member)) this.#starting.add(member);
  }

  /** Nobody needs to wait until it has started any more. */
  settle(member: Member): void {
    this.#starting.delete(member);
  }

  /** Who fails now may have looked for these in vain: they are on their way. */
  startingBeside(member: Member): readonly Member[] {
    return [...this.#starting].filter((other) => other !== member);
  }

  /** Waits until all have started; whether one of these is there then. */
  async haveStarted(awaited: readonly Member[]): Promise<boolean> {
    await this.started.opened;
    return awaited.some((member) => this.#present.has(member));
  }

  leave(member: Member): void {
    if (isApp(member)) this.appsEnded.arrive();
    this.#present.delete(member);
    this.#starting.delete(member);
  }

  /** The others may look for it in vain. */
  miss(member: Member, was: Trouble["was"]): void {
    this.lack(member.plan.name, was, member);
  }

  /** The same for one that may not be of this company. */
  lack(container: string, was: Trouble["was"], member?: Member): void {
    const trouble: Trouble = { container, was };
    this.#troubles.push(trouble);
    for (const other of this.#present) if (other !== member) tell(other, trouble);
  }
}

export function isBatch({ plan }: Member): boolean {
  return plan.stimuli.lifetime === "batch";
}

function isApp({ plan }: Member): boolean {
  return plan.role === "app";
}

function tell({ journal }: Member, trouble: Trouble): void {
  journal.observeOnce({ kind: "other-container", ...trouble });
}

/** A server's place among the others: it goes through both gates, however it fares. */
export class Companion {
  readonly #company: Company;
  readonly #member: Member;
  readonly #start = new Gate(1);
  readonly #passed = new Set<Gate>();

  constructor(company: Company, member: Member) {
    this.#company = company;
    this.#member = member;
    company.enter(member);
  }

  /** Resolves once it has started, or will not. */
  get hasStarted(): Promise<void> {
    return this.#start.opened;
  }

  /** Waits until all have started. */
  async started(): Promise<void> {
    this.#settle();
    await this.#company.started.opened;
  }

  /** Waits until all have been examined. */
  async examined(): Promise<void> {
    this.#arrive(this.#company.examined);
    await this.#company.examined.opened;
  }

  /** Others that are on their way. */
  get startingBeside(): readonly Member[] {
    return this.#company.startingBeside(this.#member);
  }

  /** As Company's; nobody waits for its own start any more. */
  async haveStarted(awaited: readonly Member[]): Promise<boolean> {
    this.#settle();
    return this.#company.haveStarted(awaited);
  }

  async appsEnded(): Promise<void> {
    await this.#company.appsEnded.opened;
  }

  miss(was: Trouble["was"]): void {
    this.#company.miss(this.#member, was);
  }

  /** Nobody waits for it any more. */
  leave(): void {
    this.#settle();
    this.#arrive(this.#company.examined);
    this.#company.leave(this.#member);
  }

  #settle(): void {
    this.#company.settle(this.#member);
    this.#start.arrive();
    this.#arrive(this.#company.started);
  }

  #arrive(gate: Gate): void {
    if (!this.#passed.has(gate)) gate.arrive();
    this.#passed.add(gate);
  }
}
