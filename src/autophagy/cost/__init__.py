"""Cost: energy, memory, money, moving parts, and when training pays off."""
