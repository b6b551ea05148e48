"""Gates: what a result must show for a build to go on."""
