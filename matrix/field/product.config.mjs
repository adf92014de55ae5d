// The models of @medusajs/product.
import { configOf } from './config-of.mjs';

export const config = configOf('product');
