// Planted for the fences: the engine imports a case.
import { request } from '../domain/requests/request.ts';
export const r = request;
