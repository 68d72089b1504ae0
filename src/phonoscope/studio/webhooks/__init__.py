"""What happens, told to other servers."""
