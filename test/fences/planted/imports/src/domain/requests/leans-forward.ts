// Planted for the fences: a folder of the domain leans on a later one.
import { notice } from '../notice/notice.ts';
export const r = notice;
