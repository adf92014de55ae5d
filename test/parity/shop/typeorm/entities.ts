import 'reflect-metadata';
import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';

@Entity('customers')
@Index('customers_email_lower_idx', { synchronize: false })
export class Customer {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column('text')
  email: string;

  @Column('char', { length: 2 })
  country: string;

  @Column({ default: true })
  marketing: boolean;
}

@Entity('products')
@Check('products_price_check', 'price >= 0')
@Index('products_attributes_idx', { synchronize: false })
@Index('products_on_sale_idx', ['name'], { where: 'NOT discontinued' })
export class Product {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @Column({ length: 32, unique: true })
  sku: string;

  @Column({ length: 200 })
  name: string;

  @Column('numeric', { precision: 10, scale: 2 })
  price: string;

  @Column('real', { nullable: true })
  weight: number | null;

  @Column('jsonb', { default: {} })
  attributes: object;

  @Column({ default: false })
  discontinued: boolean;
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' } as never)
  id: string;

  @Index()
  @ManyToOne(() => Customer, { nullable: false, onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;

  @Column({ name: 'placed_at', type: 'timestamptz', default: () => 'now()' })
  placedAt: Date;

  @Column('text', { nullable: true })
  note: string | null;
}

@Entity('order_lines')
@Check('order_lines_quantity_check', 'quantity > 0')
export class OrderLine {
  @PrimaryColumn('bigint', { name: 'order_id' })
  orderId: string;

  @PrimaryColumn({ name: 'product_id' })
  productId: number;

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'order_id' })
  order: Order;

  @ManyToOne(() => Product)
  @JoinColumn({ name: 'product_id' })
  product: Product;

  @Column({ default: 1 })
  quantity: number;

  @Column('numeric', { name: 'unit_price', precision: 10, scale: 2 })
  unitPrice: string;
}

@Entity('invoices', { schema: 'billing' })
@Index('invoices_state_idx', ['state'], { where: "state = 'open'" })
export class Invoice {
  @PrimaryGeneratedColumn('identity')
  id: number;

  @ManyToOne(() => Order, { nullable: false })
  @JoinColumn({ name: 'order_id' })
  order: Order;

  @Column({ length: 20, unique: true })
  number: string;

  @Column({ type: 'enum', enum: ['open', 'paid', 'refunded'], enumName: 'payment_state', default: 'open' })
  state: string;

  @Column('numeric', { precision: 12, scale: 2 })
  total: string;

  @Column('date', { name: 'issued_on' })
  issuedOn: string;
}
