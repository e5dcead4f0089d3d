// The tables of people and access as Kysely sees them.

export type PeopleTables = Record<never, never>;
