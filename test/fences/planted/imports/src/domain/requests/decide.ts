// Planted for the fences: a decider.
export const decide = () => true;
