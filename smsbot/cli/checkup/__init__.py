"""What `smsbot doctor` looks at: this machine and its settings, and the account at the carrier."""
