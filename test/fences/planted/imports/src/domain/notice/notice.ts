// Planted for the fences: a good file that leans backward.
import { request } from '../requests/request.ts';
export const notice = request;
