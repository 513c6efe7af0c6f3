"""Official hazard-campaign work on plain files."""
