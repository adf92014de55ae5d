// The models of @medusajs/promotion.
import { configOf } from './config-of.mjs';

export const config = configOf('promotion');
