"""The studio: a server for the page, the API, and the workers behind them."""
