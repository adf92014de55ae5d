// The models of @medusajs/inventory.
import { configOf } from './config-of.mjs';

export const config = configOf('inventory');
