"""Daily looks: whether a model still answers as it was recorded, looked at as often as one likes."""
