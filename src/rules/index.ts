import type { AnyRule } from "../contract/rule.ts";
import { imageUser } from "./1.1-image-user.ts";

/** Every rule, in the contract's order. A test compares this list with the folder. */
export const RULES: readonly AnyRule[] = [imageUser];
