import 'reflect-metadata';
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  ViewColumn,
  ViewEntity,
} from 'typeorm';

@Entity('branches')
export class Branch {
  @Column('smallint', { primary: true, generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ length: 80 })
  name: string;

  @Column('time', { default: '09:00' })
  opens: string;

  @Column('time', { default: '18:00' })
  closes: string;

  @Column('point', { nullable: true })
  position: unknown;
}

@Entity('books')
export class Book {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('char', { length: 13, unique: true })
  isbn: string;

  @Column('text')
  title: string;

  @Column({ type: 'int', nullable: true })
  pages: number | null;

  @Column({ name: 'price_cents', default: 0 })
  priceCents: number;

  @Column('numeric', {
    name: 'price_euros',
    precision: 10,
    scale: 2,
    nullable: true,
    generatedType: 'STORED',
    asExpression: 'price_cents / 100.0',
  })
  priceEuros: string | null;

  @Column('text', {
    name: 'title_lower',
    nullable: true,
    generatedType: 'STORED',
    asExpression: 'lower(title)',
  })
  titleLower: string | null;
}

@Entity('readers')
export class Reader {
  @Column('bigint', { primary: true, generated: 'identity' })
  id: string;

  @Column({ length: 16, unique: true })
  card: string;

  @Column('date', { nullable: true })
  born: string | null;

  @Column('double precision', { default: 0 })
  fee: number;

  @Column({ default: true })
  active: boolean;
}

@Entity('loans')
export class Loan {
  @Column('bigint', { primary: true, generated: 'identity' })
  id: string;

  @ManyToOne(() => Book, { nullable: false })
  @JoinColumn({ name: 'book_id' })
  book: Book;

  @Index()
  @ManyToOne(() => Reader, { nullable: false, onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'reader_id' })
  reader: Reader;

  @ManyToOne(() => Branch, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'branch_id' })
  branch: Branch | null;

  @Column({ name: 'taken_at', default: () => 'now()' })
  takenAt: Date;

  @Column('date', { name: 'due_on' })
  dueOn: string;

  @Column({ name: 'returned_at', nullable: true })
  returnedAt: Date;
}

@ViewEntity('open_loans', {
  expression: `
    SELECT loans.id, books.title, readers.card, loans.due_on
      FROM loans
      JOIN books ON books.id = loans.book_id
      JOIN readers ON readers.id = loans.reader_id
     WHERE loans.returned_at IS NULL`,
})
export class OpenLoan {
  @ViewColumn()
  id: string;

  @ViewColumn()
  title: string;

  @ViewColumn()
  card: string;

  @ViewColumn({ name: 'due_on' })
  dueOn: string;
}
