import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const invitations = pgTable(
  'organisation_membership_invitations',
  {
    id: integer('id').primaryKey(),
    organisation: integer('organisation_identifier_of_the_inviting_side')
      .notNull()
      .references((): AnyPgColumn => invitations.id),
    email: text('email').notNull(),
  },
  (table) => [
    index('organisation_membership_invitations_organisation_identifier_and_email_idx').on(
      table.organisation,
      table.email,
    ),
    check(
      'organisation_membership_invitations_email_must_contain_an_at_sign_check',
      sql`position('@' in ${table.email}) > 0`,
    ),
  ],
);
