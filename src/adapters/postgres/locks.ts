// Advisory locks of a database that several processes of one node share: a number each, and what holds it.

/** Held alone while files follow the seals of their cases, and shared by backups: neither sees the other half done. */
export const FILES_LOCK = 7_160_001;
/** Held by whoever writes in oversight's book, until their transaction ends. */
export const BOOK_LOCK = 7_160_002;
/** With a number for the chain: held by whoever enters a step of an account, until their transaction ends. */
export const HELD_LOCK = 7_160_003;
