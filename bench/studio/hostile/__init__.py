"""A thousand uploads that want no good: none may harm the studio, or leave anything where it does not belong."""
