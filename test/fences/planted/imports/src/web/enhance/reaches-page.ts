// Planted for the fences: a browser script imports a page of the server.
import { r as page } from '../pages/good.ts';
export const r = page;
