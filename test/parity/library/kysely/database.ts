import type { Generated, GeneratedAlways } from 'kysely';

interface Branch {
  id: GeneratedAlways<number>;
  name: string;
  opens: Generated<string>;
  closes: Generated<string>;
  position: { x: number; y: number } | null;
}

interface Book {
  id: GeneratedAlways<number>;
  isbn: string;
  title: string;
  pages: number | null;
  price_cents: Generated<number>;
  price_euros: GeneratedAlways<string | null>;
  title_lower: GeneratedAlways<string | null>;
}

interface Reader {
  id: Generated<string>;
  card: string;
  born?: Date;
  fee: Generated<number>;
  active: Generated<boolean>;
}

interface Loan {
  id: Generated<string>;
  book_id: number;
  reader_id: string;
  branch_id: number | null;
  taken_at: Generated<Date>;
  due_on: Date;
  returned_at: Date | null;
}

/** A view: for Kysely a table like any other. */
interface OpenLoan extends Pick<Loan, 'due_on'> {
  id: string;
  title: string;
  card: string;
}

export interface DB {
  branches: Branch;
  books: Book;
  readers: Reader;
  loans: Loan;
  open_loans: OpenLoan;
}
