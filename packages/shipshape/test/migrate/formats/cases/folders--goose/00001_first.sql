-- +goose Up
-- +goose StatementBegin
CREATE TABLE users (id serial PRIMARY KEY);
-- +goose StatementEnd

-- +goose Down
DROP TABLE users;
