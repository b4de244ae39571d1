"""Staff: their accounts, how they sign in, and what the staff pages read and change."""
