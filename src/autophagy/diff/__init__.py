"""Two runs side by side: what differs in what they are, and in what they found."""
