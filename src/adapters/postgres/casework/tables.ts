// The tables of casework as Kysely sees them.

export type CaseTables = Record<never, never>;
