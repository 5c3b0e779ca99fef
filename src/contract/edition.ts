/** The edition of the contract that the table of rows transcribes. */
export const CONTRACT = "2025-06";
