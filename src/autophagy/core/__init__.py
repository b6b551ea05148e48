"""The ground floor: what every part uses and what knows no verb and no plug-in by name."""
