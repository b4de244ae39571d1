"""smsbot: scripted integration support by SMS and phone around treatment sessions."""
