// Planted for the fences: the API imports a page.
import { r as page } from '../web/pages/good.ts';
export const r = page;
