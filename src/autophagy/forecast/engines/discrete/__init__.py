"""The discrete families: Bernoulli, categorical and Zipf."""
