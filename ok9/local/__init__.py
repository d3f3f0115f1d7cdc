"""The whole system on one machine: embedded PostgreSQL and Valkey, and the processes that serve OK9."""
