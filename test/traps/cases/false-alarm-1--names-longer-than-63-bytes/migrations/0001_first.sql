-- As an ORM writes them: PostgreSQL cuts each at 63 bytes.
CREATE TABLE organisation_membership_invitations (
  id integer PRIMARY KEY,
  organisation_identifier_of_the_inviting_side integer NOT NULL
    CONSTRAINT organisation_membership_invitations_organisation_identifier_of_the_inviting_side_organisations_id_fk REFERENCES organisation_membership_invitations (id),
  email text NOT NULL CONSTRAINT organisation_membership_invitations_email_must_contain_an_at_sign_check CHECK (position('@' in email) > 0)
);
CREATE INDEX organisation_membership_invitations_organisation_identifier_and_email_idx
  ON organisation_membership_invitations (organisation_identifier_of_the_inviting_side, email);
