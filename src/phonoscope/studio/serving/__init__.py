"""How requests come in and answers go out: addresses, headers, sizes, logs, the server itself."""
