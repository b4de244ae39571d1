"""The demo: every process of the service on one machine, before a carrier in a box, with a clinic to look at."""
