//! The whole catalog as a SQLite database that another server can serve at once.
