"""What happens to a recording: fetched, sealed, verified, gone from the carrier, understood, heard by people, ended."""
