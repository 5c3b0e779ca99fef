import { z } from "zod";

// Parts of strict schemas: optional fields, mappings and lists, as plain JSON has them.

export const string = z.string().exactOptional();
export const number = z.number().exactOptional();
export const boolean = z.boolean().exactOptional();
export const words = z.record(z.string(), z.string());

export function strings() {
  return z.array(z.string()).exactOptional();
}

export function maybe<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape).exactOptional();
}

export function many<T extends z.ZodRawShape>(shape: T) {
  return z.array(z.strictObject(shape)).exactOptional();
}
