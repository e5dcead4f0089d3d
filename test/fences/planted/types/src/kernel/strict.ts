// Planted for the fences: what the strict settings find. One error stands on each line that says so.
enum Colour { // error
  Red,
}
const list: number[] = [];
const table: Record<string, string> = {};
export const first: number = list[0]; // error
export const named = table.name; // error
export const optional: { day?: string } = { day: undefined }; // error
export const colour = Colour.Red;
