// The database's address in the parts that each peer asks for: some do not take an address with a socket.
const url = new URL(
  process.env.DATABASE_URL.replace('postgres://postgres@/', 'postgres://postgres@localhost/'),
);
export const host = url.searchParams.get('host');
export const port = Number(url.searchParams.get('port'));
export const user = 'postgres';
export const database = url.pathname.slice(1);
