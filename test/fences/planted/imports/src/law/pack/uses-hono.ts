// Planted for the fences: a reader of packs serves pages.
import { Hono } from 'hono';
export const r = Hono;
