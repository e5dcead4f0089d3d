// Planted for the fences: a page decides.
import { request } from '../../domain/requests/request.ts';
export const r = request;
