"""Rules from outside, as dated data with their source: consent forms, emergency numbers by country, calling hours."""
