/** Edition of the contract that the table of rows implements. */
export const CONTRACT = "2025-06";
