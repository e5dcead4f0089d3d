// Planted for the fences: an adapter decides.
import { request } from '../../domain/requests/request.ts';
export const r = request;
