// Planted for the fences: uses the folder without a place.
import { ticket } from '../tickets/ticket.ts';
export const r = ticket;
