"""What a text says: its conclusion, what it affirms, denies and leaves open."""
