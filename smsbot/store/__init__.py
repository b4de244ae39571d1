"""Every query: functions that take a database session and, where patient data is touched, a clinic's keys."""
